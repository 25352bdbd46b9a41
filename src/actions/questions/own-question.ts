// Acts of guests on questions that have a name: changing one's own, and pointing out another's.
import type { Context } from '../../context.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as questions from '../../store/questions/questions.ts';
import * as work from '../../store/questions/work.ts';
import { firstState, refuseAgainstRules, refuseClosed } from './ask.ts';

/** Finds a person's own question while they can change it; throws a Refusal ('not-found', 'gone', 'conflict') otherwise. */
export function changeable(question: questions.Question | null, personId: number): questions.Question {
  const own = orNotFound(question, 'question');
  if (own.authorId !== personId) throw new Refusal('not-found', 'There is no such question.');
  if (own.reworded)
    throw new Refusal('conflict', 'A facilitator put it in other words, so it can’t be changed.');
  if (own.state !== 'new' && own.state !== 'wall')
    throw closed('Too late to change it', 'It has been read out, answered or parked. Ask another question.');
  return own;
}

/**
 * Puts one's own question in other words, until it is on the table: the facilitator sees it as new, and reads it first again
 * where the event wants that. Returns its state.
 */
export async function changeQuestion(
  ctx: Context,
  { eventId, questionId, personId }: { eventId: number; questionId: number; personId: number },
  text: string,
): Promise<'new' | 'wall'> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseClosed(event, ctx.now());
    const own = changeable(await questions.find(tx, event.id, questionId), personId);
    refuseAgainstRules(event, text);
    const state = firstState(event, own.state === 'new');
    if (text === own.text) return own.state === 'new' ? 'new' : 'wall';
    await questions.setText(tx, own.id, text, state);
    await work.note(tx, event.id, own.id, { read: false });
    return state;
  });
}

/** Points a question out to the facilitator, who finds it on top of what is to be read; nobody's name is kept with it. */
export async function pointOut(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const question = orNotFound(await questions.findAny(tx, event.id, questionId), 'question');
    if (question.state === 'wall' || question.state === 'table')
      await work.note(tx, event.id, question.id, { pointedOut: true });
  });
}
