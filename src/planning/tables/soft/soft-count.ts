// Soft wishes counted around a few people and tables, so that an exchange is valued without counting everything.
import type { Random } from '../../random.ts';
import type { Hall } from '../hall.ts';
import { nobody, type Seating } from '../seating.ts';
import { doMeet, type SoftScore } from './soft.ts';

/** Figures known beforehand, and the worth of an exchange. */
export interface SoftCount {
  hall: Hall;
  /** The pairs who like to meet, by person. */
  pairsOf: readonly (readonly number[])[];
  /** The mean of the numbers in the room, by round. */
  means: Float64Array;
  /** One number for a change: weights are for a table, a pair, and what exchanging two evenings usually changes. */
  worth: (change: SoftScore, weights: SoftScore) => number;
  /** Somebody and a table where a soft wish would have them, in a round. */
  someWish: (
    seating: Seating,
    round: number,
    random: Random,
  ) => { person: number; table: number } | undefined;
}

/** Gets ready to count; the hall has soft wishes. */
export function beginSoftCount(hall: Hall): SoftCount {
  const pairsOf = Array.from({ length: hall.people }, (): number[] => []);
  for (const [index, [a, b]] of hall.soft!.rather.entries()) {
    pairsOf[a]!.push(index);
    pairsOf[b]!.push(index);
  }
  const unit = usualDistance(hall) * (hall.rounds - hall.frozen) * 2;
  const wanting = [...hall.soft!.prefers.keys()].filter((person) => hall.soft!.prefers[person]);
  return {
    hall,
    pairsOf,
    means: Float64Array.from({ length: hall.rounds }, (_, round) => meanOf(hall, round)),
    worth: (change, weights) =>
      change.prefers * weights.prefers +
      change.rather * weights.rather +
      (change.balance / unit) * weights.balance,
    someWish: (seating, round, random) => wishIn(hall, wanting, seating, round, random),
  };
}

function wishIn(hall: Hall, wanting: readonly number[], { seats }: Seating, round: number, random: Random) {
  const { prefers, rather } = hall.soft!;
  const pick = random.below(wanting.length + rather.length || 1);
  if (pick < wanting.length) {
    const person = wanting[pick]!;
    const tables = [...prefers[person]!];
    const table = tables[random.below(tables.length)]!;
    return isAt(hall, seats, round, person) ? { person, table } : undefined;
  }
  const pair = rather[pick - wanting.length];
  if (!pair || doMeet(hall, seats, pair)) return undefined;
  const [person, other] = random.below(2) === 0 ? pair : [pair[1], pair[0]];
  if (!isAt(hall, seats, round, person) || !isAt(hall, seats, round, other)) return undefined;
  return { person, table: seats[round * hall.people + other]! };
}

const isAt = ({ people }: Hall, seats: Int32Array, round: number, person: number) =>
  seats[round * people + person]! >= 0;

function meanOf({ soft, people, present }: Hall, round: number): number {
  let [count, sum] = [0, 0];
  for (let person = 0; person < people; person += 1) {
    const value = soft!.numbers?.[person] ?? Number.NaN;
    if (present[round * people + person] === 0 || Number.isNaN(value)) continue;
    count += 1;
    sum += value;
  }
  return count === 0 ? 0 : sum / count;
}

/** The mean distance of the numbers from their mean; 1 where there is none. */
function usualDistance({ soft }: Hall): number {
  const numbers = [...(soft!.numbers ?? [])].filter((value) => !Number.isNaN(value));
  const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
  const distance = numbers.reduce((sum, value) => sum + Math.abs(value - mean), 0);
  return distance === 0 ? 1 : distance / numbers.length;
}

/** Counts how far the wishes of these people, and the numbers at these tables, are from being met; `at` are round · tables + table. */
export function shortfallAround(
  { hall, pairsOf, means }: SoftCount,
  seating: Seating,
  people: readonly number[],
  at: readonly number[],
): SoftScore {
  const { seats } = seating;
  let prefers = 0;
  const pairs = new Set<number>();
  for (const person of people) {
    for (const pair of pairsOf[person]!) pairs.add(pair);
    const tables = hall.soft!.prefers[person];
    for (let round = hall.frozen; tables && round < hall.rounds; round += 1) {
      const table = seats[round * hall.people + person]!;
      if (table >= 0 && !tables.has(table)) prefers += 1;
    }
  }
  let rather = 0;
  for (const pair of pairs) if (!doMeet(hall, seats, hall.soft!.rather[pair]!)) rather += 1;
  let balance = 0;
  if (hall.soft!.numbers)
    for (const table of at)
      balance += distanceAt(seating, hall.soft!.numbers, table, means[Math.floor(table / hall.tables)]!);
  return { prefers, rather, balance };
}

function distanceAt({ chairs, start }: Seating, numbers: Float64Array, at: number, mean: number): number {
  let distance = 0;
  for (let chair = start[at]!; chair < start[at + 1]!; chair += 1) {
    const person = chairs[chair]!;
    if (person !== nobody && !Number.isNaN(numbers[person])) distance += numbers[person]! - mean;
  }
  return Math.abs(distance);
}
