import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../../context.ts';
import { orNotFound, wrongLink } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
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
  const [event = '', person = ''] = token.split('-');
  if (!/^[1-9]\d{0,8}$/.test(event) || !/^[1-9]\d{0,8}$/.test(person)) throw wrongLink();
  const [eventId, personId] = [Number(event), Number(person)];
  if (!isSame(token, certificateToken(ctx, eventId, personId))) throw wrongLink();
  const which = { now: ctx.now(), eventId, personId };
  const presented = await record.presentationsOf(ctx.db, which, { offset: 0, limit: mostTables });
  const [first] = presented;
  if (!first) throw wrongLink();
  const own = await programmes.find(ctx.db, first.programmeId);
  const programme = orNotFound(own ?? (await programmes.current(ctx.db)), 'page');
  return { first, presented, programme, answered: await record.countAnswered(ctx.db, personId, eventId) };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
