import type { Context } from '../../context.ts';
import { isTimeToSayNoSeat } from '../../domain/guests/waiting-list.ts';
import * as events from '../../store/events/events.ts';
import * as offers from '../../store/guests/offers.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { factsOf, sendEventLetter } from '../letters/about-event.ts';
import { nextOpenEvent } from './next-event.ts';

/** Tells those who waited until the event began that no seat came free, and of the next one of its kind; each once. */
export async function sayNoSeatCameFree(ctx: Context): Promise<void> {
  const waited = await offers.eventsWaitedFor(ctx.db, ctx.now());
  for (const eventId of waited) await tellThose(ctx, eventId);
}

async function tellThose(ctx: Context, eventId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await events.lock(tx, eventId);
    if (event?.state !== 'published' || !isTimeToSayNoSeat(event, ctx.now())) return;
    const waiting = (await rsvps.invitees(tx, eventId)).filter(({ state }) => state === 'waiting');
    const next = await nextOpenEvent({ db: tx, now: ctx.now }, event);
    const facts = await factsOf(tx, event);
    for (const one of waiting)
      await sendEventLetter(ctx, tx, facts, one, {
        kind: 'no-seat',
        next: next && { name: next.name, start: next.startsAt, timeZone: next.timeZone },
      });
  });
}
