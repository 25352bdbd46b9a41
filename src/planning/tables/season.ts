// Meetings of this event seen over the season: how many are the first of their pair, and the most there can be.
import { watchOf } from '../effort.ts';
import { sizesOf } from './bounds/composition.ts';
import { type Known, neverOver, onceKnown } from './bounds/known.ts';
import { pairTable } from './bounds/pair-table.ts';
import { areCoHosts, type Hall, hasAlternatives } from './hall.ts';
import { meetingsOf, type Seats } from './score.ts';

/** `all` meetings, those that are `first` this season, and the most firsts of any plan; co-hosts are not counted. */
export function seasonOf(
  hall: Hall,
  seats: Seats,
  isOver = neverOver,
): { all: number; first: number; most: number } {
  const { people } = hall;
  const meetings = meetingsOf(hall, seats);
  let [all, first] = [0, 0];
  for (let a = 0; a < people; a += 1)
    for (let b = a + 1; b < people; b += 1) {
      const at = a * people + b;
      if (areCoHosts(hall, a, b)) continue;
      all += meetings[at]!;
      if (meetings[at]! > 0 && (hall.met?.[at] ?? 0) === 0) first += 1;
    }
  const most = onceKnown(mosts, hall, '', isOver, () => mostFirsts(hall, isOver));
  return { all, first, most: Math.max(first, most) };
}

const mosts: Known<number> = new WeakMap();

/** The most first meetings of any plan; where the time is up, as if all who have not met could. */
function mostFirsts(hall: Hall, isOver: () => boolean): number {
  const { people } = hall;
  const table = hasAlternatives(hall)
    ? undefined
    : pairTable(hall, { apart: false, together: false }, false, watchOf(isOver));
  const open = new Int32Array(people);
  for (let a = 0; a < people; a += 1)
    for (let b = a + 1; b < people; b += 1) {
      const at = a * people + b;
      if (areCoHosts(hall, a, b) || (hall.met?.[at] ?? 0) > 0) continue;
      if (table && table.before[at]! === 0 && table.room[at]! === 0) continue;
      open[a]! += 1;
      open[b]! += 1;
    }
  const sizes = Array.from({ length: hall.rounds }, (_, round) => largest(hall, round));
  let most = 0;
  for (let person = 0; person < people; person += 1)
    most += hasAlternatives(hall) ? open[person]! : Math.min(open[person]!, mostCompany(hall, person, sizes));
  return Math.floor(most / 2);
}

/** The most people somebody can sit with over all rounds, at the largest tables there are; `sizes` of these by round. */
function mostCompany(hall: Hall, person: number, sizes: readonly number[]): number {
  let most = 0;
  for (let round = 0; round < hall.rounds; round += 1) {
    if (hall.present[round * hall.people + person] === 0) continue;
    most += round < hall.frozen ? companyThen(hall, round, person) : Math.max(0, sizes[round]! - 1);
  }
  return most;
}

function largest(hall: Hall, round: number): number {
  const sizes = sizesOf(hall, round);
  let n = sizes.length - 1;
  while (n > 0 && sizes[n] === 0) n -= 1;
  return n;
}

function companyThen({ past, people }: Hall, round: number, person: number): number {
  const table = past[round * people + person];
  let count = -1;
  for (let other = 0; other < people; other += 1) if (past[round * people + other] === table) count += 1;
  return count;
}
