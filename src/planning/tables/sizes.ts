// How many people sit at each table: as evenly as the seats and the people who must sit there allow.

/** How full the tables of one round are: every plan of that round has these numbers. */
export interface Sizes {
  /** Chairs set at each table. */
  chairs: Int32Array;
  /** 1 where one chair of the table may stay empty. */
  mayLackOne: Uint8Array;
  /** At how many of those tables a chair stays empty. */
  empty: number;
}

/**
 * Water-filling: table t has between `least[t]` and `most[t]` people and all others as near one level as possible.
 * Of `people` who do not fit, Σ least ≤ people ≤ Σ most, as many are seated as can be.
 */
export function evenSizes(people: number, least: ArrayLike<number>, most: ArrayLike<number>): Sizes {
  const tables = least.length;
  const at = (table: number, level: number) => Math.min(Math.max(level, least[table]!), most[table]!);
  const seated = (level: number) => {
    let sum = 0;
    for (let table = 0; table < tables; table += 1) sum += at(table, level);
    return sum;
  };
  let level = 0;
  while (level < people && seated(level) < people && seated(level + 1) <= people) level += 1;
  const sizes: Sizes = { chairs: new Int32Array(tables), mayLackOne: new Uint8Array(tables), empty: 0 };
  const rest = people - seated(level);
  for (let table = 0; table < tables; table += 1) {
    sizes.chairs[table] = at(table, rest > 0 ? level + 1 : level);
    if (rest === 0 || at(table, level) === at(table, level + 1)) continue;
    sizes.mayLackOne[table] = 1;
    sizes.empty += 1;
  }
  sizes.empty = Math.max(0, sizes.empty - rest);
  return sizes;
}
