// Lower bounds on every plan. Σ C(m, 2) over pairs that meet m times is at least each of these:
// (1) counting: the meetings of all rounds spread as flat as the pairs that may meet allow, for everybody at once,
//     by side, and between hosts and guests; hosts never meet each other;
// (2) pigeonhole: Σ C(m, 2) is also Σ over two rounds of the pairs that share a table in both; each table of the
//     one round falls into the tables of the other as flat as it can;
// (3) by person: everybody's own meetings spread as flat as they can, halved.
// All of them are for plans that keep what the plan at hand keeps: pairs apart, friends together, tables mixed.
import { type Watch, watchOf } from '../../effort.ts';
import { type Hall, hasAlternatives } from '../hall.ts';
import { apartBroken, type Score, scoreOf, togetherBroken } from '../score.ts';
import { meetingsOfRound, seniorsHere, sideMeetings, sizesOf } from './composition.ts';
import { type Kept, type Known, keyOf, neverOver, onceKnown } from './known.ts';
import { leastMoves } from './moves.ts';
import { type PairTable, pairTable } from './pair-table.ts';
import { pigeonhole } from './pigeonhole.ts';
import { addPair, emptyStock, flattest, flattestCells, type PairStock } from './spread.ts';

/**
 * The least Σ C(m, 2) of any plan that keeps these, and why: the name of the bound that gives it. For the whole
 * `season` it is the least Σ C(m + n, 2) − C(n, 2). A bound that was not counted before the time was up is left out.
 */
export function leastRepeats(
  hall: Hall,
  kept: Kept,
  season = false,
  isOver = neverOver,
): { value: number; why: string } {
  const watch = watchOf(isOver);
  const table = pairTable(hall, kept, season, watch);
  const rounds = Array.from({ length: hall.rounds - hall.frozen }, (_, index) => hall.frozen + index);
  const counted = (why: string, count: (table: PairTable) => number) => {
    const value = table && !watch(0) ? count(table) - table.paid : 0;
    // Pairs that were not looked at any more would make it higher than it is.
    return watch(0) ? [] : [{ value, why }];
  };
  const bounds = [
    ...counted('counting', (pairs) => byKind(hall, pairs, rounds, kept, watch)),
    { value: pigeonhole(hall), why: 'pigeonhole' },
    ...counted('counting by person', (pairs) => byPerson(hall, pairs, rounds, kept, watch)),
  ];
  return bounds.reduce((best, bound) => (bound.value > best.value ? bound : best));
}

/** (1): the best of all people, sides, and hosts with guests. */
function byKind(hall: Hall, table: PairTable, rounds: readonly number[], kept: Kept, isOver: Watch): number {
  const all = meetingsIn(hall, rounds);
  const whole = flattest(stocks(hall, table, () => 0, isOver)[0] ?? emptyStock(), all - table.forced.total);
  const sides = kept.mix ? bySides(hall, table, rounds, isOver) : 0;
  return Math.max(whole, sides, byHosts(hall, table, rounds, isOver));
}

const meetingsIn = (hall: Hall, rounds: readonly number[]) =>
  rounds.reduce((sum, round) => sum + meetingsOfRound(hall, round), 0);

/** The pairs sorted into kinds, as far as there is time. */
function stocks(
  hall: Hall,
  table: PairTable,
  kindOf: (a: number, b: number) => number,
  isOver: Watch,
): PairStock[] {
  const found: PairStock[] = [];
  for (let a = 0; a < hall.people && !isOver(hall.people - a); a += 1)
    for (let b = a + 1; b < hall.people; b += 1) {
      const at = a * hall.people + b;
      const stock = found[kindOf(a, b)] ?? emptyStock();
      found[kindOf(a, b)] = stock;
      addPair(stock, table.before[at]!, table.room[at]!);
    }
  return found;
}

/** Forced meetings sorted into kinds: they are in `before` already. */
function forcedOf(hall: Hall, table: PairTable, kindOf: (a: number, b: number) => number): number[] {
  const found: number[] = [];
  for (const [at, count] of table.forced.byPair) {
    const kind = kindOf(Math.floor(at / hall.people), at % hall.people);
    found[kind] = (found[kind] ?? 0) + count;
  }
  return found;
}

/** Two talents, two seniors, one of each; where everybody's table has a host of one side, hosts apart as well. */
function bySides(hall: Hall, table: PairTable, rounds: readonly number[], isOver: Watch): number {
  const perRound = rounds.map((round) => sideMeetings(hall, round));
  if (perRound.some((meetings) => meetings === undefined)) return 0;
  const sum = (kind: 'talents' | 'seniors' | 'between') =>
    perRound.reduce((total, meetings) => total + meetings![kind], 0);
  const bySide = (a: number, b: number) => hall.senior[a]! + hall.senior[b]!;
  const needed = [sum('talents'), sum('between'), sum('seniors')];
  const plain = spreadKinds(hall, table, bySide, needed, isOver);
  const each = hostsAtEveryTable(hall, rounds);
  if (each === 0 || !hostsAreOfOneSide(hall)) return plain;
  const hostSide = hall.senior[hall.host.indexOf(1)]!;
  const withHost = (a: number, b: number) => bySide(a, b) + (hall.host[a] || hall.host[b] ? 3 : 0);
  const seniors = rounds.reduce((total, round) => total + seniorsHere(hall, round), 0);
  const present = rounds.reduce((total, round) => total + presentIn(hall, round), 0);
  const hosts = each * hall.tables * rounds.length;
  // Every guest meets all hosts of one table a round, and hosts of one table meet each other.
  const amongHosts = (hosts * (each - 1)) / 2;
  const sameSide = each * ((hostSide ? seniors : present - seniors) - hosts) + amongHosts;
  const otherSide = each * (hostSide ? present - seniors : seniors);
  const own = hostSide ? 2 : 0;
  const split = [...needed, 0, otherSide, 0];
  split[own]! -= sameSide;
  split[1]! -= otherSide;
  split[own + 3] = sameSide;
  return Math.max(plain, spreadKinds(hall, table, withHost, split, isOver));
}

function spreadKinds(
  hall: Hall,
  table: PairTable,
  kindOf: (a: number, b: number) => number,
  needed: readonly number[],
  isOver: Watch,
): number {
  const stock = stocks(hall, table, kindOf, isOver);
  const forced = forcedOf(hall, table, kindOf);
  return needed.reduce(
    (total, meetings, kind) =>
      total + flattest(stock[kind] ?? emptyStock(), Math.max(0, meetings - (forced[kind] ?? 0))),
    0,
  );
}

const presentIn = (hall: Hall, round: number) =>
  hall.present.subarray(round * hall.people, (round + 1) * hall.people).reduce((sum, here) => sum + here, 0);

/** How many hosts every table has in all these rounds; 0 where not all have equally many. */
function hostsAtEveryTable(hall: Hall, rounds: readonly number[]): number {
  const teams = hall.units.filter(({ host }) => host);
  const each = teams[0]?.people.length ?? 0;
  const here = (person: number) => rounds.every((round) => hall.present[round * hall.people + person] === 1);
  const all =
    teams.length === hall.tables && teams.every(({ people }) => people.length === each && people.every(here));
  return all ? each : 0;
}

function hostsAreOfOneSide(hall: Hall): boolean {
  const side = hall.senior[hall.host.indexOf(1)]!;
  return hall.host.every((host, person) => host === 0 || hall.senior[person] === side);
}

/** Hosts with guests, and guests with guests, where every table has equally many hosts. */
function byHosts(hall: Hall, table: PairTable, rounds: readonly number[], isOver: Watch): number {
  const each = hostsAtEveryTable(hall, rounds);
  if (each === 0) return 0;
  const present = rounds.reduce((sum, round) => sum + presentIn(hall, round), 0);
  const hosts = each * hall.tables * rounds.length;
  const withHosts = each * (present - hosts) + (hosts * (each - 1)) / 2;
  const kindOf = (a: number, b: number) => (hall.host[a] || hall.host[b] ? 1 : 0);
  return spreadKinds(hall, table, kindOf, [meetingsIn(hall, rounds) - withHosts, withHosts], isOver);
}

/** (3): half the sum over people of their own flattest spread, at the smallest tables they can be at. */
function byPerson(
  hall: Hall,
  table: PairTable,
  rounds: readonly number[],
  kept: Kept,
  isOver: Watch,
): number {
  const least = rounds.map((round) => leastCompany(hall, round));
  let total = 0;
  for (let person = 0; person < hall.people && !isOver(hall.people); person += 1) {
    const kinds = [emptyStock(), emptyStock(), emptyStock()];
    const needed = [0, 0, 0];
    for (let other = 0; other < hall.people; other += 1) {
      if (other === person) continue;
      const at = Math.min(person, other) * hall.people + Math.max(person, other);
      const forced = table.forced.byPair.get(at) ?? 0;
      for (const kind of [hall.senior[other]!, 2]) {
        addPair(kinds[kind]!, table.before[at]!, table.room[at]!);
        needed[kind]! -= forced;
      }
    }
    for (const [index, round] of rounds.entries()) {
      if (hall.present[round * hall.people + person] === 0) continue;
      const company = least[index]!;
      const own = hall.senior[person]!;
      needed[0]! += Math.max(0, company.talents - (own === 0 ? 1 : 0));
      needed[1]! += Math.max(0, company.seniors - (own === 1 ? 1 : 0));
      needed[2]! += Math.max(0, company.people - 1);
    }
    const spread = kinds.map((kind, index) => flattest(kind, Math.max(0, needed[index]!)));
    total += Math.max(spread[2]!, kept.mix && hall.quotas ? spread[0]! + spread[1]! : 0);
  }
  return Math.ceil(total / 2);
}

/** The fewest people, talents and seniors at any table of a round. */
function leastCompany(hall: Hall, round: number): { people: number; talents: number; seniors: number } {
  const sizes = [...sizesOf(hall, round).entries()]
    .filter(([n, tables]) => n > 0 && tables > 0)
    .map(([n]) => n);
  const quota = hall.quotas?.[round];
  const least = (value: (n: number) => number) => (sizes.length > 0 ? Math.min(...sizes.map(value)) : 0);
  return {
    people: least((n) => n),
    talents: quota ? least((n) => n - quota.most[n]!) : 0,
    seniors: quota ? least((n) => quota.least[n]!) : 0,
  };
}

/** Returns which wishes a plan of this score keeps, as far as they can be kept at all. */
export function keptBy(hall: Hall, score: Score): Kept {
  const forced = forcedBreaks(hall);
  return {
    apart: score.apart <= forced.apart,
    together: score.together <= forced.together,
    mix: score.mix === 0,
  };
}

/**
 * The least each part of the objective can be, for plans that keep what `score` keeps; of many people no more than what
 * was known when the time was up.
 */
export function leastScore(hall: Hall, score: Score, isOver = neverOver): Score & { why: string } {
  const kept = keptBy(hall, score);
  return onceKnown(bounds, hall, keyOf(kept), isOver, () => leastKeeping(hall, kept, isOver));
}

/** Bounds by what is kept. */
const bounds: Known<Score & { why: string }> = new WeakMap();

function leastKeeping(hall: Hall, kept: Kept, isOver: () => boolean): Score & { why: string } {
  const forced = forcedBreaks(hall);
  const others = hasAlternatives(hall);
  const repeats = others ? pastAlone(hall) : leastRepeats(hall, kept, false, isOver);
  const season = hall.met && !others ? leastRepeats(hall, kept, true, isOver) : repeats;
  return {
    ...forced,
    mix: 0,
    repeatedMeetings: repeats.value,
    seasonMeetings: season.value,
    repeats: 0,
    departments: hall.choseWhoSitsOut ? 0 : leastDepartments(hall),
    hosts: 0,
    moved: others ? 0 : leastMoves(hall, kept.mix),
    why: repeats.why,
  };
}

/** The repeats of rounds that are held: all that is sure where sizes, or who sits out, could be others. */
function pastAlone(hall: Hall): { value: number; why: string } {
  const seats = new Int32Array(hall.people * hall.rounds).fill(-1);
  seats.set(hall.past);
  return { value: scoreOf(hall, seats).repeatedMeetings, why: 'rounds already held' };
}

/** Wishes broken by the past and by locks, whatever is planned. */
function forcedBreaks(hall: Hall): { apart: number; together: number } {
  const seats = Int32Array.from(hall.fixed);
  seats.set(hall.past);
  return { apart: apartBroken(hall, seats).length, together: togetherBroken(hall, seats).length };
}

/** Each department spread flat over the tables of each round; what is held is counted as it was. */
function leastDepartments(hall: Hall): number {
  const departments = Math.max(-1, ...hall.department) + 1;
  let least = 0;
  for (let round = 0; round < hall.rounds; round += 1) {
    const cells = new Int32Array(departments * (round < hall.frozen ? hall.tables : 1));
    for (let person = 0; person < hall.people; person += 1) {
      const [at, department] = [round * hall.people + person, hall.department[person]!];
      if (hall.present[at] === 0 || department < 0) continue;
      cells[round < hall.frozen ? department * hall.tables + hall.past[at]! : department]! += 1;
    }
    for (const count of cells) least += flattestCells(count, round < hall.frozen ? 1 : hall.tables);
  }
  return least;
}
