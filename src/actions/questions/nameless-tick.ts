import type { Context } from '../../context.ts';
import { isOverForGood } from '../../domain/questions/nameless.ts';
import { dropEvent, dueNow, eventsIn, isEmpty, noteChecked } from '../../domain/questions/publishing.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as slips from '../../store/questions/slips.ts';
import { type OpenedEnvelope, withEnvelope } from './nameless-envelope.ts';
import { publishDue } from './nameless-publishing.ts';
import { type KnownEvent, stateOf, timesOf } from './nameless-state.ts';
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

/** Does one event after the other; one that somebody else has locked does not hold up the others. */
async function eachInTurn(ids: readonly number[], act: (id: number) => Promise<void>): Promise<void> {
  const failed: unknown[] = [];
  for (const id of ids) await act(id).catch((error) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

/** Events of which something goes out. The others are not touched: that something waits must show nowhere. */
function dueEvents(ctx: Context, { waiting, state }: OpenedEnvelope): number[] {
  noteChecked(waiting, [], ctx.now());
  const seenTo: number[] = [];
  const due = eventsIn(waiting).filter((eventId) => {
    const known = state.events.get(eventId);
    const going = known && dueNow(waiting, factsOf(known), ctx.now());
    if (going && isEmpty(going)) seenTo.push(eventId);
    return going && !isEmpty(going);
  });
  noteChecked(waiting, seenTo, ctx.now());
  return due;
}

const factsOf = ({ event, times }: KnownEvent) => ({ event: event.id, times, timeZone: event.timeZone });

async function publishEvent(ctx: Context, opened: OpenedEnvelope, eventId: number): Promise<void> {
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

/** Makes the keys that published events lack, so that one may ask without a name there too; but none for events that are over. */
export async function ensureAllKeys(ctx: Context): Promise<void> {
  for (const event of await slips.publishedWithoutKeys(ctx.db, purposes.length))
    if (!isOverForGood(timesOf(event), ctx.now())) await ensureKeys(ctx, event.id);
}

/** Events closed in one transaction: each opening of the envelope reads all that is known of events. */
const atOnce = 200;

/**
 * An hour after an event, or when it is called off, its keys for asking and voting are destroyed, and with them the
 * lists of spent slips and the ballots. Totals stay; questions that nobody chose to show are dropped.
 */
export async function closeNameless(ctx: Context): Promise<void> {
  if (!ctx.slot) return;
  const over = [...stateOf(ctx).events.values()].filter((known) => hasKeyToAsk(known) && isOver(ctx, known));
  const ids = over.map(({ event }) => event.id);
  for (let begin = 0; begin < ids.length; begin += atOnce)
    await withEnvelope(ctx, (opened) => close(ctx, opened, ids.slice(begin, begin + atOnce)));
}

const hasKeyToAsk = ({ keys }: KnownEvent) =>
  keys.some(({ purpose, privateKey }) => purpose === 'ask' && privateKey !== null);

const isOver = (ctx: Context, { event, times }: KnownEvent) =>
  event.state === 'cancelled' || isOverForGood(times, ctx.now());

/** An event that somebody holds at this moment is left for the next time. */
async function close(ctx: Context, { tx, waiting, state }: OpenedEnvelope, ids: number[]): Promise<void> {
  const locked = await events.lockFree(tx, ids);
  const over = locked.filter((event) => {
    const known = state.events.get(event.id);
    return known && event.startsAt === known.event.startsAt && isOver(ctx, { ...known, event });
  });
  for (const { id } of over) dropEvent(waiting, id);
  const cancelled = over.filter(({ state }) => state === 'cancelled').map(({ id }) => id);
  const all = over.map(({ id }) => id);
  await nameless.keepTotals(tx, all);
  for (const purpose of purposes) await slips.retire(tx, purpose === 'feedback' ? cancelled : all, purpose);
}
