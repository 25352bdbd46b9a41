// Lower bound on expected thin tables: risk spread as well as it can be. People of one side are put into
// classes by how likely they are missing, each rounded down, which can only make tables less thin. A table is then how
// many of each class it has; that all of a class are seated is bought with a price on each (Lagrangian relaxation; any
// prices give a bound, and a few hundred steps along the subgradient give a good one).
import { type Watch, watchOf } from '../../effort.ts';
import { type Hall, hasAlternatives } from '../hall.ts';
import { thinChance } from '../thin.ts';
import { sizesOf } from './composition.ts';
import { type Known, neverOver, onceKnown } from './known.ts';

/** Classes of each side at most. */
const mostClasses = 5;
const steps = 300;
/** Kinds of tables beyond this are too many to look at: then the bound is 0. */
const mostKinds = 60_000;

/**
 * The least expected thin tables over all rounds to come, of plans with these sizes, mixed as asked where `mixed`; of
 * many kinds of tables as good a bound as was found before the time was up.
 */
export function leastThin(hall: Hall, odds: Float64Array, mixed: boolean, isOver = neverOver): number {
  if (hasAlternatives(hall)) return 0;
  const watch = watchOf(isOver);
  return onceKnown(bounds, hall, `${mixed} ${odds.join()}`, isOver, () => thinOf(hall, odds, mixed, watch));
}

const bounds: Known<number> = new WeakMap();

function thinOf(hall: Hall, odds: Float64Array, mixed: boolean, isOver: Watch): number {
  const known = new Map<string, number>();
  let least = 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const classes = [0, 1].map((side) => classesOf(hall, round, odds, side));
    const sizes = sizesOf(hall, round);
    const key = JSON.stringify([classes, [...sizes]]);
    if (!known.has(key)) known.set(key, leastOfRound(hall, round, sizes, classes, mixed, isOver));
    least += known.get(key)!;
  }
  return least;
}

/** People of one side who count as equally likely to be missing. */
interface Class {
  odds: number;
  people: number;
}

/** The distinct odds of a side, or as many as can be told apart, each with the least odds of its people. */
function classesOf(hall: Hall, round: number, odds: Float64Array, side: number): Class[] {
  const list = Array.from(odds)
    .filter((_, person) => hall.present[round * hall.people + person] === 1 && hall.senior[person] === side)
    .sort((a, b) => a - b);
  const distinct = [...new Set(list)];
  const starts =
    distinct.length <= mostClasses
      ? distinct
      : Array.from(
          { length: mostClasses },
          (_, index) => list[Math.floor((index * list.length) / mostClasses)]!,
        );
  const edges = [...new Set(starts)];
  return edges.map((edge, index) => ({
    odds: edge,
    people: list.filter((one) => one >= edge && one < (edges[index + 1] ?? Number.POSITIVE_INFINITY)).length,
  }));
}

/** A table by how many of each class it has, talents' classes first. */
interface Kind {
  counts: number[];
  chance: number;
}

function leastOfRound(
  hall: Hall,
  round: number,
  sizes: Int32Array,
  classes: readonly Class[][],
  mixed: boolean,
  isOver: Watch,
): number {
  if (isOver(0)) return 0;
  const all = classes.flat();
  const kinds = [...sizes.keys()].map((n) =>
    sizes[n]! > 0 && n > 0 ? kindsOf(hall, round, n, classes, mixed) : [],
  );
  const count = kinds.reduce((sum, list) => sum + list.length, 0);
  if (count > mostKinds) return 0;
  const prices = new Float64Array(all.length);
  let best = 0;
  for (let step = 0; step < steps && !isOver(count); step += 1) {
    let value = all.reduce((sum, { people }, index) => sum + people * prices[index]!, 0);
    const slack = all.map(({ people }) => people);
    for (const [n, list] of kinds.entries()) {
      if (list.length === 0) continue;
      const kind = cheapest(list, prices);
      value += sizes[n]! * kind.value;
      for (const [index, count] of kind.counts.entries()) slack[index]! -= sizes[n]! * count;
    }
    best = Math.max(best, value);
    const length = slack.reduce((sum, one) => sum + one * one, 0);
    if (length === 0) break;
    const stride = (0.3 * Math.max(0.05, best)) / (length * (1 + step / 20));
    for (const [index, one] of slack.entries()) prices[index]! += stride * one;
  }
  return best;
}

function cheapest(
  kinds: readonly Kind[],
  prices: Float64Array,
): { value: number; counts: readonly number[] } {
  let [best, counts] = [Number.POSITIVE_INFINITY, kinds[0]!.counts];
  for (const kind of kinds) {
    let value = kind.chance;
    for (let index = 0; index < kind.counts.length; index += 1) value -= prices[index]! * kind.counts[index]!;
    if (value < best) [best, counts] = [value, kind.counts];
  }
  return { value: best, counts };
}

/** All tables of n people that are mixed as asked. */
function kindsOf(hall: Hall, round: number, n: number, classes: readonly Class[][], mixed: boolean): Kind[] {
  const quota = mixed ? hall.quotas?.[round] : undefined;
  const kinds: Kind[] = [];
  for (let seniors = quota?.least[n] ?? 0; seniors <= (quota?.most[n] ?? n); seniors += 1)
    for (const s of sharesOf(classes[1]!, seniors))
      for (const t of sharesOf(classes[0]!, n - seniors)) {
        if (kinds.length > mostKinds) return kinds;
        const list = (side: readonly Class[], counts: readonly number[]) =>
          counts.flatMap((count, index) => Array.from({ length: count }, () => side[index]!.odds));
        const chance = thinChance(list(classes[1]!, s), list(classes[0]!, t), hall.quotas !== undefined);
        kinds.push({ counts: [...t, ...s], chance });
      }
  return kinds;
}

/** All ways to take so many people of these classes. */
function sharesOf(classes: readonly Class[], count: number): number[][] {
  if (classes.length === 0) return count === 0 ? [[]] : [];
  const [first, ...rest] = classes;
  const shares: number[][] = [];
  for (let taken = 0; taken <= Math.min(count, first!.people); taken += 1)
    for (const share of sharesOf(rest, count - taken)) shares.push([taken, ...share]);
  return shares;
}
