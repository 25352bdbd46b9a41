// Looks for the best plan over all rounds: a portfolio, cheapest first. An exact design where one fits, its people exchanged
// for the sake of wishes; else a first seating by chance; both bettered by search until nothing is left to better.
// With a plan people know, that plan is mended instead.
import { type Effort, type Spending, spend } from '../effort.ts';
import { type Random, randomFrom } from '../random.ts';
import { designedPlans, hallWithUnits, keptAll, variants } from './beginnings.ts';
import { keptBy, leastScore } from './bounds/bounds.ts';
import { leastNotNew } from './bounds/new-meetings.ts';
import { exactSeats } from './exact.ts';
import { firstSeats } from './first-seats.ts';
import { fittedSeats } from './fit.ts';
import type { Hall } from './hall.ts';
import { counted } from './names.ts';
import { robustSeats } from './robust.ts';
import { compareScores, inOrder, partsProven, type Score, type Seats, scoreOf } from './score.ts';
import { seatingOf } from './seating.ts';
import { meetingsSentence, noPlanOf } from './sentences.ts';
import { mayExchange, otherTurns } from './soft/other-turns.ts';
import { turnsOf } from './soft/sitting-out.ts';
import { softSeats } from './soft/soft-search.ts';
import { beginSearch, runSearch, type Search } from './tabu-search.ts';
import { areEqual, oddsOf } from './thin.ts';
import { costOf, reaches, reachesFirstParts, type Weights, weightsOf } from './weights.ts';
import type { TablesWishes } from './wishes.ts';

/** Swaps made where the effort names neither steps nor a deadline. */
const usualSteps = 40_000;
/** How many swaps one search makes before another has its turn. */
const stepsInARow = ({ people, rounds }: Hall) => Math.min(2000, Math.max(200, 10 * people * rounds));

/** After this many swaps without a better plan the usual effort ends. */
const stepsInVain = 10_000;

/** Parts of the portfolio that may be used; all of them unless a test or a bench says otherwise. */
export interface Portfolio {
  designs?: boolean;
}

/** A plan on the way. */
export interface Work {
  wishes: TablesWishes;
  hall: Hall;
  random: Random;
  spending: Spending;
  effort: Effort;
  seats: Seats;
  score: Score;
  least: Score & { why: string };
  method: string;
  /** Whether every plan was looked at: none is better down to repeats. */
  proven: boolean;
}

/** The best plan found within the effort, for wishes without faults; `onFirst` hears of the first one. */
export function searchPlan(
  wishes: TablesWishes,
  effort: Effort,
  portfolio: Portfolio = {},
  onFirst?: (work: Work) => void,
): Work {
  const random = randomFrom(effort.seed);
  const spending = spend(effort, usualSteps);
  const designs = portfolio.designs ?? true;
  let work = start(wishes, 0, random, spending, effort, designs);
  onFirst?.(work);
  tell(work);
  const budget = effort.iterations ?? usualSteps;
  improve(work, Math.min(2 * stepsInARow(work.hall), Math.ceil(budget / 4)));
  tryOtherTurns(work, Math.ceil(budget / 2));
  lookAtAll(work, Math.ceil(budget / 2));
  for (
    let variant = 1;
    variant <= variants && !work.proven && keptTablesMatter(work) && !spending.done();
    variant += 1
  ) {
    const other = start(wishes, variant, random, spending, effort, designs);
    improve(other, stepsInARow(work.hall));
    if (compareScores(work.hall, other.score, work.score) < 0) work = other;
  }
  improve(work, isPolished(work) ? 0.7 * budget : Number.POSITIVE_INFINITY);
  surviveTheDay(work);
  meetSoftWishes(work);
  return work;
}

/** After so many exchanges of those who sit out without a better plan no more are tried. */
const turnsInVain = 30;

/** Lets others sit out instead, searches a little, and keeps what is better. */
function tryOtherTurns(work: Work, steps: number): void {
  const { spending, random } = work;
  if (!mayExchange(work.hall)) return;
  const turns = turnsOf(work.wishes);
  const last = spending.iterations + steps;
  for (let vain = 0; vain < turnsInVain && spending.iterations < last && !spending.done(); vain += 1) {
    if (reaches(work.hall, work.score, work.least)) return;
    const exchanged = otherTurns(work, turns, random);
    if (!exchanged || !spending.step()) return;
    const { hall, seats } = exchanged;
    const other: Work = {
      ...work,
      ...exchanged,
      score: scoreOf(hall, seats),
      least: leastScore(hall, keptAll, spending.isOver),
    };
    const few = Math.min(stepsInARow(hall), 4 * hall.people * hall.rounds, last - spending.iterations);
    improve(other, few, few);
    if (compareScores(hall, other.score, work.score) >= 0) continue;
    Object.assign(work, other);
    vain = -1;
  }
}

/** Whether something is looked after when repeats are as few as can be: the day, or soft wishes. */
const isPolished = ({ wishes, hall }: Work) => wishes.absence !== undefined || hall.soft !== undefined;

/** The bounds of the plan at hand; where every plan was looked at, what it is worth itself. */
export function leastOf({ hall, score, proven, spending }: Work): Score & { why: string } {
  const least = leastScore(hall, score, spending.isOver);
  if (!proven) return least;
  const { apart, together, mix, moved, seasonMeetings } = score;
  const first = { ...least, apart, together, mix, seasonMeetings };
  if (hall.seatsFirst) return { ...first, moved };
  return hall.met
    ? first
    : { ...first, repeatedMeetings: score.repeatedMeetings, why: 'looking at every plan' };
}

/** Looks at every plan where the event is small and the best plan is not known yet. */
function lookAtAll(work: Work, steps: number): void {
  const { hall, spending } = work;
  if (spending.done() || (reachesFirstParts(hall, work.score, work.least) && !hall.sizesChosen)) return;
  const exact = exactSeats(work.wishes, hall, work.seats, spending, steps);
  if (!exact) return;
  if (exact.better) {
    const { better } = exact;
    // A hall whose sizes follow from where units were put is right for this plan alone.
    if (hall.sizesChosen) work.hall = better.hall;
    work.seats = better.seats;
    work.score = scoreOf(work.hall, better.seats);
    work.method += ', then every plan';
  }
  // Only for plans in which these sit out: others could instead.
  work.proven = exact.proven && !hall.choseWhoSitsOut;
  work.least = leastOf(work);
  tell(work);
}

/** Among plans as good down to repeats, looks for one with fewer expected thin tables. */
function surviveTheDay(work: Work): void {
  const { hall, wishes, random, spending } = work;
  const odds = oddsOf(wishes);
  if (!odds || areEqual(odds) || hall.frozen === hall.rounds || spending.isOver()) return;
  const seats = robustSeats(hall, weightsOf(hall, false), work.seats, odds, random, spending);
  const score = scoreOf(hall, seats);
  const parts = partsProven(hall);
  const [before, now] = [inOrder(hall, work.score), inOrder(hall, score)];
  if (now.slice(0, parts).some((value, part) => value > before[part]!)) return;
  work.seats = seats;
  work.score = score;
  work.method += ', then for the day';
}

/** Among plans as good in all else, looks for one that meets more soft wishes. */
function meetSoftWishes(work: Work): void {
  const { hall, wishes, random, spending } = work;
  if (!hall.soft || hall.frozen === hall.rounds || spending.isOver()) return;
  work.seats = softSeats(hall, work.seats, oddsOf(wishes), random, spending);
  work.score = scoreOf(hall, work.seats);
  work.method += ', then soft wishes';
}

/** Whether wishes or mix fall short while somebody keeps a table that the planner chose. */
function keptTablesMatter({ hall, score, least }: Work): boolean {
  const short = score.apart + score.together + score.mix > least.apart + least.together + least.mix;
  return short && hall.units.some(({ table }) => table < 0) && !hall.seatsFirst;
}

/** The best first seating the portfolio has. */
function start(
  wishes: TablesWishes,
  variant: number,
  random: Random,
  spending: Spending,
  effort: Effort,
  designs: boolean,
): Work {
  const { hall, kept } = hallWithUnits(wishes, variant);
  const plans: [string, Seats][] = [];
  if (hall.previous)
    plans.push(['the plan people know, mended', fittedSeats(hall, kept, hall.previous, random)]);
  // Without a budget for search there are designs still; without time there is a first seating alone.
  const isOver = effort.signal?.aborted === true || effort.isOver?.() === true;
  if (designs && !hall.seatsFirst && !isOver) plans.push(...designedPlans(hall, kept, random, spending));
  if (plans.length === 0) plans.push(['search', firstSeats(hall, kept, random)]);
  const least = leastScore(hall, keptAll, spending.isOver);
  const works = plans.map(([method, seats]): Work => {
    const score = scoreOf(hall, seats);
    return { wishes, hall, random, spending, effort, seats, score, least, method, proven: false };
  });
  return works.reduce((best, work) => (compareScores(hall, work.score, best.score) < 0 ? work : best));
}

/**
 * Searches in turns, over at most `steps` swaps: for wishes, mix and repeats alone while these can be better, and for
 * the lesser parts too.
 */
function improve(work: Work, steps: number, inARow = stepsInARow(work.hall)): void {
  const { hall, spending } = work;
  const [plain, whole] = [weightsOf(hall, false), weightsOf(hall, true)];
  const hasLesser = Object.keys(whole).some(
    (part) => whole[part as keyof Weights] !== plain[part as keyof Weights],
  );
  const last = spending.iterations + steps;
  let first: Search | undefined;
  let second: Search | undefined;
  let lastBetter = spending.iterations;
  const openEnded =
    work.effort.iterations === undefined && (work.effort.isOver === undefined || isPolished(work));
  // Turns in a row in which no search had anything to do.
  let idle = 0;
  for (let turn = 0; spending.iterations < last && idle < 5 && !spending.done(); turn += 1) {
    if (reaches(hall, work.score, work.least)) return;
    if (openEnded && spending.iterations - lastBetter > stepsInVain) return;
    const done = costOf(work.score, plain) <= goalOf(work, plain);
    const before = spending.iterations;
    const lesser = done || (hasLesser && turn % 4 === 3);
    if (lesser) second ??= searchFrom(work, whole);
    else first ??= searchFrom(work, plain);
    const better = lesser ? take(work, second!, whole, inARow) : take(work, first!, plain, inARow);
    idle = spending.iterations === before ? idle + 1 : 0;
    if (!better) continue;
    if (!lesser) second = undefined;
    lastBetter = spending.iterations;
  }
}

const searchFrom = (work: Work, weights: Weights) =>
  beginSearch(seatingOf(work.hall, weights, work.seats), work.random);

/**
 * Returns the value a search may stop at: the bounds of plans that keep all wishes say nothing of plans that do not.
 */
function goalOf({ hall, score, least }: Work, weights: Weights): number {
  const short = score.apart + score.together > least.apart + least.together || score.mix > least.mix;
  if (!short) return costOf(least, weights);
  const { apart, together, mix } = least;
  return costOf({ ...keptAll, apart, together, mix, moved: hall.seatsFirst ? least.moved : 0 }, weights);
}

/** Lets a search go on for a while; true where it brought a better plan. */
function take(work: Work, search: Search, weights: Weights, steps: number): boolean {
  const { hall } = work;
  runSearch(search, goalOf(work, weights), work.spending, steps);
  const score = scoreOf(hall, search.bestSeats);
  if (compareScores(hall, score, work.score) >= 0) return false;
  work.seats = Int32Array.from(search.bestSeats);
  work.score = score;
  if (!work.method.includes('search')) work.method += ', then search';
  tell(work);
  return true;
}

function tell({ effort, hall, score, least, spending }: Work): void {
  if (!effort.onProgress) return;
  const { repeatedMeetings: value } = score;
  const fewest = leastNotNew(hall, keptBy(hall, score), spending.isOver);
  const worth = { score, least, leastNotNew: fewest, noPlan: noPlanOf(hall) };
  const known = value <= least.repeatedMeetings || score.repeats <= worth.leastNotNew;
  const open = `${counted(score.repeats, 'meeting is not new', 'meetings are not new')}; looking for fewer.`;
  effort.onProgress(value, least.repeatedMeetings, known ? meetingsSentence(worth) : open);
}
