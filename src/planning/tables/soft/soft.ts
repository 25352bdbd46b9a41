// Wishes that come after all else: a preferred table, people who like to meet, a number that every table is to have its
// share of. In numbers, and counted from the seats alone.
import type { Hall } from '../hall.ts';
import type { Seats } from '../score.ts';
import { numberOf, type TablesWishes } from '../wishes.ts';

/** The soft wishes, people and tables by number. */
export interface Soft {
  /** The tables each person would rather sit at; undefined for all who have none. */
  prefers: readonly (ReadonlySet<number> | undefined)[];
  /** Pairs who like to meet. */
  rather: readonly (readonly [number, number])[];
  /** The number to balance, NaN for people who have none; undefined where nothing is to be balanced. */
  numbers: Float64Array | undefined;
}

/** How far the soft wishes are from being met, in their order; every count the fewer the better. */
export interface SoftScore {
  /** Rounds in which people sit elsewhere than at a table they prefer. */
  prefers: number;
  /** Pairs who like to meet and never do. */
  rather: number;
  /** By how much the numbers at each table are above or below its share of the room, summed over tables and rounds. */
  balance: number;
}

/** The soft wishes of wishes without faults; undefined where there are none. */
export function softOf(
  { people, prefers = [], rather = [], balance }: TablesWishes,
  indexOf: ReadonlyMap<string, number>,
  tableOf: ReadonlyMap<string, number>,
): Soft | undefined {
  if (prefers.length + rather.length === 0 && balance === undefined) return undefined;
  const tables: (Set<number> | undefined)[] = people.map(() => undefined);
  for (const { person, table } of prefers) {
    const [index, number] = [indexOf.get(person), tableOf.get(table)];
    if (index === undefined || number === undefined) continue;
    tables[index] ??= new Set();
    tables[index].add(number);
  }
  const pairs = new Map<string, readonly [number, number]>();
  for (const [one, two] of rather) {
    const [a, b] = [indexOf.get(one), indexOf.get(two)];
    if (a === undefined || b === undefined || a === b) continue;
    pairs.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  }
  const numbers = (field: string) =>
    Float64Array.from(people, (person) => numberOf(person, field) ?? Number.NaN);
  return {
    prefers: tables,
    rather: [...pairs.values()],
    numbers: balance === undefined ? undefined : numbers(balance),
  };
}

/** Everything counted from the seats. */
export function softScore(hall: Hall, seats: Seats): SoftScore {
  let balance = 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1)
    for (const { count, sum, mean } of numbersAt(hall, seats, round)) balance += Math.abs(sum - count * mean);
  return {
    prefers: unmetPreferences(hall, seats).reduce((sum, { rounds }) => sum + rounds.length, 0),
    rather: unmetPairs(hall, seats).length,
    balance: rounded(balance),
  };
}

/** Sums of the same numbers in another order are the same. */
export const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** Below zero where the first is the better one. */
export function compareSoft(one: SoftScore, two: SoftScore): number {
  return one.prefers - two.prefers || one.rather - two.rather || one.balance - two.balance;
}

/** People with a preferred table, and the rounds to come, from 0, in which they sit elsewhere. */
export function unmetPreferences(hall: Hall, seats: Seats): { person: number; rounds: number[] }[] {
  const unmet: { person: number; rounds: number[] }[] = [];
  for (const [person, tables] of (hall.soft?.prefers ?? []).entries()) {
    const rounds: number[] = [];
    for (let round = hall.frozen; tables && round < hall.rounds; round += 1) {
      const table = seats[round * hall.people + person]!;
      if (table >= 0 && !tables.has(table)) rounds.push(round);
    }
    if (rounds.length > 0) unmet.push({ person, rounds });
  }
  return unmet;
}

/** Pairs who like to meet and share no table in any round, held or to come. */
export const unmetPairs = (hall: Hall, seats: Seats) =>
  (hall.soft?.rather ?? []).filter((pair) => !doMeet(hall, seats, pair));

/** Whether a pair shares a table in some round. */
export function doMeet({ rounds, people }: Hall, seats: Seats, [a, b]: readonly [number, number]): boolean {
  for (let at = 0; at < rounds * people; at += people)
    if (seats[at + a]! >= 0 && seats[at + a] === seats[at + b]) return true;
  return false;
}

/** For each table of a round: how many people have a number, their sum, and the mean of the room. */
export function numbersAt(hall: Hall, seats: Seats, round: number) {
  const numbers = hall.soft?.numbers;
  if (!numbers) return [];
  const tables = Array.from({ length: hall.tables }, () => ({ count: 0, sum: 0, mean: 0 }));
  let [count, sum] = [0, 0];
  for (let person = 0; person < hall.people; person += 1) {
    const table = seats[round * hall.people + person]!;
    if (table < 0 || Number.isNaN(numbers[person])) continue;
    count += 1;
    sum += numbers[person]!;
    tables[table]!.count += 1;
    tables[table]!.sum += numbers[person]!;
  }
  for (const table of tables) table.mean = count === 0 ? 0 : sum / count;
  return tables;
}
