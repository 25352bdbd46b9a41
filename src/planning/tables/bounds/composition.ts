// How many meetings of each kind a round must have, of any people: the counting bounds start from it.
import type { Hall } from '../hall.ts';
import { tablesBySize } from '../room.ts';

/** Meetings of one round by the sides of the two people; where several spreads are mixed, the least of each kind. */
export interface SideMeetings {
  talents: number;
  seniors: number;
  between: number;
}

const pairs = (n: number) => (n * (n - 1)) / 2;

/** The tables of a round by occupancy: result[n] tables of n people. */
export function sizesOf(hall: Hall, round: number): Int32Array {
  const { tables, chairs, mayLackOne, empty } = hall;
  const [from, to] = [round * tables, (round + 1) * tables];
  return tablesBySize(chairs.subarray(from, to), mayLackOne.subarray(from, to), empty[round]!);
}

/** All meetings of a round: every plan has this many, since its tables have these sizes. */
export function meetingsOfRound(hall: Hall, round: number): number {
  return sizesOf(hall, round).reduce((sum, tables, n) => sum + tables * pairs(n), 0);
}

/**
 * Meetings of a round by side where every table keeps its quota. With `least[n]` or one more senior at a table of n,
 * each kind is linear in how many tables of each size have one more; the least of each kind is found greedily, and is
 * exact where only one size has a choice.
 */
export function sideMeetings(hall: Hall, round: number): SideMeetings | undefined {
  const quota = hall.quotas?.[round];
  if (!quota) return undefined;
  const sizes = sizesOf(hall, round);
  const total: SideMeetings = { talents: 0, seniors: 0, between: 0 };
  const steps: { tables: number; talents: number; seniors: number; between: number }[] = [];
  let more = seniorsHere(hall, round);
  for (let n = 0; n < sizes.length; n += 1) {
    const [tables, low, high] = [sizes[n]!, quota.least[n]!, quota.most[n]!];
    if (tables === 0) continue;
    if (high > low + 1) return undefined;
    more -= tables * low;
    total.talents += tables * pairs(n - low);
    total.seniors += tables * pairs(low);
    total.between += tables * low * (n - low);
    if (high > low) steps.push({ tables, talents: low + 1 - n, seniors: low, between: n - 2 * low - 1 });
  }
  if (more < 0 || more > steps.reduce((sum, { tables }) => sum + tables, 0)) return undefined;
  for (const kind of ['talents', 'seniors', 'between'] as const) {
    let left = more;
    for (const step of steps.toSorted((a, b) => a[kind] - b[kind])) {
      total[kind] += Math.min(left, step.tables) * step[kind];
      left -= Math.min(left, step.tables);
    }
  }
  return total;
}

/** Seniors here in a round. */
export function seniorsHere(hall: Hall, round: number): number {
  let count = 0;
  for (let person = 0; person < hall.people; person += 1)
    count += hall.present[round * hall.people + person]! & hall.senior[person]!;
  return count;
}
