// How evenly the sides are spread: which numbers of seniors at a table count as mixed.

/** The least and most seniors at a table of each occupancy: least[n] and most[n] for n people. */
export interface Quota {
  least: Int32Array;
  most: Int32Array;
}

/**
 * The share of the room, rounded down to up: n · seniors / people. Two tables of one size then differ by at most one
 * senior. Where there are two talents for every table, no talent is to sit alone among seniors either.
 * `sizes` counts the tables of each occupancy in one possible seating of the round.
 */
export function quotaOf(seniors: number, people: number, sizes: ArrayLike<number>): Quota {
  const largest = sizes.length;
  const least = new Int32Array(largest);
  const most = new Int32Array(largest);
  for (let n = 0; n < largest; n += 1) {
    least[n] = people === 0 ? 0 : Math.floor((n * seniors) / people);
    most[n] = people === 0 ? 0 : Math.ceil((n * seniors) / people);
  }
  const company = most.map((limit, n) => Math.max(least[n]!, Math.min(limit, n - 2)));
  let [tables, room] = [0, 0];
  for (let n = 1; n < largest; n += 1) {
    tables += sizes[n]!;
    room += sizes[n]! * company[n]!;
  }
  const enoughTalents = people - seniors >= 2 * tables;
  return { least, most: enoughTalents && room >= seniors ? company : most };
}

/** By how many people a table of `people` with `seniors` is outside its quota; 0 is mixed. */
export function mixFault(quota: Quota, people: number, seniors: number): number {
  const { least, most } = quota;
  if (seniors < least[people]!) return least[people]! - seniors;
  return seniors > most[people]! ? seniors - most[people]! : 0;
}
