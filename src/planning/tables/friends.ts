// People who are to sit together move together: a swap of one alone would always look worse.
import type { Random } from '../random.ts';
import { mayNotMoveAlone } from './hall.ts';
import { nobody, type Seating, swapChairs, swapCost } from './seating.ts';

/**
 * Takes one group of friends in one round by chance and brings all of it to the table where the seating costs least,
 * in exchange for others one by one; leaves everything as it was where that would cost more than `slack`.
 */
export function moveFriends(seating: Seating, random: Random): void {
  const { hall, seats } = seating;
  const round = hall.frozen + random.below(hall.rounds - hall.frozen);
  const [first] = hall.together[random.below(hall.together.length)]!;
  const group = groupOf(seating, round, first);
  if (group.length < 2) return;
  const still = group.filter((person) => mayNotMoveAlone(hall, round, person));
  const tables = new Set(still.map((person) => seats[round * hall.people + person]!));
  if (tables.size > 1 || still.length === group.length) return;
  const before = seating.cost;
  let [best, bestCost] = [seats[round * hall.people + first]!, Number.POSITIVE_INFINITY];
  for (let table = 0; table < hall.tables; table += 1) {
    if (tables.size === 1 && !tables.has(table)) continue;
    const swaps = bringTo(seating, round, group, table, random);
    if (swaps && (seating.cost < bestCost || (seating.cost === bestCost && random.below(2) === 0)))
      [best, bestCost] = [table, seating.cost];
    for (const [one, two] of (swaps ?? []).toReversed()) swapBack(seating, round, one, two);
  }
  if (bestCost <= before) bringTo(seating, round, group, best, random);
}

/** Everybody who is to sit with `person`, and with those, and is here. */
function groupOf({ hall }: Seating, round: number, person: number): number[] {
  const group = new Set([person]);
  for (let size = 0; size < group.size; ) {
    size = group.size;
    for (const [a, b] of hall.together) {
      if (group.has(a)) group.add(b);
      if (group.has(b)) group.add(a);
    }
  }
  return [...group].filter((one) => hall.present[round * hall.people + one] === 1);
}

/** Swaps every member who is elsewhere with the cheapest outsider at the table; undefined where there is no room. */
function bringTo(
  seating: Seating,
  round: number,
  group: readonly number[],
  table: number,
  random: Random,
): [number, number][] | undefined {
  const { hall, seats, chairs, chairOf, start } = seating;
  const at = round * hall.tables + table;
  const swaps: [number, number][] = [];
  for (const person of group) {
    const one = chairOf[round * hall.people + person]!;
    if (seats[round * hall.people + person] === table) continue;
    let [best, bestCost, ties] = [-1, Number.POSITIVE_INFINITY, 0];
    for (let chair = start[at]!; chair < start[at + 1]!; chair += 1) {
      const other = chairs[chair]!;
      if (other === nobody || group.includes(other) || mayNotMoveAlone(hall, round, other)) continue;
      const cost = swapCost(seating, round, one, chair);
      ties = cost < bestCost ? 1 : ties + 1;
      if (cost < bestCost || (cost === bestCost && random.below(ties) === 0))
        [best, bestCost] = [chair, cost];
    }
    if (best < 0) {
      for (const [a, b] of swaps.toReversed()) swapBack(seating, round, a, b);
      return undefined;
    }
    swapChairs(seating, round, one, best);
    swaps.push([one, best]);
  }
  return swaps;
}

const swapBack = (seating: Seating, round: number, one: number, two: number) =>
  swapChairs(seating, round, one, two);
