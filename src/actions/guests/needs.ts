import type { Context } from '../../context.ts';
import { endOf, isOver } from '../../domain/events/times.ts';
import { hasNeeds, type Needs, needsKeptHours, noNeeds } from '../../domain/guests/needs.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as needs from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';

/** Notes what somebody eats and needs at an event; nothing said is nothing kept. Throws `StaleForm` where they were saved since `seen`; refused once the event is over or cancelled. */
export async function noteNeeds(
  ctx: Context,
  eventId: number,
  personId: number,
  said: Needs,
  seen?: string,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const mine = await rsvps.find(tx, eventId, personId);
    if (!mine || mine.state === 'uninvited')
      throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
    if (event.state === 'cancelled')
      throw closed('This event is cancelled', 'There is nothing to arrange any more.');
    if (isOver(event, ctx.now())) throw closed('This event is over', 'There is nothing to arrange any more.');
    const known = (await needs.find(tx, eventId, personId)) ?? noNeeds;
    refuseOutdated(ctx.words.t('food and access'), seen, { ...known });
    if (hasNeeds(said)) await needs.put(tx, { eventId, personId }, said, ctx.now());
    else await needs.remove(tx, eventId, personId);
  });
}

/** Erases what people ate and needed at events that ended more than 14 days ago. Returns at how many. */
export async function eraseOldNeeds(ctx: Context): Promise<number> {
  const over: events.Event[] = [];
  for (const eventId of await needs.eventsWithNeeds(ctx.db)) {
    const event = await events.find(ctx.db, eventId);
    if (!event) continue;
    const eraseAt = endOf(event).add({ hours: needsKeptHours });
    if (Temporal.Instant.compare(ctx.now(), eraseAt) >= 0) over.push(event);
  }
  await ctx.db.transaction(async (tx) => {
    await needs.removeOfEvents(
      tx,
      over.map(({ id }) => id),
    );
    for (const { name } of over) await note(ctx, tx, { by: 'program', act: 'erased-needs', about: name });
  });
  return over.length;
}
