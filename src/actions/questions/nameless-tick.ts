import type { Context } from '../../context.ts';
import { isOverForGood } from '../../domain/questions/nameless.ts';
import { dropEvent, dueNow, eventsIn, isNothing, noteChecked } from '../../domain/questions/publishing.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as slips from '../../store/questions/slips.ts';
import { type Opened, withEnvelope } from './nameless-envelope.ts';
import { publishDue } from './nameless-publishing.ts';
import { type KnownEvent, stateOf } from './nameless-state.ts';
import { ensureKeys, purposes } from './slips.ts';

/**
 * Does what comes round every five minutes of the clock in every process: what came in goes into the envelope, what is
 * due is published, what was written at once is put in random order, and events that are over are closed.
 */
export async function tick(ctx: Context): Promise<void> {
  if (!ctx.slot) return;
  const state = stateOf(ctx);
  const due = await withEnvelope(ctx, async (opened) => dueEvents(ctx, opened));
  const isBegun = ({ times }: KnownEvent) => Temporal.Instant.compare(ctx.now(), times.start) >= 0;
  const begun = [...state.events.values()].filter(isBegun).map(({ event }) => event.id);
  await eachInTurn(due, (eventId) => withEnvelope(ctx, (opened) => publishEvent(ctx, opened, eventId)));
  state.begun = new Set(begun);
  await rewriteWhatCameAtOnce(ctx);
}

/** One event that cannot be published now, since somebody holds it, keeps no other from it. */
async function eachInTurn(ids: readonly number[], act: (id: number) => Promise<void>): Promise<void> {
  const failed: unknown[] = [];
  for (const id of ids) await act(id).catch((error) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

/** Events of which something goes out. The others are not touched: that something waits must show nowhere. */
function dueEvents(ctx: Context, { waiting, state }: Opened): number[] {
  noteChecked(waiting, [], ctx.now());
  const seenTo: number[] = [];
  const due = eventsIn(waiting).filter((eventId) => {
    const known = state.events.get(eventId);
    const going = known && dueNow(waiting, factsOf(known), ctx.now());
    if (going && isNothing(going)) seenTo.push(eventId);
    return going && !isNothing(going);
  });
  noteChecked(waiting, seenTo, ctx.now());
  return due;
}

const factsOf = ({ event, times }: KnownEvent) => ({ event: event.id, times, timeZone: event.timeZone });

async function publishEvent(ctx: Context, opened: Opened, eventId: number): Promise<void> {
  const known = opened.state.events.get(eventId);
  const event = await events.lock(opened.tx, eventId);
  if (event?.state !== 'published' || !known) return;
  const due = dueNow(opened.waiting, factsOf(known), ctx.now());
  if (due) await publishDue(ctx, opened, { event, topics: known.topics }, due);
  noteChecked(opened.waiting, [eventId], ctx.now());
}

/** Writes what was asked and voted on the evening anew together, so that later nothing tells which came when. */
async function rewriteWhatCameAtOnce(ctx: Context): Promise<void> {
  const { atOnce } = stateOf(ctx);
  for (const eventId of [...atOnce]) {
    atOnce.delete(eventId);
    await ctx.db.transaction(async (tx) => {
      await events.lock(tx, eventId);
      await nameless.rewriteInRandomOrder(tx, eventId);
    });
  }
}

/** Makes the keys that published events lack, so that one may ask without a name there too. */
export async function ensureAllKeys(ctx: Context): Promise<void> {
  for (const eventId of await slips.publishedWithoutKeys(ctx.db, purposes.length))
    await ensureKeys(ctx, eventId);
}

/**
 * An hour after an event, or when it is called off, its keys for asking and voting are destroyed, and with them the
 * lists of spent slips and the ballots. Totals stay; questions that nobody chose to show are dropped.
 */
export async function closeNameless(ctx: Context): Promise<void> {
  if (!ctx.slot) return;
  for (const eventId of await slips.eventsWithKey(ctx.db, 'ask'))
    if (await isToBeClosed(ctx, eventId)) await withEnvelope(ctx, (opened) => close(ctx, opened, eventId));
}

async function isToBeClosed(ctx: Context, eventId: number): Promise<boolean> {
  const event = await events.find(ctx.db, eventId);
  const known = stateOf(ctx).events.get(eventId);
  if (!event || !known) return false;
  return event.state === 'cancelled' || isOverForGood(known.times, ctx.now());
}

async function close(ctx: Context, { tx, waiting, state }: Opened, eventId: number): Promise<void> {
  const event = await events.lock(tx, eventId);
  const known = state.events.get(eventId);
  const isOff = event?.state === 'cancelled';
  if (!event || !known || !(isOff || isOverForGood(known.times, ctx.now()))) return;
  dropEvent(waiting, eventId);
  await nameless.keepTotals(tx, eventId);
  for (const purpose of purposes) {
    if (purpose === 'feedback' && !isOff) continue;
    await slips.destroyKey(tx, eventId, purpose);
    await slips.forgetSpent(tx, eventId, purpose);
  }
}
