// The tables of every round: how many chairs each has, and how many seniors belong at it.
import { type Quota, quotaOf } from './mix.ts';
import { evenSizes, type Sizes } from './sizes.ts';
import { isOpen, type TablesWishes, tablesOf } from './wishes.ts';

/** Chairs and quotas of all rounds; see `Hall`. */
export interface Room {
  chairs: Int32Array;
  mayLackOne: Uint8Array;
  empty: Int32Array;
  quotas: readonly Quota[] | undefined;
}

/** The room for people who are `present`, with at least those at each table whom `fixed` puts there. */
export function roomOf(wishes: TablesWishes, present: Uint8Array, fixed: Int32Array): Room {
  const g = tablesOf(wishes).length;
  const room = {
    chairs: new Int32Array(wishes.rounds * g),
    mayLackOne: new Uint8Array(wishes.rounds * g),
    empty: new Int32Array(wishes.rounds),
  };
  const quotas: Quota[] = [];
  const senior = wishes.people.map(({ side }) => side === 'senior');
  for (let round = 0; round < wishes.rounds; round += 1) {
    const sizes = sizesOfRound(wishes, present, fixed, round);
    room.chairs.set(sizes.chairs, round * g);
    room.mayLackOne.set(sizes.mayLackOne, round * g);
    room.empty[round] = sizes.empty;
    let [here, seniors] = [0, 0];
    for (const [person, isSenior] of senior.entries()) {
      if (present[round * senior.length + person] === 0) continue;
      here += 1;
      if (isSenior) seniors += 1;
    }
    quotas.push(quotaOf(seniors, here, tablesBySize(sizes.chairs, sizes.mayLackOne, sizes.empty)));
  }
  return { ...room, quotas: wishes.mix === 'none' ? undefined : quotas };
}

/** Even sizes of one round, with at least those at each table whose place is given. */
function sizesOfRound(wishes: TablesWishes, present: Uint8Array, places: Int32Array, round: number): Sizes {
  const tables = tablesOf(wishes);
  const n = wishes.people.length;
  const least = new Int32Array(tables.length);
  let here = 0;
  for (let person = 0; person < n; person += 1) {
    if (present[round * n + person] === 0) continue;
    here += 1;
    const table = places[round * n + person]!;
    if (table >= 0) least[table]! += 1;
  }
  const held = round < (wishes.past?.length ?? 0);
  const most = (seats: number | undefined, table: number) =>
    isOpen(wishes, table, round) ? (seats ?? n) : 0;
  return evenSizes(
    here,
    least,
    tables.map(({ seats }, table) => (held ? n : most(seats, table))),
  );
}

/** How many tables have each occupancy: result[n] tables of n people. */
export function tablesBySize(
  chairs: ArrayLike<number>,
  mayLackOne: ArrayLike<number>,
  empty: number,
): Int32Array {
  const counts = new Int32Array(Math.max(0, ...Array.from(chairs)) + 1);
  let left = empty;
  for (let table = 0; table < chairs.length; table += 1) {
    const lacks = mayLackOne[table] === 1 && left > 0 ? 1 : 0;
    left -= lacks;
    counts[chairs[table]! - lacks]! += 1;
  }
  return counts;
}

/** Σ n² over the tables of all rounds not held yet: the smaller, the more even. */
export function unevenness(
  { chairs, mayLackOne, empty }: Room,
  rounds: number,
  tables: number,
  frozen: number,
) {
  let sum = 0;
  for (let round = frozen; round < rounds; round += 1) {
    const [from, to] = [round * tables, (round + 1) * tables];
    const counts = tablesBySize(chairs.subarray(from, to), mayLackOne.subarray(from, to), empty[round]!);
    sum += counts.reduce((total, count, n) => total + count * n * n, 0);
  }
  return sum;
}
