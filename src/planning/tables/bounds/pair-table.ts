// How often each pair has met or must meet, and how often it still can: what the counting bounds spread over.
import type { Hall } from '../hall.ts';

/** Pairs a < b, indexed [a · people + b]. */
export interface PairTable {
  /** Meetings of the past and those that are forced. */
  before: Int32Array;
  /** Rounds in which the pair can meet besides. */
  room: Int32Array;
  /** Meetings forced by locks and friendship in rounds to come. */
  forced: { byPair: Map<number, number>; total: number };
}

/** The table for plans that keep pairs apart and friends together, as far as `kept` says they do. */
export function pairTable(hall: Hall, kept: { apart: boolean; together: boolean }): PairTable {
  const { people, rounds, frozen } = hall;
  const size = people * people;
  const table: PairTable = {
    before: new Int32Array(size),
    room: new Int32Array(size),
    forced: { byPair: new Map(), total: 0 },
  };
  const never = new Set(kept.apart ? hall.apart.map(([a, b]) => a * people + b) : []);
  const always = new Set(kept.together ? hall.together.map(([a, b]) => a * people + b) : []);
  for (let a = 0; a < people; a += 1)
    for (let b = a + 1; b < people; b += 1) {
      const at = a * people + b;
      for (let round = 0; round < frozen; round += 1)
        if (
          hall.past[round * people + a]! >= 0 &&
          hall.past[round * people + a] === hall.past[round * people + b]
        )
          table.before[at]! += 1;
      const bothHosts = hall.host[a] === 1 && hall.host[b] === 1;
      for (let round = frozen; round < rounds; round += 1) {
        const [one, two] = [round * people + a, round * people + b];
        if (hall.present[one] === 0 || hall.present[two] === 0) continue;
        const [tableA, tableB] = [hall.forced[one]!, hall.forced[two]!];
        const together = always.has(at) || (tableA >= 0 && tableA === tableB);
        const apart = bothHosts || never.has(at) || (tableA >= 0 && tableB >= 0 && tableA !== tableB);
        if (together) force(table, at);
        else if (!apart) table.room[at]! += 1;
      }
    }
  return table;
}

function force(table: PairTable, at: number): void {
  table.before[at]! += 1;
  table.forced.byPair.set(at, (table.forced.byPair.get(at) ?? 0) + 1);
  table.forced.total += 1;
}
