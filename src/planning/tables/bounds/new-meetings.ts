// How many meetings cannot be new, and how many new ones there can be at most.
import { watchOf } from '../../effort.ts';
import { type Hall, hasAlternatives } from '../hall.ts';
import { meetingsOfRound } from './composition.ts';
import { type Kept, type Known, keyOf, neverOver, onceKnown } from './known.ts';
import { pairTable } from './pair-table.ts';

/**
 * The least Σ max(0, m − 1) of any plan that keeps these: meetings beyond the pairs there are to meet. 0 where the time
 * was up before they were counted.
 */
export function leastNotNew(hall: Hall, kept: Kept, isOver = neverOver): number {
  if (hasAlternatives(hall)) return 0;
  return onceKnown(counts, hall, keyOf(kept), isOver, () => countNotNew(hall, kept, isOver));
}

/** Counts by what is kept. */
const counts: Known<number> = new WeakMap();

function countNotNew(hall: Hall, kept: Kept, isOver: () => boolean): number {
  const { people } = hall;
  const table = pairTable(hall, kept, false, watchOf(isOver));
  if (!table) return 0;
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
