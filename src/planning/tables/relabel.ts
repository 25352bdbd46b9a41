// Exchanges people among the points of an exact design: nobody meets anybody twice whatever the exchange, so wishes,
// locks, departments and mix can be bettered for free. Threshold accepting (Dueck and Scheuer 1990): an exchange is
// taken if it costs no more than a threshold that sinks to zero.
import type { Spending } from '../effort.ts';
import type { Random } from '../random.ts';
import type { Design } from './designs/design.ts';
import type { Hall } from './hall.ts';
import { mixFault } from './mix.ts';
import { vacant } from './role-points.ts';
import type { Seats } from './score.ts';
import type { Weights } from './weights.ts';

interface Labelling {
  hall: Hall;
  design: Design;
  weights: Weights;
  personAt: Int32Array;
  /** Whether two points share a table in one of the rounds, [p · points + q], and the points each shares one with. */
  meets: Uint8Array;
  beside: Int32Array[];
  /** Cost of a meeting of two people, [a · people + b]. */
  wish: Float64Array;
  /** Seniors at each table of the design, [round · tables + table]. */
  seniors: Int32Array;
  /** Cost of a broken lock. */
  lock: number;
}

/** How many exchanges are tried for every person. */
const triesEach = 250;
const stepsBetweenLooks = 256;

/** Betters `personAt` in place, by exchanges tried as long as `spending` is not done; they are not counted in it. */
export function relabel(
  hall: Hall,
  design: Design,
  weights: Weights,
  personAt: Int32Array,
  random: Random,
  spending: Spending,
): void {
  const labelling = begin(hall, design, weights, personAt);
  const points = Array.from(personAt.keys()).filter(
    (point) => personAt[point] !== vacant && hall.unitOf[personAt[point]!]! < 0,
  );
  if (points.length < 2) return;
  const start = Math.max(weights.department, 1) * 2;
  const steps = triesEach * points.length;
  for (let step = 0; step < steps; step += 1) {
    if (step % stepsBetweenLooks === 0 && spending.done()) return;
    const p = points[random.below(points.length)]!;
    const q = points[random.below(points.length)]!;
    if (p === q || !mayExchange(labelling, p, q)) continue;
    const threshold = start * (1 - (step * 1.25) / steps);
    const cost = exchangeCost(labelling, p, q);
    if (cost <= Math.max(0, threshold)) exchange(labelling, p, q);
  }
}

/** The seats of a labelled design, [round · people + person]; people without a point are at −1. */
export function seatsOfPoints(hall: Hall, design: Design, personAt: Int32Array): Seats {
  const seats = new Int32Array(hall.rounds * hall.people).fill(-1);
  for (let round = 0; round < Math.min(hall.rounds, design.rounds); round += 1)
    for (let point = 0; point < design.points; point += 1) {
      const person = personAt[point]!;
      if (person !== vacant)
        seats[round * hall.people + person] = design.tableOf[round * design.points + point]!;
    }
  return seats;
}

function begin(hall: Hall, design: Design, weights: Weights, personAt: Int32Array): Labelling {
  const { points, tables, tableOf } = design;
  const { meets, beside } = meetingsIn(design);
  const seniors = new Int32Array(design.rounds * tables);
  for (let round = 0; round < design.rounds; round += 1)
    for (let point = 0; point < points; point += 1)
      if (personAt[point] !== vacant)
        seniors[round * tables + tableOf[round * points + point]!]! += hall.senior[personAt[point]!]!;
  const lock = weights.apart * 2;
  return { hall, design, weights, personAt, meets, beside, wish: wishesOf(hall, weights), seniors, lock };
}

/** Points that share a table, table by table: of thousands of points hardly any two do. */
function meetingsIn({ points, tables, rounds, tableOf }: Design): Pick<Labelling, 'meets' | 'beside'> {
  const meets = new Uint8Array(points * points);
  const beside = Array.from({ length: points }, (): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    const seated = Array.from({ length: tables }, (): number[] => []);
    for (let point = 0; point < points; point += 1) seated[tableOf[round * points + point]!]!.push(point);
    for (const p of seated.flat())
      for (const q of seated[tableOf[round * points + p]!]!) {
        if (p !== q && meets[p * points + q] === 0) beside[p]!.push(q);
        meets[p * points + q] = 1;
      }
  }
  return { meets, beside: beside.map((list) => Int32Array.from(list).sort()) };
}

function wishesOf(hall: Hall, weights: Weights): Float64Array {
  const { people, department } = hall;
  const wish = new Float64Array(people * people);
  for (let a = 0; a < people; a += 1)
    for (let b = 0; b < people; b += 1)
      if (a !== b && department[a]! >= 0 && department[a] === department[b])
        wish[a * people + b] = weights.department;
  const add = (pairs: Hall['apart'], by: number) => {
    for (const [a, b] of pairs) {
      wish[a * people + b]! += by;
      wish[b * people + a]! += by;
    }
  };
  add(hall.apart, weights.apart);
  add(hall.together, -weights.together);
  return wish;
}

/** In columns only people of one side who are here for the same rounds change places: sizes and mix stay as they are. */
function mayExchange({ hall, design, personAt }: Labelling, p: number, q: number): boolean {
  if (!design.columnOf) return true;
  const [a, b] = [personAt[p]!, personAt[q]!];
  if (hall.senior[a] !== hall.senior[b]) return false;
  for (let at = 0; at < hall.present.length; at += hall.people)
    if (hall.present[at + a] !== hall.present[at + b]) return false;
  return true;
}

function exchangeCost(labelling: Labelling, p: number, q: number): number {
  const { hall, design, personAt, meets, beside, wish } = labelling;
  const [a, b] = [personAt[p]!, personAt[q]!];
  const { points } = design;
  const { people } = hall;
  let cost = 0;
  for (const [near, far, by] of [
    [q, p, 1],
    [p, q, -1],
  ] as const)
    for (const point of beside[near]!) {
      const other = personAt[point]!;
      if (other === vacant || point === p || point === q || meets[far * points + point] === 1) continue;
      cost += by * (wish[a * people + other]! - wish[b * people + other]!);
    }
  return cost + lockChange(labelling, p, q) + mixChange(labelling, p, q);
}

function lockChange({ hall, design, personAt, lock }: Labelling, p: number, q: number): number {
  const broken = (person: number, point: number) => {
    let count = 0;
    for (let round = 0; round < design.rounds; round += 1) {
      const fixed = hall.fixed[round * hall.people + person]!;
      if (fixed >= 0 && fixed !== design.tableOf[round * design.points + point]) count += 1;
    }
    return count;
  };
  const [a, b] = [personAt[p]!, personAt[q]!];
  return lock * (broken(a, q) + broken(b, p) - broken(a, p) - broken(b, q));
}

function mixChange({ hall, design, weights, personAt, seniors }: Labelling, p: number, q: number): number {
  const by = hall.senior[personAt[q]!]! - hall.senior[personAt[p]!]!;
  if (by === 0 || !hall.quotas) return 0;
  const size = design.points / design.tables;
  let cost = 0;
  for (let round = 0; round < design.rounds; round += 1) {
    const quota = hall.quotas[round]!;
    const [from, to] = [p, q].map((point) => design.tableOf[round * design.points + point]!);
    if (from === to) continue;
    for (const [table, change] of [
      [from!, by],
      [to!, -by],
    ] as const) {
      const now = seniors[round * design.tables + table]!;
      cost += mixFault(quota, size, now + change) - mixFault(quota, size, now);
    }
  }
  return cost * weights.mix;
}

function exchange({ hall, design, personAt, seniors }: Labelling, p: number, q: number): void {
  const by = hall.senior[personAt[q]!]! - hall.senior[personAt[p]!]!;
  for (let round = 0; by !== 0 && round < design.rounds; round += 1) {
    seniors[round * design.tables + design.tableOf[round * design.points + p]!]! += by;
    seniors[round * design.tables + design.tableOf[round * design.points + q]!]! -= by;
  }
  const kept = personAt[p]!;
  personAt[p] = personAt[q]!;
  personAt[q] = kept;
}
