// Seats everybody over all rounds: a portfolio, cheapest first. An exact design where one fits, its people exchanged
// for the sake of wishes; else a first seating by chance; both bettered by search until nothing is left to better.
// With a plan people know, that plan is mended instead.
import { type Effort, type Spending, spend } from '../effort.ts';
import { type Random, randomFrom } from '../random.ts';
import { answerOf, type TablesAnswer } from './answer.ts';
import { leastScore } from './bounds/bounds.ts';
import { columnDesign, fullDesign } from './designs/catalogue.ts';
import type { Design } from './designs/design.ts';
import { faultsOf } from './faults.ts';
import { firstSeats } from './first-seats.ts';
import { fittedSeats } from './fit.ts';
import { type Hall, hallOf } from './hall.ts';
import { relabel, seatsOfPoints } from './relabel.ts';
import { pointsOfPeople } from './role-points.ts';
import { compareScores, type Score, type Seats, scoreOf } from './score.ts';
import { seatingOf } from './seating.ts';
import { beginSearch, runSearch, type Search } from './tabu-search.ts';
import { costOf, reaches, type Weights, weightsOf } from './weights.ts';
import type { TablesWishes } from './wishes.ts';

/** Swaps made where the effort names neither steps nor a deadline. */
const usualSteps = 40_000;
/** How many swaps one search makes before another has its turn. */
const stepsInARow = ({ people, rounds }: Hall) => Math.min(2000, Math.max(200, 10 * people * rounds));

/** After this many swaps without a better plan the usual effort ends. */
const stepsInVain = 10_000;

/** Which parts of the portfolio may be used; all of them unless a test or a bench says otherwise. */
export interface Portfolio {
  designs?: boolean;
}

/** A plan on the way. */
interface Work {
  hall: Hall;
  random: Random;
  spending: Spending;
  effort: Effort;
  seats: Seats;
  score: Score;
  least: Score & { why: string };
  method: string;
}

/**
 * A seating for wishes without faults, the best found within the effort; throws a RangeError naming the faults of
 * wishes that have some. `iterations` of the effort are swaps made in search.
 */
export function seatEveryone(wishes: TablesWishes, effort: Effort, portfolio: Portfolio = {}): TablesAnswer {
  const faults = faultsOf(wishes);
  if (faults.length > 0) throw new RangeError(faults.join('\n'));
  const random = randomFrom(effort.seed);
  const spending = spend(effort, usualSteps);
  const designs = portfolio.designs ?? true;
  let work = start(hallOf(wishes), random, spending, effort, designs);
  tell(work);
  improve(work, 2 * stepsInARow(work.hall));
  for (let variant = 1; variant <= variants && keptTablesMatter(work) && !spending.done(); variant += 1) {
    const other = start(hallOf(wishes, variant), random, spending, effort, designs);
    improve(other, stepsInARow(work.hall));
    if (compareScores(work.hall, other.score, work.score) < 0) work = other;
  }
  improve(work, Number.POSITIVE_INFINITY);
  const least = leastScore(work.hall, work.score);
  return answerOf(wishes, work.hall, work.seats, work.score, least, {
    method: work.method,
    iterations: spending.iterations,
    seed: effort.seed,
  });
}

/** How many choices of tables for hosts and seats that do not move are tried besides the usual one. */
const variants = 8;

/** Whether wishes or mix fall short while somebody keeps a table that the planner chose. */
function keptTablesMatter({ hall, score, least }: Work): boolean {
  const short = score.apart + score.together + score.mix > least.apart + least.together + least.mix;
  const chosen = hall.fixed.some((table, at) => table >= 0 && hall.forced[at]! < 0);
  return short && chosen && !hall.seatsFirst;
}

/** The best first seating the portfolio has. */
function start(hall: Hall, random: Random, spending: Spending, effort: Effort, designs: boolean): Work {
  const plans: [string, Seats][] = [];
  if (hall.previous) plans.push(['the plan people know, mended', fittedSeats(hall, hall.previous, random)]);
  if (designs && !hall.seatsFirst) plans.push(...designedPlans(hall, random, spending));
  if (plans.length === 0) plans.push(['search', firstSeats(hall, random)]);
  const works = plans.map(([method, seats]) => {
    const score = scoreOf(hall, seats);
    return { hall, random, spending, effort, seats, score, least: leastScore(hall, keptAll), method };
  });
  return works.reduce((best, work) => (compareScores(hall, work.score, best.score) < 0 ? work : best));
}

/** A score that breaks nothing: bounds for it are bounds for plans that break nothing. */
const keptAll: Score = {
  apart: 0,
  together: 0,
  mix: 0,
  repeatedMeetings: 0,
  repeats: 0,
  departments: 0,
  hosts: 0,
  moved: 0,
};

/** Seats from the exact designs that come near this hall, their people exchanged for the sake of the wishes. */
function designedPlans(hall: Hall, random: Random, spending: Spending): [string, Seats][] {
  if (hall.frozen > 0) return [];
  const weights = weightsOf(hall, true);
  const plans: [string, Seats][] = [];
  for (const design of designsFor(hall)) {
    const personAt = pointsOfPeople(hall, design, random);
    if (!personAt) continue;
    if (exchangesHelp(hall, design, personAt)) relabel(hall, design, weights, personAt, random, spending);
    const seats = fittedSeats(hall, seatsOfPoints(hall, design, personAt), random);
    plans.push([design.rounds < hall.rounds ? `${design.name}, then search` : design.name, seats]);
    if (scoreOf(hall, seats).repeatedMeetings === 0) break;
  }
  return plans;
}

/** Whether anything but repeats is amiss with people where they are: a wish, the mix, a department, a lock. */
function exchangesHelp(hall: Hall, design: Design, personAt: Int32Array): boolean {
  const seats = seatsOfPoints(hall, design, personAt);
  const score = scoreOf(hall, seats);
  const least = leastScore(hall, keptAll);
  const unlocked = hall.fixed.some((table, at) => table >= 0 && seats[at]! >= 0 && seats[at] !== table);
  return unlocked || !reaches(hall, { ...score, repeatedMeetings: 0 }, least);
}

/** Designs for tables as large as the largest here: in columns first, since columns keep sides and hosts. */
function designsFor(hall: Hall): Design[] {
  const seats = Math.max(...hall.chairs);
  const columns = columnDesign(hall.tables, seats, hall.rounds);
  const full = hall.people === hall.tables * seats ? fullDesign(hall.tables, seats, hall.rounds) : undefined;
  return [columns, full].filter(
    (design, index, all): design is Design =>
      design !== undefined &&
      design.points >= hall.people &&
      design.rounds * 2 >= hall.rounds &&
      (index === 0 || design.name !== all[0]?.name || design.rounds > all[0].rounds),
  );
}

/**
 * Searches in turns, over at most `steps` swaps: for wishes, mix and repeats alone while these can be better, and for
 * the lesser parts too.
 */
function improve(work: Work, steps: number): void {
  const { hall, spending } = work;
  const [plain, whole] = [weightsOf(hall, false), weightsOf(hall, true)];
  const hasLesser = Object.keys(whole).some(
    (part) => whole[part as keyof Weights] !== plain[part as keyof Weights],
  );
  const last = spending.iterations + steps;
  let first: Search | undefined;
  let second: Search | undefined;
  let lastBetter = spending.iterations;
  const openEnded = work.effort.iterations === undefined && work.effort.isOver === undefined;
  for (let turn = 0; spending.iterations < last && !spending.done(); turn += 1) {
    if (reaches(hall, work.score, work.least)) return;
    if (openEnded && spending.iterations - lastBetter > stepsInVain) return;
    const done = costOf(work.score, plain) <= costOf(work.least, plain);
    if (!done && (!hasLesser || turn % 4 !== 3)) {
      first ??= searchFrom(work, plain);
      if (!take(work, first, plain)) continue;
      second = undefined;
    } else {
      second ??= searchFrom(work, whole);
      if (!take(work, second, whole)) continue;
    }
    lastBetter = spending.iterations;
  }
}

const searchFrom = (work: Work, weights: Weights) =>
  beginSearch(seatingOf(work.hall, weights, work.seats), work.random);

/** Lets a search go on for a while; true where it brought a better plan. */
function take(work: Work, search: Search, weights: Weights): boolean {
  const { hall } = work;
  runSearch(search, costOf(work.least, weights), work.spending, stepsInARow(hall));
  const score = scoreOf(hall, search.bestSeats);
  if (compareScores(hall, score, work.score) >= 0) return false;
  work.seats = Int32Array.from(search.bestSeats);
  work.score = score;
  if (!work.method.includes('search')) work.method += ', then search';
  tell(work);
  return true;
}

function tell({ effort, score, least }: Work): void {
  const { repeatedMeetings: value } = score;
  const bound = least.repeatedMeetings;
  const sentence =
    value === 0
      ? 'Everybody meets new people in every round.'
      : `${score.repeats} meetings are not new; ${value <= bound ? 'no plan can have fewer' : 'looking for fewer'}.`;
  effort.onProgress?.(value, bound, sentence);
}
