// Cyclic designs: one round is found by search, the others follow by turning it.
// The points are k circles of m and f that stand still; turning all circles by one is the next round. Nobody meets
// twice when the pairs of the base rounds differ in (circle, circle, difference) and nobody meets the opposite point
// of the same circle (a starter, or base of a resolvable 1-rotational design; Anderson, Combinatorial Designs and
// Tournaments, chapter 3). Searched with a tabu list on swaps (Glover 1989).
import type { Spending } from '../../effort.ts';
import type { Random } from '../../random.ts';
import { shuffle } from '../../random.ts';
import { type Design, designOf } from './design.ts';

/** `circles` circles of `turn` points and `still` points, numbered in that order; `bases` rounds to find. */
export interface StarterShape {
  tables: number;
  seats: number;
  turn: number;
  bases: number;
  still: number;
}

/** How points are written in a bank, a digit each. */
export const pointDigits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Base rounds as one list of points: bases · tables · seats long, table after table. */
export type Starter = Int32Array;

/** All bases · turn rounds of a starter. */
export function designOfStarter(shape: StarterShape, starter: ArrayLike<number>): Design {
  const { tables, seats, turn, bases } = shape;
  const circled = tables * seats - shape.still;
  const rounds: number[][][] = [];
  for (let base = 0; base < bases; base += 1)
    for (let shift = 0; shift < turn; shift += 1)
      rounds.push(
        Array.from({ length: tables }, (_, table) =>
          Array.from({ length: seats }, (__, seat) => {
            const point = starter[(base * tables + table) * seats + seat]!;
            return point >= circled ? point : point - (point % turn) + ((point + shift) % turn);
          }),
        ),
      );
  return designOf(`cyclic design over Z_${turn}`, tables * seats, rounds);
}

/** A starter without a fault, or undefined once the budget is spent. */
export function findStarter(shape: StarterShape, random: Random, spending: Spending): Starter | undefined {
  const search = begin(shape, random);
  let best = search.cost;
  while (search.cost > 0 && spending.step()) {
    takeBestSwap(search, spending.iterations, best, random);
    best = Math.min(best, search.cost);
  }
  return search.cost === 0 ? search.seats : undefined;
}

interface Search {
  shape: StarterShape;
  points: number;
  /** The class of every pair of points: the same for pairs that turn into one another. */
  classOf: Int32Array;
  count: Int32Array;
  seats: Starter;
  cost: number;
  tabuUntil: Int32Array;
}

function begin(shape: StarterShape, random: Random): Search {
  const points = shape.tables * shape.seats;
  const { classOf, count } = pairClasses(points, shape.turn, shape.still);
  const seats = new Int32Array(points * shape.bases);
  for (let base = 0; base < shape.bases; base += 1)
    seats.set(
      shuffle(
        Int32Array.from({ length: points }, (_, point) => point),
        random,
      ),
      base * points,
    );
  const tabuUntil = new Int32Array(shape.bases * points * shape.tables);
  const search: Search = { shape, points, classOf, count, seats, cost: 0, tabuUntil };
  for (let table = 0; table < shape.bases * shape.tables; table += 1)
    for (let one = 0; one < shape.seats; one += 1)
      for (let two = 0; two < one; two += 1)
        search.cost += count[
          classOf[seats[table * shape.seats + one]! * points + seats[table * shape.seats + two]!]!
        ]!++;
  return search;
}

/** Classes 1, 2, …; class 0 holds the pairs that must never meet, counted once from the start. */
export function pairClasses(points: number, turn: number, still: number) {
  const circles = (points - still) / turn;
  const classOf = new Int32Array(points * points);
  const named = new Map<string, number>();
  const numberOf = (name: string) => {
    if (!named.has(name)) named.set(name, named.size + 1);
    return named.get(name)!;
  };
  for (let a = 0; a < points; a += 1)
    for (let b = 0; b < a; b += 1) {
      const [circleA, circleB] = [Math.floor(a / turn), Math.floor(b / turn)];
      const difference = (a - b + points * turn) % turn;
      let name = `${circleA} ${circleB} ${difference}`;
      if (circleA === circleB) name = `${circleA} ${Math.min(difference, turn - difference)}`;
      if (circleA >= circles) name = `${a} ${circleB}`;
      const never =
        circleB >= circles || (circleA === circleB && circleA < circles && 2 * difference === turn);
      classOf[a * points + b] = never ? 0 : numberOf(name);
      classOf[b * points + a] = classOf[a * points + b]!;
    }
  const count = new Int32Array(named.size + 1);
  count[0] = 1;
  return { classOf, count };
}

/** Adds (+1) or takes away (−1) the pairs of `point` with a table but for the seat `skip`; the change of cost. */
function change(search: Search, point: number, table: number, skip: number, by: 1 | -1): number {
  const { classOf, count, points, seats, shape } = search;
  let cost = 0;
  for (let seat = table * shape.seats; seat < (table + 1) * shape.seats; seat += 1) {
    if (seat === skip) continue;
    const kind = classOf[point * points + seats[seat]!]!;
    if (by > 0) cost += count[kind]!++;
    else cost -= --count[kind]!;
  }
  return cost;
}

function swapCost(search: Search, one: number, two: number): number {
  const { seats, shape } = search;
  const [a, b] = [seats[one]!, seats[two]!];
  const [tableA, tableB] = [Math.floor(one / shape.seats), Math.floor(two / shape.seats)];
  return (
    change(search, a, tableA, one, -1) +
    change(search, b, tableB, two, -1) +
    change(search, a, tableB, two, 1) +
    change(search, b, tableA, one, 1)
  );
}

function undo(search: Search, one: number, two: number): void {
  const { seats, shape } = search;
  const [a, b] = [seats[one]!, seats[two]!];
  const [tableA, tableB] = [Math.floor(one / shape.seats), Math.floor(two / shape.seats)];
  change(search, a, tableB, two, -1);
  change(search, b, tableA, one, -1);
  change(search, a, tableA, one, 1);
  change(search, b, tableB, two, 1);
}

/** The best swap of two points of one base round that is not tabu, or beats `best`; ties by chance. */
function takeBestSwap(search: Search, iteration: number, best: number, random: Random): void {
  const { shape, points, seats, tabuUntil } = search;
  let [chosenOne, chosenTwo, chosenCost, ties] = [-1, -1, Number.POSITIVE_INFINITY, 0];
  for (let one = 0; one < seats.length; one += 1) {
    const baseEnd = (Math.floor(one / points) + 1) * points;
    for (let two = (Math.floor(one / shape.seats) + 1) * shape.seats; two < baseEnd; two += 1) {
      const cost = swapCost(search, one, two);
      undo(search, one, two);
      const tabu =
        tabuUntil[place(search, one, two)]! > iteration || tabuUntil[place(search, two, one)]! > iteration;
      if (cost > chosenCost || (tabu && search.cost + cost >= best)) continue;
      ties = cost < chosenCost ? 1 : ties + 1;
      if (ties > 1 && random.below(ties) > 0) continue;
      [chosenOne, chosenTwo, chosenCost] = [one, two, cost];
    }
  }
  if (chosenOne < 0) return;
  const tenure = 4 + random.below(Math.ceil(points / 3));
  tabuUntil[place(search, chosenOne, chosenOne)] = iteration + tenure;
  tabuUntil[place(search, chosenTwo, chosenTwo)] = iteration + tenure;
  search.cost += swapCost(search, chosenOne, chosenTwo);
  const kept = seats[chosenOne]!;
  seats[chosenOne] = seats[chosenTwo]!;
  seats[chosenTwo] = kept;
}

/** Returns the index in the tabu list of "the point in seat `from` sits at the table of seat `to`". */
function place(search: Search, from: number, to: number): number {
  const { points, seats, shape } = search;
  const base = Math.floor(from / points);
  return (base * points + seats[from]!) * shape.tables + (Math.floor(to / shape.seats) % shape.tables);
}
