import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { hasBegun } from '../../domain/events/times.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as questions from '../../store/questions/questions.ts';
import * as slips from '../../store/questions/slips.ts';
import { firstState, refuseClosed } from './ask.ts';
import type { AskedWithoutName } from './asked-without-name.ts';
import { editTaken, slipUsed } from './nameless-refusals.ts';
import { stateOf } from './nameless-state.ts';
import { tick } from './nameless-tick.ts';
import { slipHash } from './slip-signatures.ts';

/** Publishes a question of the evening itself: it does not wait, and its slip is noted as spent in the same transaction. */
export async function askAtOnce(ctx: Context, asked: AskedWithoutName): Promise<'wall' | 'new'> {
  await publishBeginning(ctx, asked.eventId);
  const state = stateOf(ctx);
  const { eventId, topicId, text, editHash } = asked;
  const hash = slipHash(asked.slip);
  const placed = await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseUnlessHeld(ctx, event);
    const same = await nameless.findByEditHash(tx, editHash);
    const isFresh = await slips.spend(tx, eventId, asked.first ? 'ask-first' : 'ask', hash);
    if (same) {
      if (isFresh || same.eventId !== eventId) throw editTaken();
      return same.state === 'new' ? 'new' : 'wall';
    }
    if (!isFresh) throw slipUsed();
    const first = firstState(event, asked.readFirst);
    await nameless.publish(tx, [{ id: ctx.random(16), eventId, topicId, text, editHash, state: first }]);
    return first;
  });
  state.spent.add(hash.toString('base64url'));
  state.edits.add(editHash.toString('base64url'));
  state.atOnce.add(eventId);
  return placed;
}

/** Refuses where the event is over, off, or was moved meanwhile so that it has not begun: then nothing may appear at once. */
export function refuseUnlessHeld(ctx: Context, event: events.Event): void {
  refuseClosed(event, ctx.now());
  if (!hasBegun(event, ctx.now()))
    throw new Refusal('conflict', 'This event was moved just now. Reload the page and send it again.');
}

/** Publishes first what waited until the event began, and notes its slips as spent. */
export async function publishBeginning(ctx: Context, eventId: number): Promise<void> {
  if (!stateOf(ctx).begun.has(eventId)) await tick(ctx);
}

/** Counts a vote of the evening itself, or takes it back. */
export async function voteAtOnce(
  ctx: Context,
  eventId: number,
  {
    question,
    mark,
    on,
    counter,
  }: { question: questions.QuestionId; mark: Buffer; on: boolean; counter: Buffer | null },
): Promise<void> {
  await publishBeginning(ctx, eventId);
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseUnlessHeld(ctx, event);
    await refuseSettled(tx, eventId, question);
    if (counter) await slips.spendAll(tx, eventId, [{ purpose: 'vote-first', hash: counter }]);
    if (on) await nameless.castBallot(tx, eventId, question, mark);
    else await nameless.takeBallotBack(tx, question, mark);
  });
  stateOf(ctx).atOnce.add(eventId);
}

async function refuseSettled(tx: Tx, eventId: number, id: questions.QuestionId): Promise<void> {
  const question = orNotFound(await questions.findAny(tx, eventId, id), 'question');
  if (question.state !== 'wall' && question.state !== 'table')
    throw new Refusal('conflict', 'This question has been answered or parked in the meantime.');
}
