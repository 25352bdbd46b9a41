// Wishes that come after all else: a preferred table, people who like to meet, a number that every table is to have its
// share of. In numbers, and counted from the seats alone.
import type { Hall } from '../hall.ts';
import type { Seats } from '../score.ts';

/** How far the soft wishes are from being met, in their order; every count the fewer the better. */
export interface SoftScore {
  /** Rounds in which people sit elsewhere than at a table they prefer. */
  prefers: number;
  /** Pairs who like to meet and never do. */
  rather: number;
  /** By how much the numbers at each table are above or below its share of the room, summed over tables and rounds. */
  balance: number;
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
