// Searches among seatings by swaps of two people in a round, with a tabu list (Glover 1989; for golfers Dotú and
// Van Hentenryck 2005): of all swaps of somebody whose table costs something, the best that is not tabu is made,
// even where it makes things worse; nobody goes back to the table they left for a while.
import type { Spending } from '../effort.ts';
import { type Random, shuffle } from '../random.ts';
import { moveFriends } from './friends.ts';
import { type Hall, mayNotMoveAlone } from './hall.ts';
import type { Seats } from './score.ts';
import { mixChange, nobody, ownCost, type Seating, swapChairs } from './seating.ts';
import { freeUnits, moveUnit } from './unit-moves.ts';

/** How the search is tuned; counts are of swaps. */
export interface Tuning {
  /** A table is tabu for 1 to this many swaps. */
  tenure: number;
  /** Most swaps valued before one is made. */
  evaluations: number;
  /** After this many swaps without a better seating it goes on from the best one, shaken. */
  patience: number;
}

/** The usual tuning. */
export const usualTuning: Tuning = { tenure: 3, evaluations: 20_000, patience: 8000 };

/** A search that can be stopped and taken up again. */
export interface Search {
  seating: Seating;
  random: Random;
  tuning: Tuning;
  /** The step until which a person may not come to a table, [(round · tables + table) · people + person]. */
  tabuUntil: Int32Array;
  /** People who may move in each round, talents and seniors apart where the mix counts. */
  movable: { all: Int32Array; bySide: [Int32Array, Int32Array] }[];
  /** The units whose table is the planner's choice. */
  free: readonly number[];
  own: Float64Array;
  step: number;
  lastBetter: number;
  best: number;
  bestSeats: Seats;
}

/** The best move found so far in one scan. */
interface Move {
  round: number;
  one: number;
  two: number;
  cost: number;
  ties: number;
}

/** After so many swaps one of those who keep a table may change it. */
const stepsBetweenUnits = 12;

/** Starts a search from a seating, which it takes over. */
export function beginSearch(seating: Seating, random: Random, tuning: Tuning = usualTuning): Search {
  const { hall } = seating;
  return {
    seating,
    random,
    tuning,
    tabuUntil: new Int32Array(hall.rounds * hall.tables * hall.people),
    movable: movableIn(hall),
    free: freeUnits(hall),
    own: new Float64Array(hall.rounds * hall.people),
    step: 0,
    lastBetter: 0,
    best: seating.cost,
    bestSeats: Int32Array.from(seating.seats),
  };
}

/** Goes on searching, over at most `steps` swaps, until the cost is `goal` or the budget is spent. */
export function runSearch(search: Search, goal: number, spending: Spending, steps: number): void {
  const { seating, tuning } = search;
  for (let left = steps; left > 0 && search.best > goal && spending.step(); left -= 1) {
    search.step += 1;
    makeMove(search);
    if (search.step % 8 === 0 && seating.hall.together.length > 0) moveFriends(seating, search.random);
    if (search.step % stepsBetweenUnits === 0 && search.free.length > 0)
      moveUnit(
        seating,
        search.free,
        search.random,
        search.random.below(8) === 0 ? 3 * seating.weights.repeat : 0,
      );
    if (seating.cost < search.best) {
      search.best = seating.cost;
      search.bestSeats.set(seating.seats);
      search.lastBetter = search.step;
    } else if (search.step - search.lastBetter > tuning.patience) {
      shake(search);
      search.lastBetter = search.step;
    }
  }
}

function movableIn(hall: Hall): Search['movable'] {
  return Array.from({ length: hall.rounds }, (_, round) => {
    const all = Int32Array.from({ length: hall.people }, (__, person) => person).filter(
      (person) => round >= hall.frozen && mayMove(hall, round, person),
    );
    const side = (senior: number) => all.filter((person) => hall.senior[person] === senior);
    return { all, bySide: [side(0), side(1)] as [Int32Array, Int32Array] };
  });
}

const mayMove = (hall: Hall, round: number, person: number) =>
  hall.present[round * hall.people + person] === 1 && !mayNotMoveAlone(hall, round, person);

/** Makes the best swap of this step, if there is any that is allowed. */
function makeMove(search: Search): void {
  const { seating, random, tuning } = search;
  const { people } = seating.hall;
  const candidates = candidatesOf(search);
  const most = Math.max(1, Math.floor(tuning.evaluations / Math.max(1, people)));
  const move: Move = { round: -1, one: -1, two: -1, cost: Number.POSITIVE_INFINITY, ties: 0 };
  for (let index = 0; index < Math.min(most, candidates.length); index += 1) {
    const other = index + random.below(candidates.length - index);
    const at = candidates[other]!;
    candidates[other] = candidates[index]!;
    scan(search, Math.floor(at / people), at % people, move);
  }
  if (move.round < 0) return;
  forbid(search, move.one);
  forbid(search, move.two);
  swapChairs(seating, move.round, move.one, move.two);
}

/** Nobody comes back to the table they leave for a while. */
function forbid({ seating, random, tuning, tabuUntil, step }: Search, chair: number): void {
  const person = seating.chairs[chair]!;
  if (person === nobody) return;
  tabuUntil[seating.tableOf[chair]! * seating.hall.people + person] = step + 1 + random.below(tuning.tenure);
}

/**
 * Lists who is to be moved, as round · people + person: people whose table costs at least a repeat, else any cost, else
 * anybody. Fills `own` as it goes.
 */
function candidatesOf(search: Search): number[] {
  const { seating, movable, own, random } = search;
  const { hall, weights } = seating;
  const [dear, any, all]: [number[], number[], number[]] = [[], [], []];
  const alsoLesser = random.below(10) === 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1)
    for (const person of movable[round]!.all) {
      const at = round * hall.people + person;
      const cost = ownCost(seating, round, person);
      own[at] = cost;
      all.push(at);
      if (cost > 0) any.push(at);
      if (cost >= weights.repeat) dear.push(at);
    }
  const faulty = hall.quotas !== undefined && weights.mix > 0 && search.seating.cost >= weights.mix;
  if (faulty && random.below(4) === 0) return all;
  if (dear.length > 0 && !alsoLesser) return dear;
  return any.length > 0 ? any : all;
}

/** Values every swap of one person in a round and keeps the best in `move`. */
function scan(search: Search, round: number, person: number, move: Move): void {
  const { seating, movable } = search;
  const { hall } = seating;
  const senior = hall.senior[person]!;
  if (!hall.quotas) {
    scanList(search, round, person, movable[round]!.all, false, move);
  } else {
    const [talents, seniors] = movable[round]!.bySide;
    scanList(search, round, person, senior ? seniors : talents, false, move);
    scanList(search, round, person, senior ? talents : seniors, true, move);
  }
  if (hall.empty[round]! > 0) scanEmpty(search, round, person, move);
}

function scanList(
  search: Search,
  round: number,
  p: number,
  list: Int32Array,
  otherSide: boolean,
  move: Move,
): void {
  const { seating, own, tabuUntil, step, best } = search;
  const { hall, seats, sums, next, cost, chairOf } = seating;
  const { people, tables } = hall;
  const base = round * people;
  const table = seats[base + p]!;
  const from = round * tables + table;
  const fromSums = from * people;
  const ownP = own[base + p]!;
  const bySenior = 1 - 2 * hall.senior[p]!;
  const leaving = otherSide ? mixChange(seating, from, 0, bySenior) : 0;
  for (let index = 0; index < list.length; index += 1) {
    const q = list[index]!;
    const tableQ = seats[base + q]!;
    if (tableQ === table) continue;
    const to = round * tables + tableQ;
    let change =
      sums[to * people + p]! - ownP + sums[fromSums + q]! - own[base + q]! - 2 * next[p * people + q]!;
    if (otherSide) change += leaving + mixChange(seating, to, 0, -bySenior);
    if (change > move.cost) continue;
    const tabu = tabuUntil[to * people + p]! > step || tabuUntil[fromSums + q]! > step;
    if (tabu && cost + change >= best) continue;
    keep(search, move, round, chairOf[base + p]!, chairOf[base + q]!, change);
  }
}

/** Values moving one person to every empty chair; no table may lack more than one person. */
function scanEmpty(search: Search, round: number, p: number, move: Move): void {
  const { seating, own, tabuUntil, step, best } = search;
  const { hall, seats, sums, start, chairs, seated, chairOf } = seating;
  const { people, tables } = hall;
  const from = round * tables + seats[round * people + p]!;
  if (hall.mayLackOne[from] === 0 || seated[from]! < start[from + 1]! - start[from]!) return;
  const leaving = mixChange(seating, from, -1, -hall.senior[p]!);
  for (let to = round * tables; to < (round + 1) * tables; to += 1) {
    if (to === from || seated[to] === start[to + 1]! - start[to]!) continue;
    const mixed = leaving + mixChange(seating, to, 1, hall.senior[p]!);
    const change = sums[to * people + p]! - own[round * people + p]! + mixed;
    if (change > move.cost) continue;
    if (tabuUntil[to * people + p]! > step && seating.cost + change >= best) continue;
    let chair = start[to]!;
    while (chairs[chair] !== nobody) chair += 1;
    keep(search, move, round, chairOf[round * people + p]!, chair, change);
  }
}

function keep({ random }: Search, move: Move, round: number, one: number, two: number, cost: number): void {
  move.ties = cost < move.cost ? 1 : move.ties + 1;
  if (cost === move.cost && random.below(move.ties) > 0) return;
  move.round = round;
  move.one = one;
  move.two = two;
  move.cost = cost;
}

/** Goes back to the best seating and shakes it: a few swaps by chance in every round. */
function shake(search: Search): void {
  const { seating, bestSeats, movable, random, tabuUntil } = search;
  const { hall, chairOf } = seating;
  const { people, rounds, frozen } = hall;
  for (let round = frozen; round < rounds; round += 1) {
    restore(seating, bestSeats, round);
    for (const list of hall.quotas ? movable[round]!.bySide : [movable[round]!.all]) {
      const chosen = shuffle(list.slice(), random);
      for (let index = 0; index + 1 < Math.min(chosen.length, 2 + people / 8); index += 2) {
        const [p, q] = [chosen[index]!, chosen[index + 1]!];
        if (seating.seats[round * people + p] !== seating.seats[round * people + q])
          swapChairs(seating, round, chairOf[round * people + p]!, chairOf[round * people + q]!);
      }
    }
  }
  if (search.free.length > 0 && random.below(2) === 0)
    moveUnit(seating, search.free, random, Number.POSITIVE_INFINITY);
  tabuUntil.fill(0);
}

/** Brings one round back to `seats`, swap by swap. */
function restore(seating: Seating, seats: Seats, round: number): void {
  const { hall, start, chairs, chairOf } = seating;
  const { people, tables } = hall;
  for (let person = 0; person < people; person += 1) {
    const wanted = seats[round * people + person]!;
    if (wanted < 0 || seating.seats[round * people + person] === wanted) continue;
    const at = round * tables + wanted;
    let chair = start[at]!;
    while (chairs[chair] !== nobody && seats[round * people + chairs[chair]!] === wanted) chair += 1;
    swapChairs(seating, round, chairOf[round * people + person]!, chair);
  }
}
