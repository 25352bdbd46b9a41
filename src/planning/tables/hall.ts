// The wishes in numbers: what every part of the table planner works on. Nothing in it changes during a search.
// Arrays over rounds and people are indexed [round · people + person], over rounds and tables [round · tables + table].

import { keptTables } from './kept-tables.ts';
import { type Quota, quotaOf } from './mix.ts';
import { evenSizes, type Sizes } from './sizes.ts';
import { type Attendee, presenceOf, type RoundLists, type TablesWishes, tablesOf } from './wishes.ts';

/** Nobody's table: absent, or free to sit anywhere. */
export const nowhere = -1;

/** A room, its people and their wishes. */
export interface Hall {
  people: number;
  tables: number;
  rounds: number;
  /** How many rounds, from the first, are held already. */
  frozen: number;
  /** The tables of the rounds held, [round · people + person], `frozen` rounds long. */
  past: Int32Array;
  present: Uint8Array;
  senior: Uint8Array;
  /** The number of the department, or −1. */
  department: Int32Array;
  /** The table a person sits at in a round without a choice of the search: forced, or kept by a host; or −1. */
  fixed: Int32Array;
  /** The table the wishes themselves name for a person in a round, or −1: what a bound may count on. */
  forced: Int32Array;
  /** The one table of those who host or have a seat that does not move, or −1. */
  kept: Int32Array;
  host: Uint8Array;
  /** People never to share a table, as pairs a < b. */
  apart: readonly (readonly [number, number])[];
  /** People to share a table, as pairs a < b. */
  together: readonly (readonly [number, number])[];
  /** Chairs at each table of each round, and where one of them may stay empty. */
  chairs: Int32Array;
  mayLackOne: Uint8Array;
  /** Empty chairs in each round. */
  empty: Int32Array;
  /** Whether the sizes of the tables follow from where the planner put those who keep a table. */
  sizesChosen: boolean;
  /** The mix asked for in each round, by how many people sit at a table; undefined where sides do not matter. */
  quotas: readonly Quota[] | undefined;
  /** The plan people know, over all rounds; undefined where there is none. */
  previous: Int32Array | undefined;
  /** Whether keeping seats comes before meeting new people. */
  seatsFirst: boolean;
}

/** The hall of wishes that have no fault (see faults.ts); `variant` says which choice of tables hosts keep. */
export function hallOf(wishes: TablesWishes, variant = 0): Hall {
  const { people, rounds } = wishes;
  const tables = tablesOf(wishes);
  const indexOf = new Map(people.map((person, index) => [person.id, index]));
  const frozen = wishes.past?.length ?? 0;
  const past = seatsOf(wishes.past ?? [], frozen, indexOf);
  const present = presences(wishes, past, frozen);
  const fixed = fixedSeats(wishes, indexOf, present);
  const { kept, named } = keptTables(wishes, fixed, variant);
  const forced = Int32Array.from(fixed);
  for (let at = 0; at < fixed.length; at += 1) {
    const person = at % people.length;
    if (present[at] === 1 && kept[person]! >= 0) fixed[at] = kept[person]!;
    if (present[at] === 1 && named[person]! >= 0) forced[at] = named[person]!;
  }
  const previous = wishes.previous ? seatsOf(wishes.previous, rounds, indexOf) : undefined;
  return {
    people: people.length,
    tables: tables.length,
    rounds,
    frozen,
    past,
    present,
    senior: Uint8Array.from(people, (person) => (person.side === 'senior' ? 1 : 0)),
    department: departmentsOf(people),
    fixed,
    forced,
    kept,
    host: Uint8Array.from(people, (person) => (person.host ? 1 : 0)),
    apart: apartPairs(wishes, indexOf),
    together: pairsOf(wishes.together ?? [], indexOf),
    ...roomOf(wishes, present, fixed, forced),
    previous,
    seatsFirst: previous !== undefined && wishes.keep !== 'meetings',
  };
}

/** The table of everybody in lists of rounds; −1 where somebody is not in a list. */
function seatsOf(lists: readonly RoundLists[], rounds: number, indexOf: Map<string, number>): Int32Array {
  const seats = new Int32Array(rounds * indexOf.size).fill(nowhere);
  for (const [round, tables] of lists.slice(0, rounds).entries())
    for (const [table, ids] of tables.entries())
      for (const id of ids) {
        const person = indexOf.get(id);
        if (person !== undefined) seats[round * indexOf.size + person] = table;
      }
  return seats;
}

function presences({ people, rounds }: TablesWishes, past: Int32Array, frozen: number): Uint8Array {
  const present = new Uint8Array(rounds * people.length);
  for (const [index, person] of people.entries()) {
    const [from, until] = presenceOf(person, rounds);
    for (let round = 0; round < rounds; round += 1) {
      const at = round * people.length + index;
      present[at] = (round < frozen ? past[at]! >= 0 : round >= from && round <= until) ? 1 : 0;
    }
  }
  return present;
}

function fixedSeats(wishes: TablesWishes, indexOf: Map<string, number>, present: Uint8Array): Int32Array {
  const fixed = new Int32Array(present.length).fill(nowhere);
  const tableOf = new Map(tablesOf(wishes).map((table, index) => [table.id, index]));
  const every = Array.from({ length: wishes.rounds }, (_, round) => round + 1);
  for (const lock of wishes.locks ?? [])
    for (const round of lock.rounds ?? every) {
      const at = (round - 1) * indexOf.size + indexOf.get(lock.person)!;
      if (present[at] === 1) fixed[at] = tableOf.get(lock.table)!;
    }
  return fixed;
}

function departmentsOf(people: readonly Attendee[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(people, ({ department }) => {
    if (!department) return -1;
    if (!numbers.has(department)) numbers.set(department, numbers.size);
    return numbers.get(department)!;
  });
}

function pairsOf(pairs: readonly (readonly [string, string])[], indexOf: Map<string, number>) {
  const found = new Map<string, readonly [number, number]>();
  for (const [one, two] of pairs) {
    const [a, b] = [indexOf.get(one), indexOf.get(two)];
    if (a === undefined || b === undefined || a === b) continue;
    found.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  }
  return [...found.values()];
}

/** Never-pairs and everybody with their boss; a pair asked to sit together is not a boss and their report here. */
function apartPairs({ people, apart, together }: TablesWishes, indexOf: Map<string, number>) {
  const wanted = new Set((together ?? []).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const bosses = people.flatMap(({ id, manager }) =>
    manager && !wanted.has(`${id} ${manager}`) ? [[id, manager] as const] : [],
  );
  return pairsOf([...(apart ?? []), ...bosses], indexOf);
}

/** Chairs and quotas of every round. */
function roomOf(wishes: TablesWishes, present: Uint8Array, fixed: Int32Array, forced: Int32Array) {
  const g = tablesOf(wishes).length;
  const room = {
    chairs: new Int32Array(wishes.rounds * g),
    mayLackOne: new Uint8Array(wishes.rounds * g),
    empty: new Int32Array(wishes.rounds),
    sizesChosen: false,
  };
  const quotas: Quota[] = [];
  for (let round = 0; round < wishes.rounds; round += 1) {
    const sizes = sizesOfRound(wishes, present, fixed, round);
    const counts = tablesBySize(sizes.chairs, sizes.mayLackOne, sizes.empty);
    const free = sizesOfRound(wishes, present, forced, round);
    room.sizesChosen ||= counts.join() !== tablesBySize(free.chairs, free.mayLackOne, free.empty).join();
    room.chairs.set(sizes.chairs, round * g);
    room.mayLackOne.set(sizes.mayLackOne, round * g);
    room.empty[round] = sizes.empty;
    const here = wishes.people.filter((_, person) => present[round * wishes.people.length + person] === 1);
    const seniors = here.filter(({ side }) => side === 'senior').length;
    quotas.push(quotaOf(seniors, here.length, counts));
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
  return evenSizes(
    here,
    least,
    tables.map((table) => (held ? n : (table.seats ?? n))),
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
