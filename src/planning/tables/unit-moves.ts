// Moves people who keep a table, all their rounds at once: to another table, in exchange for others one by one, or for
// those who keep that table.
import type { Random } from '../random.ts';
import { type Hall, mayNotMoveAlone } from './hall.ts';
import { nobody, type Seating, swapChairs, swapCost } from './seating.ts';

/** Most tables that are tried for one unit at a time. */
const mostTables = 12;

/** The units whose table is the planner's choice. */
export const freeUnits = (hall: Hall): number[] =>
  [...hall.units.keys()].filter((unit) => hall.units[unit]!.table < 0);

/**
 * Takes one of the units `free` by chance to the table where the seating costs least; leaves everything as it was
 * where that would cost more than `slack` more than now.
 */
export function moveUnit(seating: Seating, free: readonly number[], random: Random, slack: number): void {
  const { hall } = seating;
  const unit = free[random.below(free.length)]!;
  const from = tableOfUnit(seating, unit);
  if (from < 0) return;
  const before = seating.cost;
  let best: readonly Swap[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const table of tablesToTry(hall, from, random)) {
    const swaps = bringUnit(seating, unit, from, table, random);
    if (swaps && (seating.cost < bestCost || (seating.cost === bestCost && random.below(2) === 0)))
      [best, bestCost] = [swaps, seating.cost];
    if (swaps) takeBack(seating, swaps);
  }
  if (bestCost > before + slack) return;
  for (const [round, one, two] of best) swapChairs(seating, round, one, two);
}

function tablesToTry(hall: Hall, from: number, random: Random): number[] {
  const start = random.below(hall.tables);
  const all = Array.from({ length: hall.tables }, (_, index) => (start + index) % hall.tables);
  return all.filter((table) => table !== from).slice(0, mostTables);
}

/** The table a unit keeps; −1 where none of them is to come. */
export function tableOfUnit({ hall, seats }: Seating, unit: number): number {
  for (const person of hall.units[unit]!.people)
    for (let round = hall.frozen; round < hall.rounds; round += 1) {
      const table = seats[round * hall.people + person]!;
      if (table >= 0) return table;
    }
  return -1;
}

type Swap = [round: number, one: number, two: number];

/**
 * Brings a unit to a table in every round, and the unit that must make room for it to where the first came from;
 * undefined, and nothing changed, where that cannot be.
 */
function bringUnit(
  seating: Seating,
  unit: number,
  from: number,
  to: number,
  random: Random,
): Swap[] | undefined {
  const { hall } = seating;
  const swaps: Swap[] = [];
  const there = hall.units.findIndex(
    ({ host }, other) =>
      other !== unit && tableOfUnit(seating, other) === to && (host || random.below(4) === 0),
  );
  const mustLeave = there >= 0 && hall.units[unit]!.host && hall.units[there]!.host;
  if (mustLeave && hall.units[there]!.table >= 0) return undefined;
  const leaves = there >= 0 && hall.units[there]!.table < 0 && (mustLeave || random.below(2) === 0);
  if (leaves && !mustLeave && hall.units[there]!.host && hostElse(seating, from, unit)) return undefined;
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const here = (which: number) =>
      hall.units[which]!.people.filter((person) => hall.present[round * hall.people + person] === 1);
    const done = exchange(seating, round, here(unit), leaves ? here(there) : [], from, to, random, swaps);
    if (done) continue;
    takeBack(seating, swaps);
    return undefined;
  }
  return swaps;
}

/** Whether a team of hosts other than `unit` has a table. */
const hostElse = (seating: Seating, table: number, unit: number) =>
  seating.hall.units.some(
    ({ host }, other) => host && other !== unit && tableOfUnit(seating, other) === table,
  );

function takeBack(seating: Seating, swaps: readonly Swap[]): void {
  for (const [round, one, two] of swaps.toReversed()) {
    // A chair that is empty now was taken from: its person sits in the other one.
    if (seating.chairs[one] === nobody) swapChairs(seating, round, two, one);
    else swapChairs(seating, round, one, two);
  }
}

/** In one round: `going` to `to` and `coming` to `from`, surplus people in exchange for the cheapest others. */
function exchange(
  seating: Seating,
  round: number,
  going: readonly number[],
  coming: readonly number[],
  from: number,
  to: number,
  random: Random,
  swaps: Swap[],
): boolean {
  const { chairOf, hall } = seating;
  const chair = (person: number) => chairOf[round * hall.people + person]!;
  const both = Math.min(going.length, coming.length);
  const swap = (one: number, two: number) => {
    swapChairs(seating, round, one, two);
    swaps.push([round, one, two]);
  };
  for (let index = 0; index < both; index += 1) swap(chair(going[index]!), chair(coming[index]!));
  const rest = [
    ...going.slice(both).map((person) => [person, to] as const),
    ...coming.slice(both).map((person) => [person, from] as const),
  ];
  for (const [person, table] of rest) {
    const other = cheapestChair(seating, round, chair(person), table, random);
    if (other < 0) return false;
    swap(chair(person), other);
  }
  return true;
}

/** The chair at a table that costs least to swap with: of somebody who may move, or an empty one that may fill. */
function cheapestChair(seating: Seating, round: number, one: number, table: number, random: Random): number {
  const { hall, chairs, start, seated, tableOf } = seating;
  const [at, from] = [round * hall.tables + table, tableOf[one]!];
  const mayLeave = hall.mayLackOne[from] === 1 && seated[from] === start[from + 1]! - start[from]!;
  let [best, bestCost, ties] = [-1, Number.POSITIVE_INFINITY, 0];
  for (let chair = start[at]!; chair < start[at + 1]!; chair += 1) {
    const other = chairs[chair]!;
    if (other === nobody ? !mayLeave : mayNotMoveAlone(hall, round, other)) continue;
    const cost = swapCost(seating, round, one, chair);
    ties = cost < bestCost ? 1 : ties + 1;
    if (cost < bestCost || (cost === bestCost && random.below(ties) === 0)) [best, bestCost] = [chair, cost];
  }
  return best;
}
