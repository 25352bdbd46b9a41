import type { Context } from '../../context.ts';
import { type Due, isTableNew } from '../../domain/questions/publishing.ts';
import type { Change, WaitingQuestion, WaitingVote } from '../../domain/questions/waiting.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as questions from '../../store/questions/questions.ts';
import * as slips from '../../store/questions/slips.ts';
import * as work from '../../store/questions/work.ts';
import { firstState } from './ask.ts';
import { cryptoShuffle, type OpenedEnvelope } from './nameless-envelope.ts';
import type { KnownEvent } from './nameless-state.ts';

/** An event, locked, and its topics. */
export interface PublishedIn {
  event: events.Event;
  topics: KnownEvent['topics'];
}

const bytes = (text: string) => Buffer.from(text, 'base64url');

/** Publishes what is due of an event in random order, and takes it out of the envelope. */
export async function publishDue(
  ctx: Context,
  opened: OpenedEnvelope,
  into: PublishedIn,
  due: Due,
): Promise<void> {
  const { tx, waiting } = opened;
  const goesOut = due.questions.length > 0 && due.together === null;
  waiting.changes = waiting.changes.filter((one) => !due.changes.includes(one));
  const changed = [];
  for (const change of cryptoShuffle(ctx, [...due.changes]))
    changed.push(await applyChange(opened, into, change));
  const fresh = changed.filter((one) => one !== null);
  if (!goesOut) waiting.questions.push(...fresh);
  await publishQuestions(ctx, opened, into, goesOut ? [...due.questions, ...fresh] : due.questions);
  await countVotes(ctx, opened, into.event.id, due.votes);
  if (due.questions.length > 0)
    await events.change(tx, into.event.id, {
      namelessOutAt: ctx.now(),
      ...(due.together !== null && { namelessTogether: (into.event.namelessTogether ?? 0) + due.together }),
    });
  await noteSpent(ctx, opened, into.event.id, due);
}

/** Withdraws a published question, or takes its words off: the new ones wait like a question. Null where nothing is left to publish. */
async function applyChange(
  opened: OpenedEnvelope,
  { event }: PublishedIn,
  change: Change,
): Promise<WaitingQuestion | null> {
  const { tx } = opened;
  const row = await nameless.findByEditHash(tx, bytes(change.edit));
  if (row?.eventId !== event.id) return null;
  if (change.text === null) {
    await nameless.remove(tx, row.id);
    return null;
  }
  if (row.state !== 'new' && row.state !== 'wall') return null;
  await nameless.reword(tx, row.id, '', { state: 'withdrawn', reworded: false });
  const [id, topic] = [nameless.idOf(row.id), row.topicId];
  const { edit, text } = change;
  return { event: event.id, id, edit, slip: '', first: false, topic, text, alone: false, isChange: true };
}

/**
 * Writes questions where everyone reads them, and takes them out of the envelope. Where the page of one said that a
 * facilitator reads it first, all that go out together are read first: alone it would show when its page was opened.
 */
export async function publishQuestions(
  ctx: Context,
  { tx, waiting, state }: OpenedEnvelope,
  { event, topics }: PublishedIn,
  list: readonly WaitingQuestion[],
): Promise<void> {
  const first = firstState(
    event,
    list.some(({ readFirst }) => readFirst),
  );
  for (const { id, text } of list.filter(({ isChange }) => isChange)) {
    await nameless.reword(tx, bytes(id), text, { state: first });
    await work.note(tx, event.id, id, { read: false });
  }
  const fresh = cryptoShuffle(
    ctx,
    list.filter(({ isChange, edit }) => !isChange && !state.edits.has(edit)),
  );
  await nameless.publish(
    tx,
    fresh.map(({ id, edit, topic, text }) => ({
      id: bytes(id),
      eventId: event.id,
      topicId: topics.some(({ id, shownAt }) => id === topic && !isTableNew(shownAt, event)) ? topic : null,
      text,
      editHash: bytes(edit),
      state: first,
    })),
  );
  waiting.questions = waiting.questions.filter((one) => !list.includes(one));
  for (const { edit } of list) state.edits.add(edit);
}

async function countVotes(
  ctx: Context,
  { tx, waiting }: OpenedEnvelope,
  eventId: number,
  votes: readonly WaitingVote[],
): Promise<void> {
  for (const { question, mark, on } of cryptoShuffle(ctx, [...votes])) {
    const found = await questions.findAny(tx, eventId, question);
    if (!found || found.state === 'merged') continue;
    if (on) await nameless.castBallot(tx, eventId, question, bytes(mark));
    else await nameless.takeBallotBack(tx, question, bytes(mark));
  }
  waiting.votes = waiting.votes.filter((one) => !votes.includes(one));
}

/** Notes the slips of what went out as spent; once an event has begun, those of all that is left too. */
async function noteSpent(ctx: Context, opened: OpenedEnvelope, eventId: number, due: Due): Promise<void> {
  const { tx, waiting, state } = opened;
  const isBegun = Temporal.Instant.compare(ctx.now(), state.events.get(eventId)!.times.start) >= 0;
  const gone = waiting.spent.filter(
    ({ event }) => event === eventId && (isBegun || due.questions.length > 0),
  );
  waiting.spent = waiting.spent.filter((one) => !gone.includes(one));
  const asks = [...due.questions, ...due.left, ...gone].filter(({ slip }) => slip !== '');
  const list = asks.map(
    ({ slip, first }) => ({ purpose: first ? 'ask-first' : 'ask', hash: bytes(slip) }) as const,
  );
  const counters = due.votes.flatMap(({ counter }) => counter ?? []);
  const votes = counters.map((counter) => ({ purpose: 'vote-first', hash: bytes(counter) }) as const);
  await slips.spendAll(tx, eventId, cryptoShuffle(ctx, [...list, ...votes]));
  for (const { slip } of asks) state.spent.add(slip);
  for (const counter of counters) state.spent.add(counter);
  for (const question of due.left) question.slip = '';
}
