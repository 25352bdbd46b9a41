import type { Context } from '../context.ts';
import { goOut, isOverForGood, isPublishingTime } from '../domain/nameless.ts';
import * as events from '../store/events.ts';
import * as nameless from '../store/nameless.ts';
import * as slips from '../store/slips.ts';
import { publishTogether, timesOf } from './nameless.ts';
import { ensureKeys } from './slips.ts';

/** Makes the keys of events that were published before there were any, so that one may ask without a name there too. */
export async function ensureAllKeys(ctx: Context): Promise<void> {
  for (const eventId of await slips.publishedWithoutKeys(ctx.db)) await ensureKeys(ctx, eventId);
}

/** Publishes the questions without a name that wait, in every event whose hour it is or that is being held. */
export async function publishWaiting(ctx: Context): Promise<void> {
  for (const eventId of await nameless.eventsWaiting(ctx.db)) {
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, eventId);
      if (event?.state !== 'published') return;
      const waiting = await nameless.waitingCount(tx, eventId);
      const isHour = isPublishingTime(ctx.now(), event.timeZone);
      if (isHour || goOut(waiting, await timesOf(tx, event), ctx.now())) await publishTogether(tx, event);
    });
  }
}

/**
 * An hour after an event, or when it is called off, its keys for asking and wondering are destroyed, and with them the
 * lists of spent slips and the ballots; totals stay, and what still waits is published.
 */
export async function closeNameless(ctx: Context): Promise<void> {
  for (const eventId of await slips.eventsWithKey(ctx.db, 'ask')) {
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, eventId);
      if (!event) return;
      const isOff = event.state === 'cancelled';
      if (!isOff && !isOverForGood(await timesOf(tx, event), ctx.now())) return;
      await publishTogether(tx, event);
      await nameless.keepTotals(tx, eventId);
      for (const purpose of isOff ? (['ask', 'vote', 'feedback'] as const) : (['ask', 'vote'] as const)) {
        await slips.destroyKey(tx, eventId, purpose);
        await slips.forgetSpent(tx, eventId, purpose);
      }
    });
  }
}
