import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver, type Timed } from '../../domain/events/times.ts';
import { brokenRule, mostQuestions, rulesOf } from '../../domain/questions/rules.ts';
import { isSameQuestion } from '../../domain/questions/same-words.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as questions from '../../store/questions/questions.ts';
import * as work from '../../store/questions/work.ts';

export interface Asked {
  eventId: number;
  authorId: number;
  topicId: number | null;
  text: string;
  formKey: string;
  /** Its page said that a facilitator reads it first. */
  readFirst?: boolean;
}

/**
 * Puts a question with its author's name on the event's wall, or before the facilitator; the same form sent twice asks
 * once, and so does the same person with the same words. Returns the state in which it was put, 'again' where they asked it before.
 */
export async function ask(ctx: Context, { readFirst, ...asked }: Asked): Promise<'new' | 'wall' | 'again'> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, asked.eventId), 'event');
    refuseClosed(event, ctx.now());
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
    refuseAgainstRules(event, asked.text);
    if (await isAskedBefore(tx, asked)) return 'again';
    const state = firstState(event, readFirst);
    await questions.add(tx, { ...asked, state, createdAt: ctx.now() });
    return state;
  });
}

/** Whether this person has asked the same at this event, by another form, and it was not turned down. */
async function isAskedBefore(tx: Tx, { eventId, authorId, text, formKey }: Asked): Promise<boolean> {
  const theirs = await questions.ofAuthor(tx, eventId, authorId);
  return theirs.some(
    (one) => one.formKey !== formKey && one.state !== 'refused' && isSameQuestion(one.text, text),
  );
}

/** Returns the first state of a question: on the wall, or new where a facilitator reads it first, by the rule or as its page said. */
export function firstState(
  event: Pick<events.Event, 'questionRules'>,
  saidReadFirst = false,
): 'new' | 'wall' {
  return saidReadFirst || rulesOf(event).readFirst ? 'new' : 'wall';
}

/** Refuses a text that breaks a rule of the event, in words that everyone may read; with a name or without. */
export function refuseAgainstRules(event: Pick<events.Event, 'questionRules'>, text: string): void {
  const broken = brokenRule(rulesOf(event), text);
  if (broken) throw new Refusal('invalid', broken.sentence, broken.params, 'text');
}

/** Questions are open from the invitations to the end of the event. */
export function refuseClosed(event: Pick<events.Event, 'state'> & Timed, now: Temporal.Instant): void {
  if (event.state === 'cancelled')
    throw closed('Questions are closed', 'This event is cancelled, so questions are closed.');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Questions open when the invitations are sent.');
  if (isOver(event, now))
    throw closed('Questions are closed', 'This event is over, so questions are closed.');
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
  refuseClosed(event, ctx.now());
  if (question.state !== 'wall' && question.state !== 'table') {
    throw new Refusal('conflict', 'This question has been answered or parked in the meantime.');
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

export type Settled = 'wall' | 'table' | 'answered' | 'parked' | 'refused';

/**
 * A facilitator's word on a question, and with it the question is read: on the wall, on the table now, answered with a
 * note, parked or turned down with a reason all can read. One question is on the table at a time.
 */
export async function decideQuestion(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  state: Settled,
  note: string,
): Promise<void> {
  refuseWithoutReason(state, note);
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const question = orNotFound(await questions.findAny(tx, event.id, questionId), 'question');
    if (question.state === 'merged')
      throw new Refusal('conflict', 'This question became part of another one in the meantime.');
    // Its author is changing the words: it has none until they are published.
    if (question.state === 'withdrawn') orNotFound(null, 'question');
    if (state === 'table') await questions.clearTable(tx, event.id);
    await questions.setState(tx, question.id, state, note);
    await work.note(tx, event.id, question.id, { read: true, pointedOut: false });
  });
}

function refuseWithoutReason(state: Settled, note: string): void {
  if (note !== '') return;
  if (state === 'parked')
    throw new Refusal('invalid', 'Say in one sentence why it is parked. Everyone can read it.', {}, 'note');
  if (state === 'refused')
    throw new Refusal(
      'invalid',
      'Say in one sentence why it is turned down. Everyone can read it.',
      {},
      'note',
    );
}
