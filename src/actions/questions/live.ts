import type { Context } from '../../context.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as questions from '../../store/questions/questions.ts';
import * as work from '../../store/questions/work.ts';
import { keyedHash } from '../sign-in/secrets.ts';

export const liveStates = ['table', 'answered', 'parked', 'wall'] as const;
export type LiveState = (typeof liveStates)[number];

/** A press to show a question that reaches us later than this shows nothing: the room has moved on; seconds. */
const mostSecondsLate = 120;

/** The note everyone reads beside a question parked with one press; an organiser may say more later. */
const parkedHere = 'Parked in the room, to come back to.';

/**
 * Puts a question on the table, says that it is answered or parked, or puts it back on the wall; said twice it is said
 * once. One question of an event is on the table at a time: the one before goes back to the wall.
 * `secondsAgo`: how long ago the button was pressed, where the connection was bad. Refused ('conflict') where the question
 * cannot be read by everyone, or the press to show it comes too late.
 */
export async function pressLive(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  { state, secondsAgo = 0 }: { state: LiveState; secondsAgo?: number },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const question = orNotFound(await questions.findAny(tx, event.id, questionId), 'question');
    if (event.state !== 'published')
      throw new Refusal('conflict', 'This event is a draft or called off, so nothing is shown.');
    if (!liveStates.some((one) => one === question.state))
      throw new Refusal('conflict', 'This question is not on the wall, so it cannot be shown.');
    if (question.state === state) return;
    if (state === 'table') {
      if (secondsAgo > mostSecondsLate)
        throw new Refusal('conflict', 'This press came too late to show a question. Press again.');
      await questions.clearTable(tx, event.id);
    }
    await questions.setState(
      tx,
      question.id,
      state,
      state === 'parked' ? question.note || parkedHere : question.note,
    );
    await work.note(tx, event.id, question.id, { read: true });
  });
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base = letters.length;

/**
 * The short code people type or scan to ask at an event: its number and three characters that only we can work out, in
 * Crockford's base 32; at least four characters.
 */
export function codeOf(ctx: Pick<Context, 'secret'>, eventId: number): string {
  let number = '';
  for (let left = eventId; left > 0; left = Math.floor(left / base)) number = letters[left % base] + number;
  const hash = Buffer.from(keyedHash(ctx, 'event-code', String(eventId)), 'base64url');
  return number + [0, 1, 2].map((at) => letters[hash[at]! % base]).join('');
}

/** The event of a code as somebody typed it: capitals or not, O for 0, I or L for 1; null where it is none of ours. */
export function eventIdOf(ctx: Pick<Context, 'secret'>, typed: string): number | null {
  const code = typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{4,10}$/.test(code)) return null;
  const id = [...code.slice(0, -3)].reduce((sum, letter) => sum * base + letters.indexOf(letter), 0);
  return id >= 1 && id <= 2_147_483_647 && codeOf(ctx, id) === code ? id : null;
}
