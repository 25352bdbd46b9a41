// How often each pair has met or must meet, and how often it still can: what the counting bounds spread over.
import type { Watch } from '../../effort.ts';
import { areCoHosts, type Hall } from '../hall.ts';

/** Pairs a < b, indexed [a · people + b]. */
export interface PairTable {
  /** Meetings of the past and those that are forced. */
  before: Int32Array;
  /** Rounds in which the pair can meet besides. */
  room: Int32Array;
  /** Σ C(n, 2) over n meetings at earlier events: nothing this plan is charged with. */
  paid: number;
  /** Meetings forced by locks and friendship, and free ones of co-hosts, in rounds to come. */
  forced: { byPair: Map<number, number>; total: number };
}

/**
 * The table for plans that keep pairs apart and friends together, as far as `kept` says they do; with meetings at
 * earlier events where the bound is for the whole `season`. Undefined where the time was up before it was complete.
 */
export function pairTable(
  hall: Hall,
  kept: { apart: boolean; together: boolean },
  season: boolean,
  isOver: Watch,
): PairTable | undefined {
  const { people } = hall;
  const size = people * people;
  const table: PairTable = {
    before: new Int32Array(size),
    room: new Int32Array(size),
    paid: 0,
    forced: { byPair: new Map(), total: 0 },
  };
  const never = new Set(kept.apart ? hall.apart.map(([a, b]) => a * people + b) : []);
  const always = new Set(kept.together ? hall.together.map(([a, b]) => a * people + b) : []);
  const plain = alwaysOpen(hall);
  for (let a = 0; a < people; a += 1) {
    if (isOver(people - a)) return undefined;
    for (let b = a + 1; b < people; b += 1) {
      const at = a * people + b;
      if (plain[a]! & plain[b]! && !never.has(at) && !always.has(at)) {
        table.room[at] = hall.rounds;
        continue;
      }
      if (!areCoHosts(hall, a, b)) addBefore(hall, table, a, b, season);
      const bothHosts = hall.host[a] === 1 && hall.host[b] === 1;
      addToCome(hall, table, a, b, always.has(at), bothHosts || never.has(at));
    }
  }
  return table;
}

/** 1 for people who are here in all rounds and may sit anywhere, where nothing has been held and nobody has met. */
function alwaysOpen(hall: Hall): Uint8Array {
  const open = new Uint8Array(hall.people);
  if (hall.frozen > 0 || hall.met) return open;
  for (let person = 0; person < hall.people; person += 1) {
    let isOpen = hall.unitOf[person]! < 0;
    for (let at = person; at < hall.present.length; at += hall.people)
      isOpen &&= hall.present[at] === 1 && hall.fixed[at]! < 0;
    open[person] = isOpen ? 1 : 0;
  }
  return open;
}

/** The meetings of a pair in rounds already held, and at earlier events. */
function addBefore(hall: Hall, table: PairTable, a: number, b: number, season: boolean): void {
  const { people, past } = hall;
  const at = a * people + b;
  if (season && hall.met) {
    table.before[at] = hall.met[at]!;
    table.paid += (hall.met[at]! * (hall.met[at]! - 1)) / 2;
  }
  for (let round = 0; round < hall.frozen; round += 1) {
    const seat = past[round * people + a]!;
    if (seat >= 0 && seat === past[round * people + b]) table.before[at]! += 1;
  }
}

/** The rounds to come in which a pair meets for sure, or may meet. */
function addToCome(
  hall: Hall,
  table: PairTable,
  a: number,
  b: number,
  always: boolean,
  never: boolean,
): void {
  const { people, present, fixed } = hall;
  const coHosts = areCoHosts(hall, a, b);
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const [one, two] = [round * people + a, round * people + b];
    if (present[one] === 0 || present[two] === 0) continue;
    const bothFixed = fixed[one]! >= 0 && fixed[two]! >= 0;
    if (coHosts) force(table, a * people + b, 0);
    else if (always || (bothFixed && fixed[one] === fixed[two])) force(table, a * people + b, 1);
    else if (!never && !bothFixed) table.room[a * people + b]! += 1;
  }
}

function force(table: PairTable, at: number, counts: 0 | 1): void {
  table.before[at]! += counts;
  table.forced.byPair.set(at, (table.forced.byPair.get(at) ?? 0) + 1);
  table.forced.total += 1;
}
