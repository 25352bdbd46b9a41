// Proposals of new seats: worked out when a change is reported, or beforehand for the changes that are likely.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { startOf } from '../../domain/events/times.ts';
import { doorHours } from '../../domain/guests/door-hours.ts';
import { type DayChange, keyOf, nextRoundAt } from '../../domain/tables/day.ts';
import { type DayOption, inOrder, optionOf } from '../../domain/tables/day-options.ts';
import { likelyChanges, type Way, waysFor, withMoreSeats } from '../../domain/tables/day-questions.ts';
import { type Evening, seatsIn } from '../../domain/tables/wishes.ts';
import { isRefusal as isNotFound } from '../../planning/cannot.ts';
import type { RepairAnswer } from '../../planning/tables/each.ts';
import { planInWorker } from '../../planning/worker.ts';
import * as events from '../../store/events/events.ts';
import * as days from '../../store/tables/day.ts';
import { nextTurn } from '../steps.ts';
import { type Situation, situationOf } from './situation.ts';

/** Most seconds that somebody waits for a proposal that was not ready; the planner has one much sooner. */
const secondsToPropose = 8;

/** Options for one change, the best first, and why there are none. */
export interface Proposed {
  change: DayChange;
  options: DayOption[];
  sentences: string[];
  /** False where the time was over before every way was looked at. */
  isWhole: boolean;
}

/** Works out proposals for several changes in one thread. `evening` has also those who have only just come. */
export async function proposalsFor(
  situation: Situation,
  changes: readonly DayChange[],
  { evening = situation.tables, seconds = secondsToPropose }: { evening?: Evening; seconds?: number } = {},
): Promise<(Proposed | null)[]> {
  const { known, tables } = situation;
  const { facts } = tables.day;
  const all: { change: DayChange; ways: Way[] }[] = [];
  for (const change of changes) {
    // Each takes tens of milliseconds at a large event: pages are answered in between.
    await nextTurn();
    all.push({ change, ways: waysFor({ evening, facts, known, change }) });
  }
  const ways = all.flatMap((one) => one.ways);
  const answers = await answersTo(situation, ways, seconds);
  const tooFew = ways.filter((way) => isRefused(answers.get(way)) && evening.mostSeats !== null);
  const roomier = new Map(tooFew.map((way) => [way, withMoreSeats(way, known)]));
  const more = await answersTo(situation, [...roomier.values()], seconds);
  const optionHere = (way: Way, answer: RepairAnswer | undefined) => {
    const instead = roomier.get(way);
    return optionFor(way, known, answer) ?? (instead && optionFor(instead, known, more.get(instead)));
  };
  const proposed: (Proposed | null)[] = [];
  for (const { change, ways: mine } of all) {
    proposed.push(await proposedFor(change, mine, answers, optionHere));
  }
  return proposed;
}

/** Puts the options of one change together; null where the time was over before there was any. */
async function proposedFor(
  change: DayChange,
  ways: readonly Way[],
  answers: ReadonlyMap<Way, RepairAnswer | undefined>,
  optionHere: (way: Way, answer: RepairAnswer | undefined) => DayOption | null | undefined,
): Promise<Proposed | null> {
  const options: DayOption[] = [];
  const sentences: string[] = [];
  let isWhole = true;
  for (const way of ways) {
    await nextTurn();
    const answer = answers.get(way);
    if (answer === null) {
      // Seats that need no planner are offered all the same.
      isWhole = false;
      continue;
    }
    const found = optionHere(way, answer);
    if (found) options.push(found);
    if (isRefused(answer)) sentences.push(...answer.cannot);
  }
  if (!isWhole && options.length === 0) return null;
  return { change, options: offered(options), sentences: [...new Set(sentences)], isWhole };
}

/** The best option of each name: of several hosts the one with the fewest moves. */
function offered(options: readonly DayOption[]): DayOption[] {
  const sorted = inOrder(options);
  return sorted.filter(
    (one, index) => sorted.findIndex(({ name }) => name === one.name) === index && isWorthIt(one, sorted),
  );
}

/** Meetings count more than seats only where more of them are new. */
function isWorthIt(one: DayOption, all: readonly DayOption[]): boolean {
  if (one.name !== 'fresh') return true;
  return all.every((other) => other.name === 'fresh' || other.newMeetings < one.newMeetings);
}

const isRefused = (answer: RepairAnswer | undefined): answer is { cannot: string[] } =>
  answer !== null && answer !== undefined && 'cannot' in answer;

function optionFor(
  { name, evening, seats, ...decided }: Way,
  known: Situation['known'],
  answer: RepairAnswer | undefined,
): DayOption | null {
  if (seats) return optionOf(name, evening, known, seats, decided);
  if (!answer || isRefused(answer)) return null;
  return optionOf(name, evening, known, seatsIn(answer.rounds), decided);
}

/** Asks the planner about all of these at once; ways that need no planner have no answer. */
async function answersTo(
  { event }: Situation,
  ways: readonly Way[],
  seconds: number,
): Promise<Map<Way, RepairAnswer | undefined>> {
  const asked = ways.filter(({ question }) => question !== undefined);
  if (asked.length === 0) return new Map();
  const answers = await planInWorker(
    'repairs',
    { questions: asked.map(({ question }) => question!) },
    { seed: event.id, seconds },
  ).catch((error: unknown): RepairAnswer[] => {
    // At twice the time the thread is ended with all it had.
    if (isNotFound(error)) return asked.map(() => null);
    throw error;
  });
  return new Map(asked.map((way, index) => [way, answers[index]]));
}

/** Changes worked out together: so that the first are there soon, and what is no longer needed is not begun. */
const atOnce = 12;
/** Seconds for as many, and for all of one job; what is left is for the next one. */
const secondsForSome = 12;
const secondsForAll = 90;
/** Most changes that have seats ready beforehand, the likeliest ones; others are worked out when they are reported. */
export const mostReady = 200;
/** Seconds between two jobs, in which others have their turn. */
const secondsBetween = 10;

/** Lets repairs be worked out beforehand: now if the doors are open, else when they open. */
export async function prepareRepairs(ctx: Context, tx: Tx, event: events.Event): Promise<void> {
  const { opens } = doorHours(event);
  const isDay = Temporal.Instant.compare(ctx.now(), opens) >= 0;
  await ctx.queue(tx, 'prepare-repairs', { eventId: event.id }, isDay ? {} : { at: opens });
}

/** Lets them be worked out again once the next round has begun, since it stays as it is from then on. */
async function prepareAgain(ctx: Context, { event, tables }: Situation): Promise<void> {
  const next = nextRoundAt(tables.schedule, startOf(event), tables.held);
  if (!next || tables.held + 1 >= tables.rounds) return;
  await ctx.db.transaction((tx) => ctx.queue(tx, 'prepare-repairs', { eventId: event.id }, { at: next }));
}

/** Changes whose seats are ready beforehand, or will be. */
export const changesToPrepare = ({ tables }: Situation): DayChange[] =>
  likelyChanges(tables).slice(0, mostReady);

/**
 * Works out beforehand what may be needed, the likeliest first; it ends as soon as the evening has changed, and goes on in
 * another job where there is more to do than one may. `seconds`: how long it works; `goesOn`: it is such another job.
 */
export async function runRepairs(
  ctx: Context,
  eventId: number,
  { seconds = secondsForAll, goesOn = false }: { seconds?: number; goesOn?: boolean } = {},
): Promise<void> {
  const event = await events.find(ctx.db, eventId);
  if (event?.state !== 'published' || event.shape !== 'tables') return;
  const situation = await situationOf(ctx.db, event, ctx.now()).catch(() => null);
  if (!situation || situation.tables.held >= situation.tables.rounds) return;
  const { mark } = situation;
  const ready = await days.readyKeys(ctx.db, eventId, mark);
  const changes = changesToPrepare(situation).filter((change) => !ready.has(keyOf(change)));
  if (!goesOn) await prepareAgain(ctx, situation);
  const began = ctx.now();
  for (let at = 0; at < changes.length; at += atOnce) {
    const some = await proposalsFor(situation, changes.slice(at, at + atOnce), { seconds: secondsForSome });
    const now = ctx.now();
    const whole = some.flatMap((one) => (one?.isWhole ? [rowOf(situation, one, now)] : []));
    await days.keepProposals(ctx.db, whole);
    // Another job would have no more time than this one had.
    if (whole.length === 0) return;
    if ((await situationOf(ctx.db, event, now)).mark !== mark) return;
    if (now.since(began).total('seconds') >= seconds && at + atOnce < changes.length)
      return ctx.db.transaction((tx) =>
        ctx.queue(
          tx,
          'prepare-repairs',
          { eventId, goesOn: true },
          { at: now.add({ seconds: secondsBetween }) },
        ),
      );
  }
}

/** The row that keeps a proposal. */
export function rowOf({ event, mark }: Situation, proposed: Proposed, now: Temporal.Instant) {
  const { change, options, sentences } = proposed;
  return { eventId: event.id, key: keyOf(change), change, situation: mark, options, sentences, madeAt: now };
}
