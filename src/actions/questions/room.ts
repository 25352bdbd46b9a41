import { createHmac } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver, startOf } from '../../domain/events/times.ts';
import { isRoomOpen, mostFromRoom } from '../../domain/questions/room.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as questions from '../../store/questions/questions.ts';
import * as room from '../../store/questions/room.ts';
import { firstState, refuseAgainstRules } from './ask.ts';

/**
 * Returns the voice of a browser at an event: HMAC-SHA256 under a key that the event alone has and that is deleted at its
 * end. It is made from the secret in the cookie, of which the database holds only a hash, so that nothing stored leads
 * from a voice to a browser, nor from one event to the next.
 */
function voiceOf(key: Buffer, browser: string): Buffer {
  return createHmac('sha256', key).update(browser).digest();
}

/** Lists the keys of the questions this browser wonders about at an event. */
export async function wondersFromRoom(
  ctx: Context,
  eventId: number,
  browser: string | undefined,
): Promise<Set<string>> {
  const key = browser === undefined ? null : await room.keyOf(ctx.db, eventId);
  return key === null ? new Set() : room.wonderedBy(ctx.db, eventId, voiceOf(key, browser!));
}

/** Counts one vote of this browser from the room, or takes it back; any number of presses count once. */
export async function wonderFromRoom(
  ctx: Context,
  eventId: number,
  questionId: questions.QuestionId,
  { browser, on }: { browser: string; on: boolean },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockOpen(ctx, tx, eventId);
    const question = orNotFound(await questions.findAny(tx, eventId, questionId), 'question');
    if (question.state !== 'wall' && question.state !== 'table')
      throw new Refusal('conflict', 'This question has been answered or parked in the meantime.');
    const key = await room.keyMadeFor(tx, eventId, Buffer.from(ctx.random(32)));
    const vote = { eventId, question: String(question.id), voice: voiceOf(key, browser) };
    await (on ? room.vote(tx, vote) : room.takeBackVote(tx, vote));
  });
}

/** Puts a question from the room on the wall, or before the facilitator; nothing of who asked is stored with it. */
export async function askFromRoom(
  ctx: Context,
  eventId: number,
  { text, formKey, readFirst }: { text: string; formKey: string; readFirst?: boolean },
): Promise<'read' | 'asked'> {
  const state = await ctx.db.transaction(async (tx) => {
    const event = await lockOpen(ctx, tx, eventId);
    if (!event.roomAsking)
      throw new Refusal('conflict', 'Questions from the room are closed. You can still wonder.', {}, 'text');
    if ((await room.countQuestions(tx, eventId)) >= mostFromRoom)
      throw new Refusal('too-many', 'There are very many questions from the room already.', {}, 'text');
    refuseAgainstRules(event, text);
    const first = firstState(event, readFirst);
    // The hour at which it was asked could be matched with who was seen typing: the beginning of the event stands for it.
    const createdAt = startOf(event);
    await questions.add(tx, {
      eventId,
      authorId: null,
      topicId: null,
      text,
      formKey,
      state: first,
      createdAt,
      fromRoom: true,
    });
    return first;
  });
  return state === 'new' ? 'read' : 'asked';
}

async function lockOpen(ctx: Context, tx: Tx, eventId: number) {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (!isRoomOpen(event, ctx.now())) throw new Refusal('gone', 'This code has ended with its event.');
  return event;
}

/** Opens questions from the room, or closes them: the facilitator's press. */
export async function setRoomAsking(ctx: Context, eventId: number, isOpen: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (isOpen && (event.state !== 'published' || isOver(event, ctx.now())))
      throw new Refusal('conflict', 'This event is over or cancelled, so nobody asks from the room.');
    await events.change(tx, eventId, { roomAsking: isOpen });
  });
}

/** Deletes the keys of events that are over, and makes each vote a voice of its own: the totals stay, the voices do not. */
export async function forgetVoices(ctx: Context): Promise<void> {
  for (const eventId of await room.eventsWithKeys(ctx.db))
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, eventId);
      if (!event || (event.state === 'published' && !isOver(event, ctx.now()))) return;
      await room.forget(tx, eventId);
    });
}
