import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../../context.ts';
import { firstMoment } from '../../domain/events/fixed-starts.ts';
import { endOf } from '../../domain/events/times.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import { orNotFound, wrongLink } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as presentations from '../../store/teams/presentations.ts';
import * as record from '../../store/teams/record.ts';
import { derived } from '../sign-in/secrets.ts';

/** Tables of one certificate at most: a team has one, and somebody may be in several teams. */
const mostTables = 5;

function certificateToken(ctx: Pick<Context, 'secret'>, eventId: number, personId: number): string {
  const seal = derived(ctx, `certificate:${eventId}:${personId}`, 20).toString('hex');
  return `${eventId}-${personId}-${seal}`;
}

/** Makes the address of somebody's certificate for an event: it shows this and nothing else, to everybody who has it. */
export function certificateUrl(
  ctx: Pick<Context, 'secret' | 'baseUrl'>,
  eventId: number,
  personId: number,
): string {
  return `${ctx.baseUrl}/certificate/${certificateToken(ctx, eventId, personId)}`;
}

/**
 * Finds what the certificate at a link says. Throws a DeadLink ('not-found') for a link that we never made, and for one
 * whose event was called off or has not been held.
 */
export async function certificateAt(ctx: Context, token: string) {
  const [held = '', person = ''] = token.split('-');
  if (!/^[1-9]\d{0,8}$/.test(held) || !/^[1-9]\d{0,8}$/.test(person)) throw wrongLink();
  const [eventId, personId] = [Number(held), Number(person)];
  if (!isSame(token, certificateToken(ctx, eventId, personId))) throw wrongLink();
  const which = { now: ctx.now(), eventId, personId };
  const presented = await record.presentationsOf(ctx.db, which, { offset: 0, limit: mostTables });
  const [first] = presented;
  if (!first) throw wrongLink();
  const own = await programmes.find(ctx.db, first.programmeId);
  const programme = orNotFound(own ?? (await programmes.current(ctx.db)), 'page');
  const answered = await record.countAnswered(ctx.db, personId, eventId);
  const event = orNotFound(await events.find(ctx.db, eventId), 'page');
  const organiser = await people.find(ctx.db, event.organiserId);
  const writtenOn = wallTimeOf(event.presentedAt ?? endOf(event), event.timeZone);
  return {
    first,
    presented,
    programme,
    answered,
    event,
    organiser,
    writtenOn,
    ...(await atTables(ctx, event, presented)),
  };
}

/** Figures of a host's evening, and the room: rounds, and the senior managers at the tables of this talent. */
async function atTables(ctx: Context, event: events.Event, presented: readonly record.Presentation[]) {
  const room = await presentations.roomAt(ctx.db, event.id);
  if (event.shape !== 'tables') return { room, rounds: [], taught: 0 };
  const rounds = roundsOf(await events.blocksOf(ctx.db, event.id), firstMoment(event));
  const numbers = presented.map(({ number }) => number);
  return { room, rounds, taught: await presentations.seniorsAtTables(ctx.db, event.id, numbers) };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
