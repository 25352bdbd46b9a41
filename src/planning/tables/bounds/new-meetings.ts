// How many meetings cannot be new, and how many new ones there can be at most.
import { type Hall, hasOthers } from '../hall.ts';
import type { Kept } from './bounds.ts';
import { meetingsOfRound } from './composition.ts';
import { pairTable } from './pair-table.ts';

/** The least Σ max(0, m − 1) of any plan that keeps these: meetings beyond the pairs there are to meet. */
export function leastNotNew(hall: Hall, kept: Kept): number {
  if (hasOthers(hall)) return 0;
  const { people } = hall;
  const table = pairTable(hall, kept, false);
  let [meetings, pairs] = [0, 0];
  for (let round = hall.frozen; round < hall.rounds; round += 1) meetings += meetingsOfRound(hall, round);
  meetings -= table.forced.total;
  for (let at = 0; at < people * people; at += 1) {
    const before = table.before[at]!;
    meetings += before;
    if (before > 0 || table.room[at]! > 0) pairs += 1;
  }
  return Math.max(0, meetings - pairs);
}
