import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { planOf } from '../../domain/live/plan.ts';
import { hoursBeforeStart, mayStart, mayTakeBack, measured } from '../../domain/live/press.ts';
import { runOf } from '../../domain/live/run.ts';
import type { LivePlan, LiveState, Press, PressKind } from '../../domain/live/state.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as runs from '../../store/live/runs.ts';
import * as questions from '../../store/questions/questions.ts';
import { fixOrder } from '../notes/harvest.ts';

/** A press as it arrives: who made it, its key, and how many seconds ago it was made on a phone without connection. */
export interface Arriving {
  byId: number;
  key: string;
  secondsAgo: number;
}

/** 'again': this press has arrived before. 'already': it changes nothing, such as Next by the second of two. */
export type Outcome = 'done' | 'again' | 'already';

/**
 * Keeps a press and works out the evening from all of them, so that one sent twice counts once and one that arrives late
 * counts from when it was made. Refused ('conflict') for a draft or a cancelled event, and for Start hours too early.
 */
export async function pressRun(
  ctx: Context,
  eventId: number,
  press: PressKind,
  { byId, key, secondsAgo }: Arriving,
): Promise<Outcome> {
  return ctx.db.transaction(async (tx) => {
    const event = await openEvent(tx, eventId);
    if (await runs.pressByKey(tx, event.id, key)) return 'again';
    const now = ctx.now();
    if (press.kind === 'start' && !mayStart(event, now)) throw tooEarly();
    const at = now.epochMilliseconds - secondsAgo * 1000;
    const before = await runs.presses(tx, event.id);
    const plan = await planFor(tx, event);
    const made: Press = { ...press, key, at };
    const state = runOf(plan, [...before, made]);
    if (isSame(state, runOf(plan, before))) return 'already';
    await runs.addPress(tx, { eventId: event.id, key, press: made, arrivedAt: now, byId });
    await keep(tx, event.id, plan, state);
    if (press.kind === 'turn' && press.from === 0) await fixOrder(tx, event);
    return 'done';
  });
}

const tooEarly = () =>
  new Refusal('conflict', 'It is too early to start. From {n} hours before the start on you can.', {
    n: hoursBeforeStart,
  });

/** The plan of a begun evening, else the run of show as it is now. */
async function planFor(tx: Tx, event: events.Event): Promise<LivePlan> {
  const run = await runs.find(tx, event.id);
  if (run && run.state.current >= 0) return run.plan;
  return planOf(event, await events.blocksOf(tx, event.id));
}

const isSame = (one: LiveState, other: LiveState) => JSON.stringify(one) === JSON.stringify(other);

async function keep(tx: Tx, eventId: number, plan: LivePlan, state: LiveState): Promise<void> {
  await runs.save(tx, eventId, plan, state);
  const rows = state.current < 0 ? [] : measured(state);
  await runs.setMinutes(
    tx,
    eventId,
    rows.map((row) => ({ eventId, ...row })),
  );
}

async function openEvent(tx: Tx, eventId: number): Promise<events.Event> {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'This event is a draft or cancelled, so it cannot be run.');
  return event;
}

/**
 * Takes a press back within ten seconds of its arrival, whoever made it: the evening is worked out without it, so that
 * the clock is as it was. A question goes back to where it was. Twice is as good as once.
 */
export async function takeBackPress(
  ctx: Context,
  eventId: number,
  pressId: number,
  { byId, secondsAgo }: Pick<Arriving, 'byId' | 'secondsAgo'>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await openEvent(tx, eventId);
    const press = orNotFound(await runs.pressById(tx, event.id, pressId), 'page');
    const now = ctx.now();
    if (press.takenBackAt) return;
    if (!mayTakeBack(press.arrivedAt, now.subtract({ seconds: secondsAgo })))
      throw new Refusal('conflict', 'That was more than ten seconds ago. Change it with a new press.');
    await runs.takeBack(tx, press.id, now, byId);
    if (press.press.kind === 'question') return putQuestionBack(tx, event.id, press.press);
    const plan = await planFor(tx, event);
    await keep(tx, event.id, plan, runOf(plan, await runs.presses(tx, event.id)));
  });
}

type QuestionPress = Extract<Press, { kind: 'question' }>;

const keyOf = (id: string): questions.QuestionId => (/^\d{1,10}$/.test(id) ? Number(id) : id);

/** A question that changed again since stays as it is. */
async function putQuestionBack(tx: Tx, eventId: number, press: QuestionPress): Promise<void> {
  const question = await questions.findAny(tx, eventId, keyOf(press.question));
  if (!question || question.state !== press.state) return;
  const was = press.was as questions.Question['state'];
  if (was === 'table') await questions.clearTable(tx, eventId);
  await questions.setState(tx, question.id, was, question.note);
  const off = press.off === null ? null : await questions.findAny(tx, eventId, keyOf(press.off));
  if (press.state === 'table' && off?.state === 'wall')
    await questions.setState(tx, off.id, 'table', off.note);
}
