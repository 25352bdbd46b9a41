// The best plan of a small event for sure: every choice of tables for those who keep one, every seating of each round
// that breaks the fewest wishes, and among all of these a branch-and-bound for the fewest repeats.
import type { Spending } from '../effort.ts';
import { type Hall, hallOf } from './hall.ts';
import { unevenness } from './room.ts';
import { type Option, roundOptions } from './round-options.ts';
import { type Seats, scoreOf } from './score.ts';
import type { TablesWishes } from './wishes.ts';

/** People beyond this are too many to look at all seatings. */
export const mostPeople = 12;
/** Choices of tables for units beyond this are too many. */
const mostChoices = 700;
/** Seatings of all rounds and choices together beyond this are too many. */
const mostOptions = 60_000;
/** Costs of seatings looked up before it gives up. */
const mostLookups = 60_000_000;

/** A better plan, in whose hall every unit is at its table, if there is one; `proven` where all were looked at. */
export interface Exact {
  better: { seats: Seats; hall: Hall } | undefined;
  proven: boolean;
}

/** A value in the order of the objective down to repeats: wishes, mix, and moves where these go before repeats. */
type Value = readonly [wishes: number, mix: number, moved: number, repeats: number];

interface Choice {
  hall: Hall;
  value: Value;
  rounds: Option[][];
}

/**
 * A plan better than the one at hand, down to repeats, or the proof that there is none, in at most `steps` branches;
 * undefined for an event that is too large. Where sizes of the plan at hand were chosen, any plan is better.
 */
export function exactSeats(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  spending: Spending,
  steps: number,
): Exact | undefined {
  if (hall.people > mostPeople || hall.rounds === hall.frozen) return undefined;
  const halls = mostEven(unitChoices(wishes, hall));
  if (halls.length === 0) return undefined;
  const choices = bestChoices(halls, spending);
  if (!choices || choices.length === 0) return undefined;
  const before = hall.sizesChosen ? undefined : worthOf(hall, seats);
  const reached = before && [0, 1, 2].every((part) => before[part] === choices[0]!.value[part]);
  const search: Search = {
    best: reached ? before[3] : Number.POSITIVE_INFINITY,
    better: undefined,
    left: steps,
    lookups: 0,
    over: false,
  };
  for (const choice of choices) {
    branch(choice, search, spending);
    if (search.over) break;
  }
  return { better: search.better, proven: !search.over };
}

/** Values the present plan, without what rounds already held settle. */
function worthOf(hall: Hall, seats: Seats): Value {
  const score = scoreOf(hall, seats);
  const held = Int32Array.from(seats);
  held.fill(-1, hall.frozen * hall.people);
  const past = scoreOf({ ...hall, quotas: undefined }, held);
  return [
    score.apart + score.together - past.apart - past.together,
    score.mix,
    hall.seatsFirst ? score.moved : 0,
    score.seasonMeetings - past.seasonMeetings,
  ];
}

/** The hall of every choice of tables for those who keep one, where everybody fits. */
function unitChoices(wishes: TablesWishes, hall: Hall): Hall[] {
  // The tables of the plan at hand are one choice among others for units that were put there for the sizes' sake.
  const { units } = hall.sizesChosen ? hallOf(wishes) : hall;
  let choices: number[][] = [[]];
  for (const unit of units) {
    choices = choices.flatMap((before) =>
      Array.from({ length: hall.tables }, (_, table) => table)
        .filter((table) => unit.table < 0 || unit.table === table)
        .filter((table) => !unit.host || !before.some((at, other) => at === table && units[other]!.host))
        .map((table) => [...before, table]),
    );
    if (choices.length > mostChoices) return [];
  }
  return choices.map((tables) => hallOf(wishes, tables)).filter((one) => fits(wishes, one));
}

/** Whether every table has seats for those who are fixed there. */
function fits(wishes: TablesWishes, hall: Hall): boolean {
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const count = new Int32Array(hall.tables);
    let [here, chairs] = [0, 0];
    for (let person = 0; person < hall.people; person += 1) {
      const at = round * hall.people + person;
      here += hall.present[at]!;
      if (hall.present[at] === 1 && hall.fixed[at]! >= 0) count[hall.fixed[at]!]! += 1;
    }
    for (let table = 0; table < hall.tables; table += 1) {
      const seats = hall.chairs[round * hall.tables + table]!;
      chairs += seats;
      const most =
        typeof wishes.tables === 'number' ? hall.people : (wishes.tables[table]!.seats ?? hall.people);
      if (count[table]! > seats || count[table]! > most) return false;
    }
    if (chairs < here) return false;
  }
  return true;
}

function mostEven(halls: readonly Hall[]): Hall[] {
  const values = halls.map((hall) => unevenness(hall, hall.rounds, hall.tables, hall.frozen));
  const least = Math.min(...values);
  return halls.filter((_, index) => values[index] === least);
}

/** The choices whose rounds break the fewest wishes, with these rounds; undefined where there are too many. */
function bestChoices(halls: readonly Hall[], spending: Spending): Choice[] | undefined {
  let best: Value | undefined;
  let choices: Choice[] = [];
  let options = 0;
  for (const hall of halls) {
    const rounds: Option[][] = [];
    for (let round = hall.frozen; round < hall.rounds; round += 1) {
      if (spending.done()) return undefined;
      const found = roundOptions(hall, round, mostOptions - options);
      if (!found) return undefined;
      rounds.push(found);
      options += found.length;
    }
    if (rounds.some((found) => found.length === 0)) continue;
    const value = sumOf(rounds.map((found) => found[0]!.value));
    const order = best ? compare(value, best) : -1;
    if (order < 0) [best, choices] = [value, []];
    if (order <= 0) choices.push({ hall, value, rounds });
  }
  return choices;
}

const sumOf = (values: readonly (readonly number[])[]): Value =>
  [0, 1, 2, 3].map((part) => values.reduce((sum, value) => sum + (value[part] ?? 0), 0)) as unknown as Value;

function compare(a: Value, b: Value): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

interface Search {
  best: number;
  better: Exact['better'];
  left: number;
  lookups: number;
  over: boolean;
}

/** Looks at all plans of one choice that might repeat less than the best so far. */
function branch({ hall, rounds }: Choice, search: Search, spending: Spending): void {
  const order = [...rounds.keys()].toSorted((a, b) => rounds[a]!.length - rounds[b]!.length);
  const costs = order.map((round) => Int32Array.from(rounds[round]!, ({ cost }) => cost));
  const between = fewestBetween(order.map((round) => rounds[round]!));
  const chosen: Option[] = [];
  const visit = (depth: number, spent: number, levels: readonly Int32Array[]) => {
    if (depth === order.length) {
      search.best = spent;
      search.better = { hall, seats: seatsOf(hall, order, chosen) };
      return;
    }
    search.left -= 1;
    if (search.left < 0 || search.lookups > mostLookups || !spending.step()) {
      search.over = true;
      return;
    }
    const rest = levels.slice(1).reduce((sum, level) => sum + least(level), 0) + between[depth]!;
    const list = rounds[order[depth]!]!;
    for (const index of cheapestFirst(levels[0]!, search.best - spent - rest)) {
      const now = spent + levels[0]![index]!;
      if (now + rest >= search.best) break;
      if (depth === 0 && list[index]!.isEquivalent) continue;
      const option = list[index]!;
      chosen.push(option);
      const next = levels.slice(1).map((level, later) => {
        search.lookups += level.length;
        return added(level, rounds[order[depth + 1 + later]!]!, option);
      });
      visit(depth + 1, now, next);
      chosen.pop();
      if (search.over) return;
    }
  };
  visit(0, 0, costs);
}

const least = (costs: Int32Array) =>
  costs.reduce((low, cost) => Math.min(low, cost), Number.POSITIVE_INFINITY);

/** The options that cost less than `limit`, the cheapest first. */
function cheapestFirst(costs: Int32Array, limit: number): number[] {
  const cheap: number[] = [];
  for (let index = 0; index < costs.length; index += 1) if (costs[index]! < limit) cheap.push(index);
  return cheap.sort((a, b) => costs[a]! - costs[b]! || a - b);
}

/** Returns each option's cost with one more round before it. */
function added(costs: Int32Array, options: readonly Option[], chosen: Option): Int32Array {
  const more = Int32Array.from(costs);
  for (let index = 0; index < more.length; index += 1)
    more[index]! += common(options[index]!.pairs, chosen.pairs);
  return more;
}

/** How many pairs meet in both. */
function common(a: Int32Array, b: Int32Array): number {
  let count = 0;
  for (let word = 0; word < a.length; word += 1) count += bits(a[word]! & b[word]!);
  return count;
}

function bits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** By depth: what the rounds after it must have in common with each other, however they are chosen. */
function fewestBetween(rounds: readonly Option[][]): number[] {
  const most = 300_000;
  const pair = (a: readonly Option[], b: readonly Option[]) => {
    if (a.length * b.length > most) return 0;
    let low = Number.POSITIVE_INFINITY;
    for (const one of a) for (const two of b) low = Math.min(low, common(one.pairs, two.pairs));
    return low;
  };
  const all = rounds.map((a, one) => rounds.map((b, two) => (one < two ? pair(a, b) : 0)));
  return rounds.map((_, depth) => {
    let sum = 0;
    for (let one = depth + 1; one < rounds.length; one += 1)
      for (let two = one + 1; two < rounds.length; two += 1) sum += all[one]![two]!;
    return sum;
  });
}

function seatsOf(hall: Hall, order: readonly number[], chosen: readonly Option[]): Seats {
  const seats = new Int32Array(hall.rounds * hall.people).fill(-1);
  seats.set(hall.past);
  for (const [index, round] of order.entries())
    seats.set(chosen[index]!.seats, (hall.frozen + round) * hall.people);
  return seats;
}
