// A seating under search: who sits where, and what every person would meet at every table, kept up to date.
// sums[(round · tables + table) · people + person] is the cost of the person's meetings at that table: Σ X over those
// who sit there, where X[a, b] is what one more meeting of a and b costs (weight · times met, plus wishes). A swap is
// then valued from eight numbers (after Dotú and Van Hentenryck, "Scheduling social golfers locally", CPAIOR 2005).
import { areCoHosts, type Hall, nowhere } from './hall.ts';
import { mixFault } from './mix.ts';
import { isGuestAndHost, meetingsOf, type Seats, scoreOf } from './score.ts';
import { costOf, type Weights } from './weights.ts';

/** An empty chair. */
export const nobody = -1;

/** Everything a search keeps; all arrays are changed in place by `swapChairs`. */
export interface Seating {
  hall: Hall;
  weights: Weights;
  seats: Seats;
  /** Chairs of all rounds, table after table: chairs of (round, table) begin at start[round · tables + table]. */
  start: Int32Array;
  chairs: Int32Array;
  /** The table of each chair, as round · tables + table. */
  tableOf: Int32Array;
  /** The chair of everybody here, [round · people + person]. */
  chairOf: Int32Array;
  /** People and seniors at each table, [round · tables + table]. */
  seated: Int32Array;
  seniors: Int32Array;
  /** Cost of one more meeting of a and b, [a · people + b]. */
  next: Float64Array;
  sums: Float64Array;
  /** The cost of the whole seating, under its weights. */
  cost: number;
}

/** The seating of `seats`, counted afresh; every round not held yet must fill its chairs as the hall says. */
export function seatingOf(hall: Hall, weights: Weights, seats: Seats): Seating {
  const { people, tables, rounds } = hall;
  const start = new Int32Array(rounds * tables + 1);
  for (let at = 0; at < rounds * tables; at += 1) start[at + 1] = start[at]! + hall.chairs[at]!;
  const seating: Seating = {
    hall,
    weights,
    seats: Int32Array.from(seats),
    start,
    chairs: new Int32Array(start.at(-1)!).fill(nobody),
    tableOf: new Int32Array(start.at(-1)!),
    chairOf: new Int32Array(rounds * people).fill(nobody),
    seated: new Int32Array(rounds * tables),
    seniors: new Int32Array(rounds * tables),
    next: nextCosts(hall, weights, seats),
    sums: new Float64Array(rounds * tables * people),
    cost: costOf(scoreOf(hall, seats), weights),
  };
  for (let at = 0; at < rounds * tables; at += 1) seating.tableOf.fill(at, start[at]!, start[at + 1]!);
  for (let round = hall.frozen; round < rounds; round += 1) sitDown(seating, round);
  return seating;
}

function sitDown(seating: Seating, round: number): void {
  const { hall, seats, start, chairs, chairOf, seated, seniors, sums, next } = seating;
  const { people, tables } = hall;
  for (let person = 0; person < people; person += 1) {
    const table = seats[round * people + person]!;
    if (table < 0) continue;
    const at = round * tables + table;
    const chair = start[at]! + seated[at]!;
    chairs[chair] = person;
    chairOf[round * people + person] = chair;
    seated[at]! += 1;
    seniors[at]! += hall.senior[person]!;
    for (let other = 0; other < people; other += 1)
      sums[at * people + other]! += next[person * people + other]!;
  }
  addMoveCosts(seating, round);
}

/** Adds what sitting elsewhere than before costs to the sums of one round. */
function addMoveCosts({ hall, weights, sums }: Seating, round: number): void {
  if (!hall.previous || weights.moved === 0) return;
  for (let person = 0; person < hall.people; person += 1) {
    const before = hall.previous[round * hall.people + person]!;
    if (before < 0) continue;
    for (let table = 0; table < hall.tables; table += 1)
      if (table !== before) sums[(round * hall.tables + table) * hall.people + person]! += weights.moved;
  }
}

/** Returns the cost of one more meeting of each pair: repeats by how often they met, wishes however often. */
function nextCosts(hall: Hall, weights: Weights, seats: Seats): Float64Array {
  const { people, department } = hall;
  const meetings = meetingsOf(hall, seats);
  const next = new Float64Array(people * people);
  for (let a = 0; a < people; a += 1)
    for (let b = 0; b < people; b += 1) {
      if (a === b) continue;
      const times = meetings[a * people + b]! + (hall.met?.[a * people + b] ?? 0);
      next[a * people + b] = times * repeatWeight(hall, weights, a, b);
      if (department[a]! >= 0 && department[a] === department[b]) next[a * people + b]! += weights.department;
    }
  const add = (pairs: Hall['apart'], by: number) => {
    for (const [a, b] of pairs) {
      next[a * people + b]! += by;
      next[b * people + a]! += by;
    }
  };
  add(hall.apart, weights.apart);
  add(hall.together, -weights.together);
  return next;
}

/** Returns the weight of a repeat of this pair. */
export function repeatWeight(hall: Hall, weights: Weights, a: number, b: number): number {
  if (areCoHosts(hall, a, b)) return 0;
  return weights.host > 0 && isGuestAndHost(hall, a, b) ? weights.repeat + weights.host : weights.repeat;
}

/** Returns the cost in meetings, wishes and moves (not in mix) that a person's leaving their table would save. */
export function ownCost(seating: Seating, round: number, person: number): number {
  const { hall, weights, seats, seated, sums } = seating;
  const at = round * hall.tables + seats[round * hall.people + person]!;
  const company = seated[at]! - 1 - coHostsAt(seating, round, person);
  return sums[at * hall.people + person]! - weights.repeat * company - hostsAt(seating, at, person);
}

/** How many co-hosts sit with a person: these meetings weigh nothing. */
function coHostsAt({ hall, seats }: Seating, round: number, person: number): number {
  const unit = hall.unitOf[person]!;
  if (unit < 0 || hall.units[unit]!.people.length < 2) return 0;
  const table = seats[round * hall.people + person]!;
  const sits = (other: number) => other !== person && seats[round * hall.people + other] === table;
  return hall.units[unit]!.people.filter(sits).length;
}

/** The share of `ownCost` that hosts at the table of a guest, or guests at the table of a host, weigh more. */
function hostsAt({ hall, weights, chairs, start }: Seating, at: number, person: number): number {
  if (weights.host === 0) return 0;
  let count = 0;
  for (let chair = start[at]!; chair < start[at + 1]!; chair += 1) {
    const other = chairs[chair]!;
    if (other !== nobody && other !== person && isGuestAndHost(hall, person, other)) count += 1;
  }
  return weights.host * count;
}

/** How much dearer the mix gets when `at` gains and loses people and seniors. */
export function mixChange(seating: Seating, at: number, people: number, seniors: number): number {
  const { hall, weights, seated } = seating;
  if (!hall.quotas) return 0;
  const quota = hall.quotas[Math.floor(at / hall.tables)]!;
  const now = mixFault(quota, seated[at]!, seating.seniors[at]!);
  return (mixFault(quota, seated[at]! + people, seating.seniors[at]! + seniors) - now) * weights.mix;
}

/** Returns the cost of swapping the people of two chairs at two tables of a round; `two` may be an empty chair. */
export function swapCost(seating: Seating, round: number, one: number, two: number): number {
  const { hall, seats, chairs, sums, next } = seating;
  const { people, tables } = hall;
  const [p, q] = [chairs[one]!, chairs[two]!];
  const from = round * tables + seats[round * people + p]!;
  const to = seating.tableOf[two]!;
  const seniorP = hall.senior[p]!;
  if (q === nobody) {
    const mixed = mixChange(seating, from, -1, -seniorP) + mixChange(seating, to, 1, seniorP);
    return sums[to * people + p]! - ownCost(seating, round, p) + mixed;
  }
  const by = hall.senior[q]! - seniorP;
  const mixed = by === 0 ? 0 : mixChange(seating, from, 0, by) + mixChange(seating, to, 0, -by);
  const joining = sums[to * people + p]! + sums[from * people + q]! - 2 * next[p * people + q]!;
  return joining - ownCost(seating, round, p) - ownCost(seating, round, q) + mixed;
}

/** Swaps the people of two chairs at two tables of a round; `two` may be empty. Costs O(people + seats · rounds). */
export function swapChairs(seating: Seating, round: number, one: number, two: number): void {
  const [p, q] = [seating.chairs[one]!, seating.chairs[two]!];
  seating.cost += swapCost(seating, round, one, two);
  leave(seating, round, p);
  if (q !== nobody) leave(seating, round, q);
  join(seating, round, p, two);
  if (q !== nobody) join(seating, round, q, one);
}

function leave(seating: Seating, round: number, person: number): void {
  const { hall, start, chairs, chairOf, seats, sums, next, tableOf } = seating;
  const { people } = hall;
  const chair = chairOf[round * people + person]!;
  const at = tableOf[chair]!;
  for (let other = 0; other < people; other += 1)
    sums[at * people + other]! -= next[person * people + other]!;
  seating.seated[at]! -= 1;
  seating.seniors[at]! -= hall.senior[person]!;
  chairs[chair] = nobody;
  chairOf[round * people + person] = nobody;
  seats[round * people + person] = nowhere;
  for (let beside = start[at]!; beside < start[at + 1]!; beside += 1)
    if (chairs[beside] !== nobody) meet(seating, person, chairs[beside]!, -1);
}

function join(seating: Seating, round: number, person: number, chair: number): void {
  const { hall, start, chairs, chairOf, seats, sums, next, tableOf } = seating;
  const { people } = hall;
  const at = tableOf[chair]!;
  for (let beside = start[at]!; beside < start[at + 1]!; beside += 1)
    if (chairs[beside] !== nobody) meet(seating, person, chairs[beside]!, 1);
  for (let other = 0; other < people; other += 1)
    sums[at * people + other]! += next[person * people + other]!;
  seating.seated[at]! += 1;
  seating.seniors[at]! += hall.senior[person]!;
  chairs[chair] = person;
  chairOf[round * people + person] = chair;
  seats[round * people + person] = at - round * hall.tables;
}

/** One meeting of a and b more or fewer: dearer or cheaper wherever one of them sits and the other might come. */
function meet(seating: Seating, a: number, b: number, by: 1 | -1): void {
  const { hall, weights, seats, sums, next } = seating;
  const { people, tables, rounds } = hall;
  const weight = by * repeatWeight(hall, weights, a, b);
  next[a * people + b]! += weight;
  next[b * people + a]! += weight;
  for (let round = hall.frozen; round < rounds; round += 1) {
    const tableA = seats[round * people + a]!;
    const tableB = seats[round * people + b]!;
    if (tableB >= 0) sums[(round * tables + tableB) * people + a]! += weight;
    if (tableA >= 0) sums[(round * tables + tableA) * people + b]! += weight;
  }
}
