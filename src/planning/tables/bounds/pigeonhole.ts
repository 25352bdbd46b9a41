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
  return least;
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
  return Math.max(cells, spreadTables(hall, one), spreadTables(hall, two));
}

const spreadTables = (hall: Hall, round: number) =>
  sizes(hall, round).reduce((sum, count, n) => sum + count * flattestCells(n, hall.tables), 0);

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
