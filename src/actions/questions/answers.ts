import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isHost } from '../../domain/access.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as eventTeams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as people from '../../store/people/people.ts';
import * as questions from '../../store/questions/questions.ts';
import * as work from '../../store/questions/work.ts';
import { refuseOutdated } from '../edition.ts';

/** A question of an event, and the person who works on it. */
export interface AnswerWork {
  eventId: number;
  questionId: questions.QuestionId;
  personId: number;
}

/** A host takes a question to prepare its answer, or gives it back; what was written stays. One that somebody else took stays theirs. */
export async function takeQuestion(
  ctx: Context,
  { eventId, questionId, personId }: AnswerWork,
  on: boolean,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const question = await lockOpen(tx, eventId, questionId);
    await refuseStrangers(tx, eventId, personId);
    const before = await work.find(tx, eventId, question.id);
    const isTaken = before !== null && before.takenById !== null;
    if (on && isTaken) return;
    if (!on && before?.takenById !== personId)
      throw new Refusal('conflict', 'Someone else is preparing this. Talk to them first.');
    await work.note(tx, eventId, question.id, { takenById: on ? personId : null, ...(on && { read: true }) });
  });
}

/**
 * Keeps the answer a host prepares, in Markdown; the first to write has taken the question. Guests read it once the
 * question is answered.
 */
export async function prepare(
  ctx: Context,
  handling: AnswerWork,
  answer: string,
  seen?: string,
): Promise<void> {
  await ctx.db.transaction((tx) => keepAnswer(tx, handling, answer, seen));
}

/** Keeps the answer and makes it the one everyone reads, both or neither. */
export async function answerInWriting(
  ctx: Context,
  handling: AnswerWork,
  answer: string,
  seen?: string,
): Promise<void> {
  if (answer === '') throw new Refusal('invalid', 'Write the answer first.', {}, 'answer');
  await ctx.db.transaction(async (tx) => {
    const question = await keepAnswer(tx, handling, answer, seen);
    await questions.setState(tx, question.id, 'answered', question.note);
  });
}

/** Throws `StaleForm` where another host saved an answer since `seen`. */
async function keepAnswer(
  tx: Tx,
  { eventId, questionId, personId }: AnswerWork,
  answer: string,
  seen: string | undefined,
) {
  const question = await lockKnown(tx, eventId, questionId);
  await refuseStrangers(tx, eventId, personId);
  const before = await work.find(tx, eventId, question.id);
  refuseOutdated(question.text, seen, { answer: before?.answer ?? '' });
  const takenById = before?.takenById ?? personId;
  await work.note(tx, eventId, question.id, { answer, read: true, takenById });
  return question;
}

/** The two fields of a promised answer, as their form holds them. */
export const promiseFields = (of: { takenById: number | null; dueOn: string | null } | null) => ({
  personId: String(of?.takenById ?? ''),
  dueOn: of?.dueOn ?? '',
});

/**
 * Says who will answer a question and by when, for everyone to read; nobody and no day takes it back. Throws `StaleForm`
 * where somebody saved since `seen`.
 */
export async function promiseAnswer(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  { personId, dueOn, seen }: { personId: number | null; dueOn: string | null; seen?: string | undefined },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'event');
    const question = orNotFound(await questions.findAny(tx, eventId, questionId), 'question');
    refuseOutdated(question.text, seen, promiseFields(await work.find(tx, eventId, question.id)));
    if (personId !== null) {
      const person = orNotFound(await people.find(tx, personId), 'person');
      if (person.disabledAt !== null)
        throw new Refusal(
          'conflict',
          '{name} has left. Choose someone else.',
          { name: person.name },
          'personId',
        );
    }
    await work.note(tx, eventId, question.id, { takenById: personId, dueOn, read: true });
  });
}

async function lockKnown(
  tx: Tx,
  eventId: number,
  questionId: questions.QuestionId,
): Promise<questions.AnyQuestion> {
  orNotFound(await events.lock(tx, eventId), 'event');
  const question = orNotFound(await questions.findAny(tx, eventId, questionId), 'question');
  if (question.state === 'new' || question.state === 'refused' || question.state === 'merged')
    throw new Refusal('not-found', 'There is no such question.');
  return question;
}

async function lockOpen(
  tx: Tx,
  eventId: number,
  questionId: questions.QuestionId,
): Promise<questions.AnyQuestion> {
  const question = await lockKnown(tx, eventId, questionId);
  if (question.state === 'answered')
    throw new Refusal('conflict', 'This question has been answered in the meantime.');
  return question;
}

/** Refuses everybody but the event's hosts and organisers: they prepare answers. */
async function refuseStrangers(tx: Tx, eventId: number, personId: number): Promise<void> {
  const person = await people.find(tx, personId);
  if (person?.isOrganiser || (await eventTeams.hostingAt(tx, eventId)).has(personId)) return;
  const event = await events.find(tx, eventId);
  const rsvp = await rsvps.find(tx, eventId, personId);
  const isOnList = rsvp !== null && rsvp.state !== 'uninvited';
  if (!person || !event || !isHost(person, event, isOnList))
    throw new Refusal('not-found', 'There is no such question.');
}
