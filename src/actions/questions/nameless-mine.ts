import type { Context } from '../../context.ts';
import { isLive } from '../../domain/questions/nameless.ts';
import type { WaitingQuestion } from '../../domain/questions/waiting.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as work from '../../store/questions/work.ts';
import { firstState, refuseAgainstRules } from './ask.ts';
import { refuseUnlessHeld } from './nameless-at-once.ts';
import { withEnvelope } from './nameless-envelope.ts';
import { publishQuestions } from './nameless-publishing.ts';
import { begunMeanwhile, refuseUnlessOpen } from './nameless-refusals.ts';
import { appendStep } from './nameless-slot.ts';
import { type KnownEvent, knownEvent, stateOf } from './nameless-state.ts';
import { editHashOf } from './slip-signatures.ts';

interface Mine {
  known: KnownEvent;
  edit: string;
  waiting: WaitingQuestion | null;
  published: nameless.Nameless | null;
}

/**
 * Puts one's own question in other words. Waiting, it waits with them; published, it waits again from the next
 * publishing hour on, or changes at once on the evening: not where `waits`, since its page said that it would wait.
 */
export async function changeMine(
  ctx: Context,
  secret: Buffer,
  text: string,
  { waits = false }: { waits?: boolean } = {},
): Promise<'waiting' | 'pending' | 'changed'> {
  const mine = await mineOf(ctx, secret);
  const { known, edit, waiting } = mine;
  refuseUnlessOpen(known, ctx.now());
  refuseAgainstRules(known.event, text);
  if (mine.published) refuseSettled(mine.published);
  if (isLive(known.times, ctx.now())) {
    if (waiting && (await changeWaiting(ctx, edit, text))) return 'waiting';
    if (waits) throw begunMeanwhile('words');
    await changeAtOnce(ctx, mine, text);
    return 'changed';
  }
  await appendStep(ctx, stateOf(ctx), { do: 'change', change: { event: known.event.id, edit, text } });
  return waiting ? 'waiting' : 'pending';
}

/**
 * Withdraws one's own question. Waiting, it never appears; published, it disappears at the next publishing hour, or
 * `atOnce`. Once the event has begun it disappears at once: not where `waits`, since its page named an hour.
 */
export async function withdrawMine(
  ctx: Context,
  secret: Buffer,
  { atOnce = false, waits = false }: { atOnce?: boolean; waits?: boolean } = {},
): Promise<'gone' | 'pending'> {
  const mine = await mineOf(ctx, secret);
  const { known, edit, waiting, published } = mine;
  const hasBegun = Temporal.Instant.compare(ctx.now(), known.times.start) >= 0;
  if (hasBegun && waiting && (await dropWaiting(ctx, edit)) && !waiting.isChange) return 'gone';
  if (hasBegun || (atOnce && published)) {
    await removeRow(ctx, known.event.id, edit, { waits: waits && !atOnce });
    return 'gone';
  }
  await appendStep(ctx, stateOf(ctx), { do: 'change', change: { event: known.event.id, edit, text: null } });
  return waiting && !waiting.isChange ? 'gone' : 'pending';
}

/** Shows one's own question although fewer than five people asked: once the event has begun and it was left. */
export async function showMine(ctx: Context, secret: Buffer): Promise<'wall' | 'new'> {
  const { known, edit, waiting } = await mineOf(ctx, secret);
  refuseUnlessOpen(known, ctx.now());
  const hasBegun = Temporal.Instant.compare(ctx.now(), known.times.start) >= 0;
  if (!waiting || !hasBegun)
    throw new Refusal('conflict', 'This question waits for others until the event begins.');
  return withEnvelope(ctx, async (opened) => {
    const event = orNotFound(await events.lock(opened.tx, known.event.id), 'event');
    refuseUnlessHeld(ctx, event);
    const question = opened.waiting.questions.find((one) => one.edit === edit);
    if (question) await publishQuestions(ctx, opened, { event, topics: known.topics }, [question]);
    stateOf(ctx).atOnce.add(event.id);
    return firstState(event);
  });
}

async function mineOf(ctx: Context, secret: Buffer): Promise<Mine> {
  const state = stateOf(ctx);
  const edit = editHashOf(secret).toString('base64url');
  const waiting = state.waiting.questions.find((one) => one.edit === edit) ?? null;
  const published = waiting ? null : await nameless.findByEditHash(ctx.db, editHashOf(secret));
  const eventId = orNotFound(waiting?.event ?? published?.eventId, 'question');
  return { known: orNotFound(await knownEvent(ctx, eventId), 'question'), edit, waiting, published };
}

function refuseSettled({ state }: nameless.Nameless): void {
  if (state !== 'new' && state !== 'wall' && state !== 'withdrawn')
    throw new Refusal('conflict', 'This question has been answered or parked in the meantime.');
}

/** Changes the words of a question that is still in the envelope; false where it was published meanwhile. */
async function changeWaiting(ctx: Context, edit: string, text: string): Promise<boolean> {
  return withEnvelope(ctx, async ({ waiting }) => {
    const question = waiting.questions.find((one) => one.edit === edit);
    if (question) question.text = text;
    return question !== undefined;
  });
}

async function changeAtOnce(ctx: Context, { known, edit }: Mine, text: string): Promise<void> {
  const eventId = known.event.id;
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'question');
    refuseUnlessHeld(ctx, event);
    const row = orNotFound(await nameless.findByEditHash(tx, Buffer.from(edit, 'base64url')), 'question');
    refuseSettled(row);
    // A question that a facilitator has not read yet is still read first, whatever the rule is by now.
    const state = firstState(event, row.state === 'new');
    await nameless.reword(tx, row.id, text, { state, reworded: false });
    await work.note(tx, event.id, nameless.idOf(row.id), { read: false });
  });
  stateOf(ctx).atOnce.add(eventId);
}

/** Takes a question out of the envelope; false where it was published meanwhile. */
async function dropWaiting(ctx: Context, edit: string): Promise<boolean> {
  return withEnvelope(ctx, async ({ waiting }) => {
    const before = waiting.questions.length;
    waiting.questions = waiting.questions.filter((one) => one.edit !== edit);
    return waiting.questions.length < before;
  });
}

async function removeRow(
  ctx: Context,
  eventId: number,
  edit: string,
  { waits }: { waits: boolean },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'question');
    const row = await nameless.findByEditHash(tx, Buffer.from(edit, 'base64url'));
    // A row whose words are being changed shows nowhere: nobody sees it go.
    if (row && waits && row.state !== 'withdrawn') throw begunMeanwhile('withdrawal');
    if (row) await nameless.remove(tx, row.id);
  });
}
