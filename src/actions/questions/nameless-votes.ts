import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { isLive, mostVotesAtOnce } from '../../domain/questions/nameless.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as nameless from '../../store/questions/nameless.ts';
import type { QuestionId } from '../../store/questions/questions.ts';
import { voteAtOnce } from './nameless-at-once.ts';
import { begunMeanwhile, refuseForged, refuseUnlessOpen } from './nameless-refusals.ts';
import { appendStep } from './nameless-slot.ts';
import { knownEvent, type NamelessState, stateOf } from './nameless-state.ts';
import { type Slip, slipHash } from './slip-signatures.ts';

export interface Ballot {
  eventId: number;
  questionId: QuestionId;
  slip: Slip;
  on: boolean;
  /** The slip that counts this voter, with the first vote. */
  counter?: Slip | undefined;
  /** Its page said that votes wait for those of others: it is not counted at once. */
  waits?: boolean;
}

/** Hash stored of a vote: H(ballot ‖ question), SHA-256 both times, so that two votes of one ballot share nothing. */
export function voteMark(ballot: Slip, question: QuestionId): Buffer {
  return createHash('sha256').update(slipHash(ballot)).update(String(question)).digest();
}

/** "I wonder too" without a name, or taken back: one ballot counts once for a question. It waits, or counts at once on the evening. */
export async function wonderWithoutName(ctx: Context, ballot: Ballot): Promise<'waiting' | 'counted'> {
  const { eventId, questionId: question, slip, on } = ballot;
  const state = stateOf(ctx);
  const known = orNotFound(await knownEvent(ctx, eventId), 'event');
  refuseForged(known, 'vote', slip);
  if (ballot.counter) refuseForged(known, 'vote-first', ballot.counter);
  refuseUnlessOpen(known, ctx.now());
  const counter = ballot.counter ? slipHash(ballot.counter) : null;
  const mark = voteMark(slip, question);
  if (isLive(known.times, ctx.now())) {
    if (ballot.waits) throw begunMeanwhile('vote');
    await voteAtOnce(ctx, eventId, { question, mark, on, counter });
    return 'counted';
  }
  refuseTooMany(state, slip);
  const vote = { event: eventId, question, mark: text(mark), on, counter: counter && text(counter) };
  await appendStep(ctx, state, { do: 'vote', vote });
  return 'waiting';
}

const text = (bytes: Buffer) => bytes.toString('base64url');

function refuseTooMany(state: NamelessState, slip: Slip): void {
  const ballot = text(slipHash(slip));
  const cast = state.cast.get(ballot) ?? 0;
  if (cast >= mostVotesAtOnce)
    throw new Refusal('too-many', 'That is a great many votes in a short time. Try again in five minutes.');
  state.cast.set(ballot, cast + 1);
}

/** Tells of each question whether this ballot's vote is counted in its total, also while its taking back waits, or waits to be counted. */
export async function votesOf(
  ctx: Context,
  eventId: number,
  slip: Slip,
  questions: readonly QuestionId[],
): Promise<Record<string, 'waiting' | 'counted' | 'none'>> {
  const state = stateOf(ctx);
  refuseForged(orNotFound(await knownEvent(ctx, eventId), 'event'), 'vote', slip);
  const marks = new Map(questions.map((question) => [question, voteMark(slip, question)]));
  const counted = await nameless.countedMarks(ctx.db, eventId, [...marks.values()]);
  const stateAt = (mark: string) => {
    if (counted.has(mark)) return 'counted';
    return state.waiting.votes.some((one) => one.mark === mark && one.on) ? 'waiting' : 'none';
  };
  return Object.fromEntries([...marks].map(([question, mark]) => [String(question), stateAt(text(mark))]));
}
