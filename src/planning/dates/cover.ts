// People covered by chosen dates: they then have a place, or one they said yes to; and how many at most (the dual of the
// maximal covering location problem by subgradients; Galvão and ReVelle, European Journal of Operational Research 88,
// 1996).

/** People covered by chosen dates and people whom undecided dates could cover. */
export interface Cover {
  /** The people each date covers, by number. */
  on: readonly Int32Array[];
  /** The number of chosen, and of undecided dates that cover each person. */
  covered: Int32Array;
  open: Int32Array;
  /** The worth of a person to a date, 0 to 1. */
  price: Float64Array;
  /** The worth of each date at the last prices. */
  worth: Float64Array;
}

/** The most people that can be covered, and dates that must or must not be chosen for as many as needed. */
export interface CoverBound {
  most: number;
  never: number[];
  surely: number[];
}

/** A cover of `people` by `dates`, none of which is decided. */
export function coverOf(
  people: number,
  dates: number,
  covers: (person: number, date: number) => boolean,
): Cover {
  const everybody = Array.from({ length: people }, (_, person) => person);
  const on = Array.from({ length: dates }, (_, date) =>
    Int32Array.from(everybody.filter((person) => covers(person, date))),
  );
  const open = new Int32Array(people);
  for (const list of on) for (const person of list) open[person]! += 1;
  return {
    on,
    covered: new Int32Array(people),
    open,
    price: Float64Array.from(open, (count) => Math.min(1, 6 / Math.max(1, count))),
    worth: new Float64Array(dates),
  };
}

/** A date is chosen (by 1), or is not after all (by −1). */
export function include({ on, covered, open }: Cover, date: number, by: 1 | -1): void {
  for (const person of on[date]!) {
    covered[person]! += by;
    open[person]! -= by;
  }
}

/** A date is left out (by 1), or is not after all (by −1). */
export function exclude({ on, open }: Cover, date: number, by: 1 | -1): void {
  for (const person of on[date]!) open[person]! -= by;
}

/** So many prices are tried for a bound. */
const mostPrices = 6;
/** Sums of prices are a little off. */
const tolerance = 1e-6;

/**
 * A bound on how many can be covered by choosing `count` of the undecided dates, looked for until it is below `needed`
 * or prices have been tried often enough.
 */
export function coverBound(
  cover: Cover,
  undecided: readonly number[],
  count: number,
  needed: number,
): CoverBound {
  const { covered, open } = cover;
  let [have, could] = [0, 0];
  for (let person = 0; person < open.length; person += 1)
    if (covered[person]! > 0) have += 1;
    else if (open[person]! > 0) could += 1;
  const bound: CoverBound = { most: have + could, never: [], surely: [] };
  for (let tries = 0; tries < mostPrices && bound.most >= needed && needed > have; tries += 1) {
    const sorted = worthOf(cover, undecided);
    const total = have + unpriced(cover) + sumOf(cover, sorted, count);
    bound.most = Math.min(bound.most, Math.floor(total + tolerance));
    const decided = decide(cover, sorted, count, total, needed);
    if (decided.never.length + decided.surely.length > bound.never.length + bound.surely.length)
      Object.assign(bound, decided);
    if (!changePrices(cover, sorted.slice(0, count), total - needed + 1)) break;
  }
  return bound;
}

/** Sums what people are worth besides their prices. */
function unpriced({ covered, open, price }: Cover): number {
  let sum = 0;
  for (let person = 0; person < open.length; person += 1)
    if (covered[person] === 0 && open[person]! > 0) sum += 1 - price[person]!;
  return sum;
}

/** The undecided dates, the worthiest first. */
function worthOf({ on, covered, price, worth }: Cover, undecided: readonly number[]): number[] {
  for (const date of undecided) {
    let sum = 0;
    for (const person of on[date]!) if (covered[person] === 0) sum += price[person]!;
    worth[date] = sum;
  }
  return undecided.toSorted((a, b) => worth[b]! - worth[a]!);
}

const sumOf = ({ worth }: Cover, sorted: readonly number[], count: number) =>
  sorted.slice(0, count).reduce((sum, date) => sum + worth[date]!, 0);

/** Dates without which, or with which, no more than fewer than needed are covered. */
function decide({ worth }: Cover, sorted: readonly number[], count: number, total: number, needed: number) {
  const [last, next] = [sorted[count - 1], sorted[count]];
  const fails = (change: number) => Math.floor(total + change + tolerance) < needed;
  return {
    never: sorted
      .slice(count)
      .filter((date) => fails(worth[date]! - (last === undefined ? 0 : worth[last]!))),
    surely: sorted.slice(0, count).filter((date) => next !== undefined && fails(worth[next]! - worth[date]!)),
  };
}

/** Lowers the price of people covered more than once and raises that of people not covered; false at the best prices. */
function changePrices({ on, covered, open, price }: Cover, chosen: readonly number[], gap: number): boolean {
  const times = new Int32Array(open.length);
  for (const date of chosen) for (const person of on[date]!) times[person]! += 1;
  const counts = (person: number) => covered[person] === 0 && open[person]! > 0;
  let norm = 0;
  for (let person = 0; person < open.length; person += 1) {
    const slope = times[person]! - 1;
    const isAtEnd = slope > 0 ? price[person] === 0 : price[person] === 1;
    if (counts(person) && !isAtEnd) norm += slope * slope;
  }
  if (norm === 0) return false;
  const step = (1.2 * gap) / norm;
  for (let person = 0; person < open.length; person += 1)
    if (counts(person))
      price[person] = Math.min(1, Math.max(0, price[person]! - step * (times[person]! - 1)));
  return true;
}
