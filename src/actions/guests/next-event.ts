// The next event of the same format, for people who can't come to this one.
import type { Context } from '../../context.ts';
import { instantOf } from '../../domain/wall-time.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events.ts';
import * as rsvps from '../../store/rsvps.ts';
import { putOnList } from '../event-guests.ts';

/** Finds the next event of this format that is still ahead and that its organiser opened to people who said no. */
export async function nextOpenEvent(
  { db, now }: Pick<Context, 'db' | 'now'>,
  event: events.Event,
): Promise<events.Event | null> {
  const isAhead = (one: events.Event) =>
    Temporal.Instant.compare(instantOf(one.startsAt, one.timeZone), now()) > 0;
  return (await events.openAfterNo(db, event)).find(isAhead) ?? null;
}

/**
 * Invites a person who said no to the next event that is open to them: its own letter goes to their address, once,
 * however often they ask. Returns that event; refuses ('conflict') where they have not said no.
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
    if (mine.state !== 'declined')
      throw new Refusal('conflict', 'You can ask for the next one once you’ve said no to this one.');
    const theirs = await rsvps.find(tx, next.id, personId);
    // It may have been closed or cancelled before the lock was ours.
    const isOpen = next.openAfterNo && next.state === 'published' && theirs?.state !== 'uninvited';
    orNotFound(isOpen || null, 'event');
    if (!theirs) await putOnList(ctx, tx, next, [personId]);
    return next;
  });
}
