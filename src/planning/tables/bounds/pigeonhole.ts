// The pigeonhole bound: larger tables than there are tables must repeat, between any two rounds.
import type { Hall } from '../hall.ts';
import { sizesOf } from './composition.ts';
import { flattestCells } from './spread.ts';

/**
 * Σ over pairs of rounds of the least Σ C(n, 2) over their common cells (table of the one, table of the other).
 * Where everybody is in both rounds each table of the one is spread over the tables of the other; else only those
 * in both count, spread over all cells. Two rounds already held are counted as they were.
 */
export function pigeonhole(hall: Hall): number {
  let least = 0;
  for (let two = 0; two < hall.rounds; two += 1)
    for (let one = 0; one < two; one += 1)
      least += two < hall.frozen ? heldTwice(hall, one, two) : betweenRounds(hall, one, two);
  return Math.max(0, least - coHostsTwice(hall));
}

/** Pairs of rounds in which co-hosts meet: these do not count. */
function coHostsTwice(hall: Hall): number {
  let count = 0;
  for (const { people } of hall.units)
    for (const a of people)
      for (const b of people) {
        if (a >= b) continue;
        const met = Array.from({ length: hall.rounds }, (_, round) => meet(hall, round, a, b)).filter(
          Boolean,
        );
        count += (met.length * (met.length - 1)) / 2;
      }
  return count;
}

function meet(hall: Hall, round: number, a: number, b: number): boolean {
  const [one, two] = [round * hall.people + a, round * hall.people + b];
  if (round < hall.frozen) return hall.past[one]! >= 0 && hall.past[one] === hall.past[two];
  return hall.present[one] === 1 && hall.present[two] === 1;
}

function betweenRounds(hall: Hall, one: number, two: number): number {
  const { people, tables, present } = hall;
  let [both, either] = [0, 0];
  for (let person = 0; person < people; person += 1) {
    both += present[one * people + person]! & present[two * people + person]!;
    either += present[one * people + person]! | present[two * people + person]!;
  }
  const cells = flattestCells(both, tables * tables);
  if (both < either) return cells;
  return Math.max(cells, spreadTables(hall, one, two), spreadTables(hall, two, one));
}

/** The tables of one round, each spread flat over those of the other that have anybody. */
function spreadTables(hall: Hall, round: number, over: number): number {
  const used = sizes(hall, over).reduce((sum, count, n) => sum + (n > 0 ? count : 0), 0);
  return sizes(hall, round).reduce((sum, count, n) => sum + count * flattestCells(n, used), 0);
}

/** The tables of a round by size; of a round already held, as it was. */
function sizes(hall: Hall, round: number): Int32Array {
  if (round >= hall.frozen) return sizesOf(hall, round);
  const seated = new Int32Array(hall.tables);
  for (let person = 0; person < hall.people; person += 1) {
    const table = hall.past[round * hall.people + person]!;
    if (table >= 0) seated[table]! += 1;
  }
  const found = new Int32Array(hall.people + 1);
  for (const n of seated) found[n]! += 1;
  return found;
}

function heldTwice(hall: Hall, one: number, two: number): number {
  const cells = new Map<number, number>();
  for (let person = 0; person < hall.people; person += 1) {
    const [a, b] = [hall.past[one * hall.people + person]!, hall.past[two * hall.people + person]!];
    if (a >= 0 && b >= 0) cells.set(a * hall.tables + b, (cells.get(a * hall.tables + b) ?? 0) + 1);
  }
  return [...cells.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
}
