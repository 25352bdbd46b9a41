// Many events played on one home against one build, and what all readers together found.
import type { Nameless } from './nameless.ts';
import type { Place } from './places.ts';
import { planOf } from './plan.ts';
import { type Moved, play } from './play.ts';
import { count, isBroken, type Line } from './score.ts';

export interface Found {
  events: number;
  asks: number;
  votes: number;
  lines: Line[];
  moved: Moved;
  /** Votes at rest that have a value in common with another. */
  shared: number;
  asked: Asked;
}

/**
 * Number of askers among the guests who left a name between two publications, and among the others. Stated, not
 * bounded.
 */
export interface Asked {
  named: number;
  namedAsked: number;
  others: number;
  othersAsked: number;
}

export interface Length {
  events: number;
  /** No event begins after so many seconds, but two are played at least. */
  seconds: number;
  /** Stops as soon as something is broken whose words are like this. */
  untilBroken?: RegExp;
  /** False: the organiser's pages are left out, which take most of the time. */
  withPages?: boolean;
  /** Hears what is found so far after each event. */
  onPlayed?: (found: Found) => void;
}

export async function run(
  place: Place,
  nameless: (place: Place) => Nameless,
  { events, seconds, untilBroken, withPages = true, onPlayed }: Length,
  seed: number,
): Promise<Found> {
  const lines = new Map<string, Line>();
  const moved: Moved = { asks: 0, movedAtAsks: 0, looks: 0, movedAtLooks: 0, what: new Set() };
  const found: Found = { events: 0, asks: 0, votes: 0, lines: [], moved, shared: 0, asked: nobody() };
  const until = Date.now() + seconds * 1000;
  for (let n = 0; n < events && (n < 2 || Date.now() < until); n++) {
    const played = await play(place, planOf(seed + n), nameless, withPages);
    count(lines, played.sights, played.truths);
    found.events += 1;
    found.asks += played.asks;
    found.votes += played.votes;
    found.shared += played.shared;
    addAll(moved, played.moved);
    addAll(found.asked, played.asked);
    for (const what of played.moved.what) moved.what.add(what);
    found.lines = [...lines.values()];
    onPlayed?.(found);
    if (untilBroken && broken(found).some((one) => untilBroken.test(one))) break;
  }
  return found;
}

export const nobody = (): Asked => ({ named: 0, namedAsked: 0, others: 0, othersAsked: 0 });

function addAll<T extends object>(sum: T, more: T): void {
  for (const [key, value] of Object.entries(more))
    if (typeof value === 'number') Object.assign(sum, { [key]: Number(sum[key as keyof T]) + value });
}

/** Lists in words what breaks the promise; nothing may move at an ask, and no two votes share a value. */
export function broken({ lines, moved, shared }: Found): string[] {
  const words = lines.filter(isBroken).map(nameOf);
  if (moved.movedAtAsks > 0)
    words.push(`${[...moved.what].sort().join(', ')} moved when somebody asked or wondered`);
  if (shared > 0) words.push('votes at rest share a value');
  return words;
}

export const nameOf = ({ reader, lens, attack, kind, group }: Line) =>
  `${reader}, ${lens}, ${attack}: ${kind}s, ${group}`;
