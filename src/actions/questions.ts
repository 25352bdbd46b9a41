import type { Context } from '../context.ts';
import { span } from '../domain/wall-time.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';
import * as questions from '../store/questions.ts';

/** Questions one person may have at one event: enough for anyone, too few for spam. */
export const mostQuestions = 20;

export interface Asked {
  eventId: number;
  authorId: number;
  topicId: number | null;
  text: string;
  formKey: string;
}

/** Puts a question with its author's name on the event's wall; the same form sent twice asks once. */
export async function ask(ctx: Context, asked: Asked): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, asked.eventId), 'event');
    await refuseClosed(tx, event, ctx.now());
    if (asked.topicId !== null) {
      const topics = await events.topicsOf(tx, event.id);
      if (!topics.some(({ id }) => id === asked.topicId)) {
        throw new Refusal(
          'invalid',
          'That table is not at this event any more. Choose another.',
          {},
          'topic',
        );
      }
    }
    if ((await questions.countOf(tx, event.id, asked.authorId)) >= mostQuestions) {
      throw new Refusal(
        'too-many',
        'You have asked {n} questions here. Take one back to ask another.',
        { n: mostQuestions },
        'text',
      );
    }
    await questions.add(tx, { ...asked, state: 'wall', createdAt: ctx.now() });
  });
}

/** Questions are open from the invitations to the end of the event. */
export async function refuseClosed(
  tx: Parameters<typeof events.blocksOf>[0],
  event: events.Event,
  now: Temporal.Instant,
): Promise<void> {
  if (event.state === 'cancelled')
    throw new Refusal('gone', 'This event is cancelled, so questions are closed.');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Questions open when the invitations are sent.');
  const minutes = (await events.blocksOf(tx, event.id)).reduce((sum, block) => sum + block.minutes, 0);
  const { end } = span({ start: event.startsAt, minutes, timeZone: event.timeZone });
  if (Temporal.Instant.compare(now, end.toInstant()) >= 0)
    throw new Refusal('gone', 'This event is over, so questions are closed.');
}

/** "I wonder too", or taken back: pressing it any number of times counts once. */
export async function wonder(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  personId: number,
  on: boolean,
): Promise<void> {
  const { db } = ctx;
  const event = orNotFound(await events.find(db, eventId), 'event');
  const question = orNotFound(await questions.findAny(db, eventId, questionId), 'question');
  await refuseClosed(db, event, ctx.now());
  if (question.state !== 'wall') {
    throw new Refusal('conflict', 'This question has been answered or parked meanwhile.');
  }
  if (on) await questions.vote(db, event.id, question.id, personId);
  else await questions.takeBackVote(db, question.id, personId);
}

/** Takes one's own question back: words and votes are gone. */
export async function withdraw(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  personId: number,
): Promise<void> {
  const found = typeof questionId === 'number' ? await questions.find(ctx.db, eventId, questionId) : null;
  const question = orNotFound(found, 'question');
  if (question.authorId !== personId) throw new Refusal('not-found', 'There is no such question.');
  await questions.remove(ctx.db, question.id);
}

/** An organiser's word on a question: answered or parked, with a note all can read, or back on the wall. */
export async function settle(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  state: 'wall' | 'answered' | 'parked',
  note: string,
): Promise<void> {
  const question = orNotFound(await questions.findAny(ctx.db, eventId, questionId), 'question');
  if (state === 'parked' && note === '') {
    throw new Refusal('invalid', 'Say in one sentence why it is parked. Everyone can read it.', {}, 'note');
  }
  await questions.setState(ctx.db, question.id, state, note);
}
