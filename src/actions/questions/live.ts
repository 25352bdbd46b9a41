import type { Context } from '../../context.ts';
import { mostSecondsLate } from '../../domain/questions/rules.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as runs from '../../store/live/runs.ts';
import * as questions from '../../store/questions/questions.ts';
import * as work from '../../store/questions/work.ts';

export const liveStates = ['table', 'answered', 'parked', 'wall'] as const;
export type LiveState = (typeof liveStates)[number];

/** The note everyone reads beside a question parked with one press; an organiser may say more later. */
const parkedHere = 'Parked in the room, to come back to.';

/**
 * Puts a question on the table, says that it is answered or parked, or puts it back on the wall; said twice it is said
 * once. One question of an event is on the table at a time: the one before goes back to the wall.
 * `by`: who pressed, and the key of the press, so that it can be taken back for ten seconds and counts once.
 * `secondsAgo`: how long ago the button was pressed, where the connection was bad. Refused ('conflict') where the question
 * cannot be read by everyone, or the press to show it comes too late.
 */
export async function pressLive(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  { state, secondsAgo = 0, by }: { state: LiveState; secondsAgo?: number; by?: { id: number; key: string } },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (by && (await runs.pressByKey(tx, event.id, by.key))) return;
    const question = orNotFound(await questions.findAny(tx, event.id, questionId), 'question');
    if (event.state !== 'published')
      throw new Refusal('conflict', 'This event is a draft or cancelled, so nothing is shown.');
    if (!liveStates.some((one) => one === question.state))
      throw new Refusal('conflict', 'This question is not on the wall, so it cannot be shown.');
    if (question.state === state) return;
    const off = state === 'table' ? await questions.onTable(tx, event.id) : null;
    if (state === 'table') {
      if (secondsAgo > mostSecondsLate)
        throw new Refusal('conflict', 'That was too late to show the question. Try again.');
      await questions.clearTable(tx, event.id);
    }
    await questions.setState(
      tx,
      question.id,
      state,
      state === 'parked' ? question.note || parkedHere : question.note,
    );
    await work.note(tx, event.id, question.id, { read: true, pointedOut: false });
    if (!by) return;
    const ids = { question: String(question.id), off: off === null ? null : String(off) };
    const press = { kind: 'question' as const, ...ids, was: question.state, state };
    const at = ctx.now().epochMilliseconds - secondsAgo * 1000;
    await runs.addPress(tx, {
      ...{ eventId: event.id, key: by.key, byId: by.id, arrivedAt: ctx.now() },
      press: { ...press, key: by.key, at },
    });
  });
}
