// Repeatable chance: the same seed gives the same numbers on every machine.
// The generator is sfc32 by Chris Doty-Humphrey (PractRand), on whole numbers alone.

/** A source of whole numbers; every planner draws from one and from nothing else. */
export interface Random {
  /** The next whole number, 0 to 2³² − 1. */
  next(): number;
  /** A whole number from 0 to `limit` − 1; `limit` is 1 or more. */
  below(limit: number): number;
}

/** The source of chance of `seed`; seeds that differ in one bit give unrelated numbers. */
export function randomFrom(seed: number): Random {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let counter = (Math.floor(seed / 4294967296) | 0) + 1;
  const next = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  };
  for (let round = 0; round < 15; round += 1) next();
  return { next, below: (limit) => Math.floor((next() / 4294967296) * limit) };
}

/** Puts `list` in random order, in place, and returns it (Fisher and Yates, Durstenfeld's form). */
export function shuffle<List extends { [index: number]: unknown; readonly length: number }>(
  list: List,
  random: Random,
): List {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const kept = list[last];
    list[last] = list[other];
    list[other] = kept;
  }
  return list;
}
