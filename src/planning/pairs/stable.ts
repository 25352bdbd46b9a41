// Pairs that stay: nobody would rather have each other. Deferred acceptance as hospitals and residents (Gale and
// Shapley, "College admissions and the stability of marriage", 1962), with room on both sides (Roth, "Stability and
// polarization of interests in job matching", Econometrica 52, 1984). Seniors ask, so of all stable pairings they get
// the best. The order of equally dear people decides how many pairs there are: those often left over go first, after
// Király ("Better and simpler approximation algorithms for the stable marriage problem", Algorithmica 60, 2011).
import { type Random, shuffle } from '../random.ts';
import type { Market } from './market.ts';

/** Pairs as 1 in [senior · talents + talent], and whether chance had no say in how many there are. */
export interface Stable {
  made: Uint8Array;
  withoutTies: boolean;
}

/** How often seniors and talents had room left; of the equally dear those with more of it go first. */
export interface LeftOver {
  seniors: Int32Array;
  talents: Int32Array;
}

/** A stable pairing, the same for the same draws; counts in `left` who has room left. */
export function stablePairs(market: Market, random: Random, left: LeftOver): Stable {
  const { seniors, talents, seniorLikes, talentLikes } = market;
  const draw = {
    seniors: orderOf(left.seniors, random),
    talents: orderOf(left.talents, random),
  };
  const lists = seniors.map((_, senior) => asked(market, senior, draw.talents));
  const byDearness = (talent: number, a: number, b: number) =>
    talentLikes[a * talents.length + talent]! - talentLikes[b * talents.length + talent]! ||
    draw.seniors[b]! - draw.seniors[a]!;
  const made = new Uint8Array(seniors.length * talents.length);
  deferAcceptance(market, lists, byDearness, made);
  countLeftOver(market, made, left);
  const like = (likes: Float64Array, row: number, step: number, length: number) =>
    hasTies(market.allowed, likes, row, step, length);
  const withoutTies =
    !seniors.some((_, senior) => like(seniorLikes, senior * talents.length, 1, talents.length)) &&
    !talents.some((_, talent) => like(talentLikes, talent, talents.length, seniors.length));
  return { made, withoutTies };
}

/** A place for everybody, by chance, those most often left over first. */
function orderOf(left: Int32Array, random: Random): Int32Array {
  const people = shuffle([...left.keys()], random).sort((a, b) => left[b]! - left[a]!);
  const place = new Int32Array(left.length);
  for (const [index, person] of people.entries()) place[person] = index;
  return place;
}

function countLeftOver({ seniors, talents, load, capacity }: Market, made: Uint8Array, left: LeftOver): void {
  const columns = talents.length;
  const [asked, taken] = [Int32Array.from(load), Int32Array.from(capacity)];
  for (const at of made.keys()) {
    if (made[at] === 0) continue;
    asked[Math.floor(at / columns)]! -= 1;
    taken[at % columns]! -= 1;
  }
  for (const senior of seniors.keys()) if (asked[senior]! > 0) left.seniors[senior]! += 1;
  for (const talent of talents.keys()) if (taken[talent]! > 0) left.talents[talent]! += 1;
}

/** The talents a senior may have, the dearest first. */
function asked({ talents, allowed, seniorLikes }: Market, senior: number, draw: Int32Array): number[] {
  const row = senior * talents.length;
  return talents
    .map((_, talent) => talent)
    .filter((talent) => allowed[row + talent] === 1)
    .sort((a, b) => seniorLikes[row + b]! - seniorLikes[row + a]! || draw[a]! - draw[b]!);
}

function hasTies(
  allowed: Uint8Array,
  likes: Float64Array,
  from: number,
  step: number,
  length: number,
): boolean {
  const seen = new Set<number>();
  for (let index = 0; index < length; index += 1) {
    const at = from + index * step;
    if (allowed[at] === 0) continue;
    if (seen.has(likes[at]!)) return true;
    seen.add(likes[at]!);
  }
  return false;
}

/** Seniors with room ask down their lists; a talent without room keeps the dearest and lets the least dear go. */
function deferAcceptance(
  { seniors, talents, load, capacity }: Market,
  lists: readonly (readonly number[])[],
  byDearness: (talent: number, a: number, b: number) => number,
  made: Uint8Array,
): void {
  const next = new Int32Array(seniors.length);
  const room = Int32Array.from(load);
  const kept: number[][] = talents.map(() => []);
  const asking = seniors.map((_, senior) => senior).filter((senior) => room[senior]! > 0);
  for (let senior = asking.pop(); senior !== undefined; senior = asking.pop()) {
    while (room[senior]! > 0 && next[senior]! < lists[senior]!.length) {
      const talent: number = lists[senior]![next[senior]!]!;
      next[senior]! += 1;
      room[senior]! -= 1;
      made[senior * talents.length + talent] = 1;
      kept[talent]!.push(senior);
      if (kept[talent]!.length <= capacity[talent]!) continue;
      const least: number = kept[talent]!.reduce((a, b) => (byDearness(talent, a, b) < 0 ? a : b));
      kept[talent]!.splice(kept[talent]!.indexOf(least), 1);
      made[least * talents.length + talent] = 0;
      room[least]! += 1;
      if (least !== senior) asking.push(least);
    }
  }
}

/**
 * Pairs not made of people who may be one and would rather have each other: each has room left, or someone strictly
 * less dear; [senior, talent]. Pairs made in any case are not given up for anybody.
 */
export function blockingPairs(market: Market, made: Uint8Array): [number, number][] {
  const { seniors, talents, load, capacity, allowed, seniorLikes, talentLikes } = market;
  const columns = talents.length;
  const least = seniors.map((_, senior) =>
    worst(made, seniorLikes, { from: senior * columns, step: 1, length: columns }, load[senior]!),
  );
  const leastOfTalent = talents.map((_, talent) =>
    worst(made, talentLikes, { from: talent, step: columns, length: seniors.length }, capacity[talent]!),
  );
  const blocking: [number, number][] = [];
  for (let senior = 0; senior < seniors.length; senior += 1)
    for (let talent = 0; talent < columns; talent += 1) {
      const at = senior * columns + talent;
      if (allowed[at] === 0 || made[at] === 1) continue;
      if (seniorLikes[at]! > least[senior]! && talentLikes[at]! > leastOfTalent[talent]!)
        blocking.push([senior, talent]);
    }
  return blocking;
}

/** How dear the least dear partner is; anybody is dearer than an empty place, and nobody than no place at all. */
function worst(
  made: Uint8Array,
  likes: Float64Array,
  { from, step, length }: { from: number; step: number; length: number },
  room: number,
): number {
  if (room === 0) return Number.POSITIVE_INFINITY;
  let [least, pairs] = [Number.POSITIVE_INFINITY, 0];
  for (let index = 0; index < length; index += 1) {
    const at = from + index * step;
    if (made[at] === 0) continue;
    pairs += 1;
    least = Math.min(least, likes[at]!);
  }
  return pairs < room ? Number.NEGATIVE_INFINITY : least;
}
