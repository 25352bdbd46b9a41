// Exchanges that a search for soft wishes tries: of two people in one round or for the whole evening, of one person and
// an empty chair, of all people of two tables in one round or in all, and of somebody who keeps a table.
import type { Random } from '../../random.ts';
import { type Hall, mayNotMoveAlone } from '../hall.ts';
import { nobody, type Seating, swapChairs } from '../seating.ts';
import { freeUnits, tableOfUnit } from '../unit-moves.ts';
import type { SoftCount } from './soft-count.ts';

/** An exchange of two chairs of a round; there is somebody on the first. */
export type Swap = [round: number, one: number, two: number];

/** Input from which exchanges are chosen. */
export interface Exchanges {
  seating: Seating;
  count: SoftCount;
  random: Random;
  /** Whether two people may change places for the odds' sake. */
  mayExchange: (a: number, b: number) => boolean;
  /** By round: everybody who may be moved alone. */
  movable: number[][];
  /** The units whose table is the planner's choice. */
  free: readonly number[];
}

/** Gets ready for exchanges; where odds are told, only people who are as likely to come change places. */
export function beginExchanges(
  seating: Seating,
  count: SoftCount,
  odds: Float64Array | undefined,
  random: Random,
): Exchanges {
  const { hall } = seating;
  const mayMove = (round: number, person: number) =>
    round >= hall.frozen &&
    hall.present[round * hall.people + person] === 1 &&
    !mayNotMoveAlone(hall, round, person);
  return {
    seating,
    count,
    random,
    mayExchange: (a, b) => !odds || odds[a] === odds[b],
    movable: Array.from({ length: hall.rounds }, (_, round) =>
      Array.from({ length: hall.people }, (__, person) => person).filter((person) => mayMove(round, person)),
    ),
    free: freeUnits(hall),
  };
}

/** One exchange by chance, not made yet; empty where the one drawn cannot be. */
export function someExchange(exchanges: Exchanges): Swap[] {
  const { seating, random, free } = exchanges;
  const { hall } = seating;
  const round = hall.frozen + random.below(hall.rounds - hall.frozen);
  const kind = random.below(12);
  if (kind === 0 && free.length > 0) return ofUnit(exchanges);
  if (kind === 1 && hall.empty[round]! > 0) return withEmptyChair(exchanges, round);
  if (kind < 5) return ofEvenings(exchanges, round);
  if (kind < 7) return ofTables(exchanges, random.below(3) === 0 ? undefined : round);
  return ofTwo(exchanges, round);
}

/** Takes exchanges back that were made in this order. */
export function takeBack(seating: Seating, swaps: readonly Swap[]): void {
  for (const [round, one, two] of swaps.toReversed()) {
    // A chair that was taken from is empty now: its person sits in the other one.
    if (seating.chairs[one] === nobody) swapChairs(seating, round, two, one);
    else swapChairs(seating, round, one, two);
  }
}

/** Two people of one round, the second where the first is wanted as often as not. */
function ofTwo({ seating, random, movable, mayExchange, count }: Exchanges, round: number): Swap[] {
  const { hall, seats, chairOf } = seating;
  const list = movable[round]!;
  if (list.length < 2) return [];
  const base = round * hall.people;
  const wish = random.below(2) === 0 ? count.someWish(seating, round, random) : undefined;
  if (wish && mayNotMoveAlone(hall, round, wish.person)) return [];
  const a = wish ? wish.person : list[random.below(list.length)]!;
  const there = wish ? list.filter((person) => seats[base + person] === wish.table) : list;
  if (there.length === 0) return [];
  const b = there[random.below(there.length)]!;
  if (seats[base + a] === seats[base + b] || !mayExchange(a, b)) return [];
  return [[round, chairOf[base + a]!, chairOf[base + b]!]];
}

/** Somebody of a table that may lack a person, and the empty chair of another. */
function withEmptyChair({ seating, random, movable, mayExchange }: Exchanges, round: number): Swap[] {
  const { hall, chairOf, tableOf, seated, start, chairs } = seating;
  const list = movable[round]!;
  if (list.length === 0 || !mayExchange(list[0]!, list.at(-1)!)) return [];
  const one = chairOf[round * hall.people + list[random.below(list.length)]!]!;
  const from = tableOf[one]!;
  const to = round * hall.tables + random.below(hall.tables);
  if (to === from || hall.mayLackOne[from] === 0 || seated[from]! < hall.chairs[from]!) return [];
  if (seated[to] === hall.chairs[to]) return [];
  let two = start[to]!;
  while (chairs[two] !== nobody) two += 1;
  return [[round, one, two]];
}

/** Two people of one side, here in the same rounds, in all of these. */
function ofEvenings(exchanges: Exchanges, round: number): Swap[] {
  const { seating, mayExchange } = exchanges;
  const { hall, seats, chairOf } = seating;
  const [a, b] = someTwo(exchanges, round);
  if (a === b || hall.senior[a] !== hall.senior[b] || !mayExchange(a, b)) return [];
  const swaps: Swap[] = [];
  for (let at = hall.frozen; at < hall.rounds; at += 1) {
    const [one, two] = [at * hall.people + a, at * hall.people + b];
    if (hall.present[one] !== hall.present[two]) return [];
    if (hall.present[one] === 0) continue;
    if (hall.fixed[one]! >= 0 || hall.fixed[two]! >= 0) return [];
    if (mayNotMoveAlone(hall, at, a) !== mayNotMoveAlone(hall, at, b) || hall.host[a] !== hall.host[b])
      return [];
    if (seats[one] !== seats[two]) swaps.push([at, chairOf[one]!, chairOf[two]!]);
  }
  return areCompanions(hall, a, b) ? swaps : [];
}

/** Two people by chance; as often as not somebody with a wish, and one who sits where it would be met. */
function someTwo({ seating, random, movable, count }: Exchanges, round: number): [number, number] {
  const { hall, seats } = seating;
  const wish = random.below(2) === 0 ? count.someWish(seating, round, random) : undefined;
  const there = wish ? movable[round]!.filter((one) => seats[round * hall.people + one] === wish.table) : [];
  if (!wish || there.length === 0) return [random.below(hall.people), random.below(hall.people)];
  return [wish.person, there[random.below(there.length)]!];
}

/** Whether the two keep no table, or each keeps one alone. */
const areCompanions = ({ unitOf, units }: Hall, a: number, b: number) =>
  unitOf[a]! < 0
    ? unitOf[b]! < 0
    : unitOf[b]! >= 0 && units[unitOf[a]!]!.people.length + units[unitOf[b]!]!.people.length === 2;

/** All people of two tables with as many chairs, in one round, or in all with those who keep a table there. */
function ofTables({ seating, random }: Exchanges, only: number | undefined): Swap[] {
  const { hall } = seating;
  const [one, two] = [random.below(hall.tables), random.below(hall.tables)];
  if (one === two) return [];
  const swaps: Swap[] = [];
  const rounds =
    only === undefined
      ? Array.from({ length: hall.rounds - hall.frozen }, (_, index) => hall.frozen + index)
      : [only];
  for (const round of rounds) {
    const found = tablesInRound(seating, round, one, two, only !== undefined);
    if (!found) return [];
    swaps.push(...found);
  }
  return swaps;
}

function tablesInRound(seating: Seating, round: number, one: number, two: number, alone: boolean) {
  const { hall, start, chairs } = seating;
  const [a, b] = [round * hall.tables + one, round * hall.tables + two];
  if (hall.chairs[a] !== hall.chairs[b] || hall.mayLackOne[a] !== hall.mayLackOne[b]) return undefined;
  const swaps: Swap[] = [];
  for (let index = 0; index < hall.chairs[a]!; index += 1) {
    const [chairA, chairB] = [start[a]! + index, start[b]! + index];
    for (const chair of [chairA, chairB]) {
      const person = chairs[chair]!;
      if (person === nobody) continue;
      const held = alone
        ? mayNotMoveAlone(hall, round, person)
        : hall.fixed[round * hall.people + person]! >= 0;
      if (held) return undefined;
    }
    if (chairs[chairA] !== nobody) swaps.push([round, chairA, chairB]);
    else if (chairs[chairB] !== nobody) swaps.push([round, chairB, chairA]);
  }
  return swaps;
}

/** Somebody who keeps a seat alone, in every round in exchange for one person of another table. */
function ofUnit({ seating, random, free, movable, mayExchange }: Exchanges): Swap[] {
  const { hall, seats, chairOf } = seating;
  const unit = free[random.below(free.length)]!;
  const { people, host } = hall.units[unit]!;
  const [person] = people;
  if (host || people.length > 1 || person === undefined) return [];
  const to = random.below(hall.tables);
  if (to === tableOfUnit(seating, unit)) return [];
  const swaps: Swap[] = [];
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    if (hall.present[round * hall.people + person] === 0) continue;
    const there = movable[round]!.filter((one) => seats[round * hall.people + one] === to);
    const other = there[random.below(there.length || 1)];
    if (other === undefined || !mayExchange(person, other)) return [];
    swaps.push([round, chairOf[round * hall.people + person]!, chairOf[round * hall.people + other]!]);
  }
  return swaps;
}
