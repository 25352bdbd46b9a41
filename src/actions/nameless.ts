import type { Context } from '../context.ts';
import type { Tx } from '../database/open.ts';
import { goOut, type Times, whyOff } from '../domain/nameless.ts';
import { span } from '../domain/wall-time.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';
import * as nameless from '../store/nameless.ts';
import * as work from '../store/question-work.ts';
import * as questions from '../store/questions.ts';
import * as slips from '../store/slips.ts';
import { firstState, refuseAgainstRules, refuseClosed } from './questions.ts';
import { editHashOf, isSlipOf, type Slip, slipHash } from './slip-signatures.ts';

export interface AskedWithoutName {
  eventId: number;
  topicId: number | null;
  text: string;
  slip: Slip;
  /** SHA-256 by which whoever asked finds it again. */
  editHash: Buffer;
}

/**
 * Takes a question nobody can be asked about: one slip is spent and the question waits with others, or is published.
 * Refused, it spends no slip; sent again by the same secret, it counts once. True once it can be read by everyone.
 */
export async function askWithoutName(ctx: Context, asked: AskedWithoutName): Promise<boolean> {
  const keys = await refuseForged(ctx, asked.eventId, 'ask', asked.slip);
  const holders = await slips.holdersOf(ctx.db, asked.eventId, 'ask');
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, asked.eventId), 'event');
    await refuseClosed(tx, event, ctx.now());
    refuseOff(event, holders, keys);
    await refuseForeignTable(tx, event.id, asked.topicId);
    refuseAgainstRules(event, asked.text);
    if (!(await slips.spend(tx, event.id, 'ask', slipHash(asked.slip)))) {
      const same = await nameless.findByEditHash(tx, asked.editHash);
      if (same?.eventId === event.id) return same.published !== null;
      throw new Refusal(
        'conflict',
        'This slip was used before. Send the question again with another.',
        {},
        'slip',
      );
    }
    const { topicId, text, editHash } = asked;
    const id = ctx.random(16);
    const waiting = await nameless.take(tx, { id, eventId: event.id, topicId, text, editHash });
    if (!goOut(waiting, await timesOf(tx, event), ctx.now())) return false;
    await publishTogether(tx, event);
    return true;
  });
}

async function refuseForged(
  ctx: Context,
  eventId: number,
  purpose: slips.Purpose,
  slip: Slip,
): Promise<slips.SlipKey[]> {
  const keys = await slips.keysOf(ctx.db, eventId);
  const key = keys.find((one) => one.purpose === purpose);
  if (!key || !isSlipOf(key.publicKey, slip))
    throw new Refusal('forbidden', 'This slip does not belong to this event.');
  return keys;
}

function refuseOff(event: events.Event, holders: number, keys: slips.SlipKey[]): void {
  const open = keys.filter(({ privateKey }) => privateKey !== null);
  const why = whyOff(event, holders, open.length);
  if (why === 'few') {
    throw new Refusal(
      'conflict',
      'Asking without a name opens when five people hold slips: among fewer one could be guessed. Your question was not sent.',
    );
  }
  if (why)
    throw new Refusal('conflict', 'Asking without a name is off for this event. Your question was not sent.');
}

async function refuseForeignTable(tx: Tx, eventId: number, topicId: number | null): Promise<void> {
  if (topicId === null) return;
  const topics = await events.topicsOf(tx, eventId);
  if (topics.some(({ id }) => id === topicId)) return;
  throw new Refusal('invalid', 'That table is not at this event any more. Choose another.', {}, 'topic');
}

/** First and last moment of an event. */
export async function timesOf(tx: Tx, event: events.Event): Promise<Times> {
  const minutes = (await events.blocksOf(tx, event.id)).reduce((sum, block) => sum + block.minutes, 0);
  const { start, end } = span({ start: event.startsAt, minutes, timeZone: event.timeZone });
  return { start: start.toInstant(), end: end.toInstant() };
}

/** Publishes all that wait, mixed with those that stand already, so that neither order nor row tells which came when. */
export async function publishTogether(tx: Tx, event: events.Event): Promise<void> {
  await nameless.publish(tx, event.id, firstState(event));
  await slips.shuffleSpent(tx, event.id);
}

/** What became of the question this secret belongs to; a wrong secret is as no question at all. */
export async function findMine(ctx: Context, secret: Buffer) {
  const found = orNotFound(await nameless.findByEditHash(ctx.db, editHashOf(secret)), 'question');
  const event = orNotFound(await events.find(ctx.db, found.eventId), 'question');
  return { ...found, event, into: await becamePartOf(ctx, found) };
}

async function becamePartOf(
  ctx: Context,
  { eventId, published }: { eventId: number; published: nameless.Nameless | null },
) {
  if (published?.state !== 'merged') return null;
  const into = /^\d{1,10}$/.test(published.mergedInto) ? Number(published.mergedInto) : published.mergedInto;
  return questions.findAny(ctx.db, eventId, into);
}

/** Puts one's own question in other words; it is published anew. */
export async function changeMine(ctx: Context, secret: Buffer, text: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { found, event } = await lockMine(tx, secret);
    await refuseClosed(tx, event, ctx.now());
    if (found.published && found.published.state !== 'new' && found.published.state !== 'wall')
      throw new Refusal('conflict', 'This question has been answered or parked meanwhile.');
    refuseAgainstRules(event, text);
    await nameless.reword(tx, found.id, text, { state: firstState(event), reworded: false });
    if (found.published) await work.note(tx, event.id, nameless.idOf(found.id), { read: false });
    await nameless.mix(tx, event.id);
  });
}

/** Takes one's own question back: words and votes are gone. */
export async function withdrawMine(ctx: Context, secret: Buffer): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { found } = await lockMine(tx, secret);
    await nameless.remove(tx, found.id);
  });
}

async function lockMine(tx: Tx, secret: Buffer) {
  const { eventId } = orNotFound(await nameless.findByEditHash(tx, editHashOf(secret)), 'question');
  const event = orNotFound(await events.lock(tx, eventId), 'question');
  // Read again: it may have been published while we waited for the event.
  const found = orNotFound(await nameless.findByEditHash(tx, editHashOf(secret)), 'question');
  return { found, event };
}

export interface Ballot {
  eventId: number;
  questionId: questions.QuestionId;
  slip: Slip;
  on: boolean;
}

/** "I wonder too" without a name, or taken back: one ballot counts once for a question, however often it is cast. */
export async function wonderWithoutName(
  ctx: Context,
  { eventId, questionId, slip, on }: Ballot,
): Promise<void> {
  const keys = await refuseForged(ctx, eventId, 'vote', slip);
  const holders = await slips.holdersOf(ctx.db, eventId, 'ask');
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    await refuseClosed(tx, event, ctx.now());
    refuseOff(event, holders, keys);
    const question = orNotFound(await questions.findAny(tx, eventId, questionId), 'question');
    if (question.state !== 'wall' && question.state !== 'table')
      throw new Refusal('conflict', 'This question has been answered or parked meanwhile.');
    if (on) await nameless.castBallot(tx, eventId, questionId, slipHash(slip));
    else await nameless.takeBallotBack(tx, questionId, slipHash(slip));
  });
}

/** Lets people ask without a name at an event, or not; once the first such question is in, it stays. */
export async function setNamelessAsking(ctx: Context, eventId: number, on: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.namelessAsking === on) return;
    if (!on && (await nameless.isPromised(tx, eventId))) {
      throw new Refusal(
        'conflict',
        'Somebody has asked without a name already, so it stays on for this event: a promise once used cannot be taken back.',
      );
    }
    await events.change(tx, eventId, { namelessAsking: on });
  });
}
