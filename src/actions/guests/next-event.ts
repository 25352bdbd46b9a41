// The next event of the same format, for people who can't come to this one.
import type { Context } from '../../context.ts';
import { hasBegun } from '../../domain/events/times.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { putOnList } from './list.ts';

const startOf = ({ startsAt, timeZone }: events.Event) => instantOf(startsAt, timeZone);
const { compare } = Temporal.Instant;

/** Finds the next event of this format that begins after it, is still ahead, and was opened to people who said no. */
export async function nextOpenEvent(
  { db, now }: Pick<Context, 'db' | 'now'>,
  event: events.Event,
): Promise<events.Event | null> {
  const after = [startOf(event), now()].toSorted(compare).at(-1)!;
  const open = await events.openAfterNo(db, event, earliestWall(after));
  const ahead = open.filter((one) => compare(startOf(one), after) > 0);
  return ahead.toSorted((a, b) => compare(startOf(a), startOf(b)))[0] ?? null;
}

/** The earliest time that a wall clock somewhere shows at that moment: none is more than twelve hours behind UTC. */
function earliestWall(at: Temporal.Instant): string {
  return at
    .subtract({ hours: 12 })
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/**
 * Invites a person who said no, or waited to the end, to the next event that is open to them: its own letter goes to their address, once,
 * however often they ask. Returns that event; refuses ('conflict') where they did neither.
 */
export async function inviteToNext(
  ctx: Context,
  event: events.Event,
  personId: number,
): Promise<events.Event> {
  return ctx.db.transaction(async (tx) => {
    const found = orNotFound(await nextOpenEvent({ db: tx, now: ctx.now }, event), 'event');
    const next = orNotFound(await events.lock(tx, found.id), 'event');
    const mine = orNotFound(await rsvps.find(tx, event.id, personId), 'event');
    const waitedToTheEnd = mine.state === 'waiting' && hasBegun(event, ctx.now());
    if (mine.state !== 'declined' && !waitedToTheEnd)
      throw new Refusal('conflict', 'You can ask for the next one once you’ve said no to this one.');
    const theirs = await rsvps.find(tx, next.id, personId);
    // It may have been closed or cancelled before the lock was ours.
    const isOpen = next.openAfterNo && next.state === 'published' && theirs?.state !== 'uninvited';
    orNotFound(isOpen || null, 'event');
    // They ask for this invitation themselves.
    await stops.remove(tx, next.programmeId, personId);
    if (!theirs) await putOnList(ctx, tx, next, [personId]);
    return next;
  });
}
