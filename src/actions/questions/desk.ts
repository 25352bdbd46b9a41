import type { Context } from '../../context.ts';
import { type QuestionRules, rulesOf } from '../../domain/questions/rules.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as questions from '../../store/questions/questions.ts';
import * as room from '../../store/questions/room.ts';
import { type Actor, note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';

/** Puts a question without a name in other words, so that nobody is known by theirs; the words before are gone. */
export async function reword(
  ctx: Context,
  eventId: number,
  id: questions.QuestionId,
  text: string,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'event');
    const question = orNotFound(await questions.findAny(tx, eventId, id), 'question');
    if (typeof question.id === 'number') {
      throw new Refusal(
        'conflict',
        'This question has a name on it, so its words stay as they are. Ask its author to change them.',
      );
    }
    await nameless.reword(tx, nameless.bytesOf(question.id), text, { reworded: true });
  });
}

/** Makes one question part of another: a person who wondered about both counts once. */
export async function merge(
  ctx: Context,
  eventId: number,
  fromId: questions.QuestionId,
  intoId: questions.QuestionId,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'event');
    const from = orNotFound(await questions.findAny(tx, eventId, fromId), 'question');
    const into = orNotFound(await questions.findAny(tx, eventId, intoId), 'question');
    if (from.id === into.id || into.state === 'merged')
      throw new Refusal('invalid', 'Choose another question to make it part of.', {}, 'into');
    if (from.state === 'merged') return;
    refuseUnseen(from, into);
    await nameless.moveVotes(tx, eventId, from.id, into.id);
    const [there, here] = [await nameless.ballotsOn(tx, from.id), await nameless.ballotsOn(tx, into.id)];
    await questions.keepLargerTotal(tx, from.id, into.id, { from: there, into: here });
    await nameless.forgetBallots(tx, from.id);
    await room.moveVotes(tx, eventId, String(from.id), String(into.id));
    await questions.setMerged(tx, from.id, into.id);
  });
}

/** Nothing disappears: a question becomes part only of one that can be read wherever it could be read itself. */
function refuseUnseen(from: questions.AnyQuestion, into: questions.AnyQuestion): void {
  const isUnread = into.state === 'new' && from.state !== 'new';
  if (isUnread || into.state === 'refused' || into.state === 'withdrawn')
    throw new Refusal(
      'conflict',
      'That question cannot be read on the wall. Put it there first, then merge.',
      {},
      'into',
    );
}

/** Sets the rules for the questions of an event from now on; existing questions stay. */
export async function setRules(
  ctx: Context,
  eventId: number,
  rules: QuestionRules,
  by: Actor,
  seen?: string,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseOutdated(event.name, seen, { ...rulesOf(event) });
    await events.change(tx, eventId, { questionRules: rules });
    await note(ctx, tx, { by, act: 'changed-question-rules', about: event.name });
  });
}
