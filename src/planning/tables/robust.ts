// Makes a plan that survives the day: exchanges people so that fewer tables are expected to be thin, while wishes, mix
// and repeats stay as good as they are. Threshold accepting over swaps in one round, and over people who take each
// other's whole evening, which repeats nothing more.
import type { Spending } from '../effort.ts';
import type { Random } from '../random.ts';
import { type Hall, mayNotMoveAlone } from './hall.ts';
import type { Seats } from './score.ts';
import { nobody, type Seating, seatingOf, swapChairs, swapCost } from './seating.ts';
import { thinChance, thinChances } from './thin.ts';
import type { Weights } from './weights.ts';

/** Exchanges tried for one step of the budget. */
const triesInAStep = 40;
/** Exchanges tried where nobody says how long; the threshold sinks over them. */
const mostTries = 120_000;
const triesForEach = 3000;
/** How much thinner an evening may get for a while, at first. */
const firstThreshold = 0.01;

interface Evening {
  seating: Seating;
  odds: Float64Array;
  chances: Float64Array;
  thin: number;
  /** Cost of the plan to be kept, and the worth of a unit more for a while, in thin tables. */
  base: number;
  random: Random;
  movable: Int32Array[];
}

/** Seats of no higher cost with fewer expected thin tables, or the same seats. */
export function robustSeats(
  hall: Hall,
  weights: Weights,
  seats: Seats,
  odds: Float64Array,
  random: Random,
  spending: Spending,
): Seats {
  const seating = seatingOf(hall, weights, seats);
  const chances = thinChances(hall, seats, odds);
  const thin = sum(chances);
  const evening: Evening = {
    seating,
    odds,
    chances,
    thin,
    base: seating.cost,
    random,
    movable: movableIn(hall),
  };
  const tries = Math.min(mostTries, triesForEach * hall.people);
  let [best, bestSeats] = [thin, Int32Array.from(seats)];
  for (let step = 0; step * triesInAStep < tries && spending.step(); step += 1) {
    const threshold = firstThreshold * Math.max(0, 1 - (step * triesInAStep * 1.2) / tries);
    for (let index = 0; index < triesInAStep; index += 1) {
      if (random.below(4) === 0) tryEvenings(evening, threshold);
      else trySwap(evening, threshold);
      if (evening.thin >= best - 1e-9 || seating.cost > evening.base) continue;
      best = evening.thin;
      bestSeats = Int32Array.from(seating.seats);
    }
  }
  return bestSeats;
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

function movableIn(hall: Hall): Int32Array[] {
  return Array.from({ length: hall.rounds }, (_, round) =>
    Int32Array.from({ length: hall.people }, (__, person) => person).filter(
      (person) =>
        round >= hall.frozen &&
        hall.present[round * hall.people + person] === 1 &&
        !mayNotMoveAlone(hall, round, person),
    ),
  );
}

/** Price of one repeat too many while it lasts, in thin tables: it must be won back before a plan is taken. */
const priceOfCost = 0.02;

const excess = ({ seating, base }: Evening) => Math.max(0, seating.cost - base);

/** Two people of one round change tables, where the evening gets better or worse by little. */
function trySwap(evening: Evening, threshold: number): void {
  const { seating, random, movable } = evening;
  const { hall, seats, chairOf, cost } = seating;
  const round = hall.frozen + random.below(hall.rounds - hall.frozen);
  const list = movable[round]!;
  if (list.length < 2) return;
  const [a, b] = [list[random.below(list.length)]!, list[random.below(list.length)]!];
  const base = round * hall.people;
  if (seats[base + a] === seats[base + b]) return;
  const change = swapCost(seating, round, chairOf[base + a]!, chairOf[base + b]!);
  const worse = Math.max(0, cost + change - evening.base) - excess(evening);
  if (worse * priceOfCost > threshold + 0.2) return;
  const at = [round * hall.tables + seats[base + a]!, round * hall.tables + seats[base + b]!] as const;
  swapChairs(seating, round, chairOf[base + a]!, chairOf[base + b]!);
  if (take(evening, at, worse, threshold)) return;
  swapChairs(seating, round, chairOf[base + a]!, chairOf[base + b]!);
}

/** Two people of one side, here in the same rounds, take each other's places in all of them. */
function tryEvenings(evening: Evening, threshold: number): void {
  const { seating, random, odds } = evening;
  const { hall, seats } = seating;
  const [a, b] = [random.below(hall.people), random.below(hall.people)];
  if (a === b || odds[a] === odds[b] || hall.senior[a] !== hall.senior[b] || !mayChange(hall, a, b)) return;
  const before = excess(evening);
  const at: number[] = [];
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const [one, two] = [seats[round * hall.people + a]!, seats[round * hall.people + b]!];
    if (one >= 0 && one !== two) at.push(round * hall.tables + one, round * hall.tables + two);
  }
  changeEvenings(seating, a, b);
  if (!take(evening, at, excess(evening) - before, threshold)) changeEvenings(seating, a, b);
}

function mayChange(hall: Hall, a: number, b: number): boolean {
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    if (hall.present[round * hall.people + a] !== hall.present[round * hall.people + b]) return false;
    if (mayNotMoveAlone(hall, round, a) || mayNotMoveAlone(hall, round, b)) return false;
  }
  return true;
}

function changeEvenings(seating: Seating, a: number, b: number): void {
  const { hall, seats, chairOf } = seating;
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const [one, two] = [round * hall.people + a, round * hall.people + b];
    if (seats[one]! >= 0 && seats[one] !== seats[two])
      swapChairs(seating, round, chairOf[one]!, chairOf[two]!);
  }
}

/** How likely one table of a round is thin; `at` is round · tables + table. */
function chanceAt({ hall, chairs, start }: Seating, odds: Float64Array, at: number): number {
  const sides: [number[], number[]] = [[], []];
  for (let chair = start[at]!; chair < start[at + 1]!; chair += 1) {
    const person = chairs[chair]!;
    if (person !== nobody) sides[hall.senior[person]!]!.push(odds[person]!);
  }
  return thinChance(sides[1], sides[0], hall.quotas !== undefined);
}

/** Keeps an exchange where thin tables, and cost that must be won back, rise by no more than the threshold. */
function take(evening: Evening, at: readonly number[], worse: number, threshold: number): boolean {
  const { seating, odds, chances } = evening;
  const now = at.map((table) => chanceAt(seating, odds, table));
  const change = now.reduce((total, chance, index) => total + chance - chances[at[index]!]!, 0);
  if (change + worse * priceOfCost > threshold) return false;
  evening.thin += change;
  for (const [index, table] of at.entries()) chances[table] = now[index]!;
  return true;
}
