// How good-enough-golfers (Brad Buchanan, github.com/islemaster/good-enough-golfers) goes about tables, written from
// its description: one round after another, a generation at a time. A pair costs the square of how often they have met;
// everybody of the costliest table changes places with everybody of the others, a few random seatings come in, and the
// best of all go into the next generation.
import { randomFrom, shuffle } from '../../src/planning/random.ts';

/** A round as a permutation of people, table after table, with what each table costs. */
interface Candidate {
  people: number[];
  costs: number[];
  total: number;
}

const firstCandidates = 5;
const generations = 30;
const newcomers = 2;
const mostParents = 100;

/** The people at each table of each round, `sizes` at a table; `apart` pairs never meet where that can be. */
export function byGenerations(
  sizes: readonly number[],
  rounds: number,
  apart: readonly (readonly [number, number])[],
  seed: number,
): number[][][] {
  const people = sizes.reduce((sum, size) => sum + size, 0);
  const random = randomFrom(seed);
  const met = new Float64Array(people * people);
  for (const [a, b] of apart) met[a * people + b] = met[b * people + a] = Number.POSITIVE_INFINITY;
  const starts = sizes.map((_, table) => sizes.slice(0, table).reduce((sum, size) => sum + size, 0));
  const costOf = (seats: number[], table: number) => {
    let cost = 0;
    const last = starts[table]! + sizes[table]!;
    for (let i = starts[table]!; i < last; i += 1)
      for (let j = i + 1; j < last; j += 1) cost += met[seats[i]! * people + seats[j]!]! ** 2;
    return cost;
  };
  const sum = (costs: number[]) => costs.reduce((total, cost) => total + cost, 0);
  const byChance = (): Candidate => {
    const seats = shuffle(
      Array.from({ length: people }, (_, index) => index),
      random,
    );
    const costs = sizes.map((_, table) => costOf(seats, table));
    return { people: seats, costs, total: sum(costs) };
  };
  const swapped = (parent: Candidate, one: number, a: number, other: number, b: number): Candidate => {
    const seats = [...parent.people];
    [seats[a], seats[b]] = [seats[b]!, seats[a]!];
    const costs = [...parent.costs];
    costs[one] = costOf(seats, one);
    costs[other] = costOf(seats, other);
    return { people: seats, costs, total: sum(costs) };
  };
  const children = (parent: Candidate): Candidate[] => {
    const worst = parent.costs.indexOf(Math.max(...parent.costs));
    const all = [parent];
    for (let a = starts[worst]!; a < starts[worst]! + sizes[worst]!; a += 1)
      for (const [other, start] of starts.entries())
        for (let b = start; other !== worst && b < start + sizes[other]!; b += 1)
          all.push(swapped(parent, worst, a, other, b));
    for (let n = 0; n < newcomers; n += 1) all.push(byChance());
    return all;
  };
  const plan: number[][][] = [];
  for (let round = 0; round < rounds; round += 1) {
    let parents = Array.from({ length: firstCandidates }, byChance);
    for (let generation = 0; generation < generations; generation += 1) {
      const all = parents.flatMap(children);
      const least = Math.min(...all.map(({ total }) => total));
      parents = shuffle(
        all.filter(({ total }) => total === least),
        random,
      ).slice(0, mostParents);
      if (least === 0) break;
    }
    const seats = parents[0]!.people;
    const tables = sizes.map((size, table) => seats.slice(starts[table]!, starts[table]! + size));
    for (const table of tables)
      for (const a of table) for (const b of table) if (a !== b) met[a * people + b]! += 1;
    plan.push(tables);
  }
  return plan;
}
