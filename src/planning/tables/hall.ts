// The wishes in numbers: what every part of the table planner works on. Nothing in it changes during a search.
// Arrays over rounds and people are indexed [round · people + person], over rounds and tables [round · tables + table].

import type { Quota } from './mix.ts';
import { roomOf } from './room.ts';
import { type Soft, softOf } from './soft/soft-wishes.ts';
import { type Unit, unitsOf } from './units.ts';
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
  /** The table the wishes name for a person in a round, by a lock or for those who keep one table; or −1. */
  fixed: Int32Array;
  /** People who keep one table in every round to come. */
  units: readonly Unit[];
  /** The number of the unit of each person, or −1. */
  unitOf: Int32Array;
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
  /** Whether those who keep a table had to be put somewhere for the sizes' sake: other sizes were possible. */
  sizesChosen: boolean;
  /** Whether the planner chose who sits out: others could instead. */
  choseWhoSitsOut: boolean;
  /** Wishes that come after all else; undefined where there are none. */
  soft: Soft | undefined;
  /** How often pairs met at earlier events, [a · people + b], both ways round; undefined where none is told. */
  met: Uint16Array | undefined;
  /** The mix asked for in each round, by how many people sit at a table; undefined where sides do not matter. */
  quotas: readonly Quota[] | undefined;
  /** The plan people know, over all rounds; undefined where there is none. */
  previous: Int32Array | undefined;
  /** Whether keeping seats comes before meeting new people. */
  seatsFirst: boolean;
}

/**
 * The hall of wishes that have no fault (see faults.ts). `pinned` puts the units to tables, by number: for those who
 * cannot keep a table while sizes are as even as the wishes alone allow.
 */
export function hallOf(wishes: TablesWishes, pinned?: ArrayLike<number>): Hall {
  const { people, rounds } = wishes;
  const tables = tablesOf(wishes);
  const indexOf = new Map(people.map((person, index) => [person.id, index]));
  const tableOf = new Map(tables.map((table, index) => [table.id, index]));
  const frozen = wishes.past?.length ?? 0;
  const past = seatsOf(wishes.past ?? [], frozen, indexOf);
  const present = presences(wishes, indexOf, past, frozen);
  const locked = lockedSeats(wishes, indexOf, tableOf, present);
  const free = unitsOf(wishes, indexOf, { locked, present, frozen, tableOf });
  const units = pinned ? free.map((unit, index) => ({ ...unit, table: pinned[index]! })) : free;
  const fixed = fixedSeats(units, locked, present, people.length);
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
    units,
    unitOf: unitNumbers(units, people.length),
    host: Uint8Array.from(people, (person) => (person.host ? 1 : 0)),
    apart: apartPairs(wishes, indexOf),
    together: pairsOf(wishes.together ?? [], indexOf),
    ...roomOf(wishes, present, fixed),
    sizesChosen: pinned !== undefined,
    choseWhoSitsOut: (wishes.sittingOut ?? []).some(({ length }) => length > 0),
    soft: softOf(wishes, indexOf, tableOf),
    met: meetingsBefore(wishes, indexOf),
    previous,
    seatsFirst: previous !== undefined && wishes.keep !== 'meetings',
  };
}

/** Whether plans are possible that this hall is not about: with other sizes, or with others who sit out. */
export const hasAlternatives = ({ sizesChosen, choseWhoSitsOut }: Hall) => sizesChosen || choseWhoSitsOut;

/** Whether two people host one table: their meetings are wished, and never count. */
export const areCoHosts = ({ unitOf }: Hall, a: number, b: number) =>
  unitOf[a]! >= 0 && unitOf[a] === unitOf[b];

/** Whether a person stays put in a round: a lock or a unit holds them, so a search may not move them alone. */
export const mayNotMoveAlone = ({ fixed, unitOf, people }: Hall, round: number, person: number) =>
  fixed[round * people + person]! >= 0 || unitOf[person]! >= 0;

function unitNumbers(units: readonly Unit[], people: number): Int32Array {
  const numbers = new Int32Array(people).fill(-1);
  for (const [index, unit] of units.entries()) for (const person of unit.people) numbers[person] = index;
  return numbers;
}

/** The locks, and the tables of units that have one by name. */
function fixedSeats(units: readonly Unit[], locked: Int32Array, present: Uint8Array, people: number) {
  const fixed = Int32Array.from(locked);
  for (const unit of units)
    for (const person of unit.table < 0 ? [] : unit.people)
      for (let at = person; at < fixed.length; at += people) if (present[at] === 1) fixed[at] = unit.table;
  return fixed;
}

function meetingsBefore({ people, met }: TablesWishes, indexOf: ReadonlyMap<string, number>) {
  if (!met?.length) return undefined;
  const before = new Uint16Array(people.length ** 2);
  for (const [one, two, times] of met) {
    const [a, b] = [indexOf.get(one), indexOf.get(two)];
    if (a === undefined || b === undefined || a === b) continue;
    before[a * people.length + b]! += times;
    before[b * people.length + a]! += times;
  }
  return before;
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

function presences(
  { people, rounds, sittingOut }: TablesWishes,
  indexOf: ReadonlyMap<string, number>,
  past: Int32Array,
  frozen: number,
): Uint8Array {
  const present = new Uint8Array(rounds * people.length);
  for (const [index, person] of people.entries()) {
    const [from, until] = presenceOf(person, rounds);
    for (let round = 0; round < rounds; round += 1) {
      const at = round * people.length + index;
      present[at] = (round < frozen ? past[at]! >= 0 : round >= from && round <= until) ? 1 : 0;
    }
  }
  for (const [round, ids] of (sittingOut ?? []).entries())
    for (const id of round < frozen ? [] : ids) present[round * people.length + indexOf.get(id)!] = 0;
  return present;
}

function lockedSeats(
  wishes: TablesWishes,
  indexOf: ReadonlyMap<string, number>,
  tableOf: ReadonlyMap<string, number>,
  present: Uint8Array,
): Int32Array {
  const locked = new Int32Array(present.length).fill(nowhere);
  const every = Array.from({ length: wishes.rounds }, (_, round) => round + 1);
  for (const lock of wishes.locks ?? [])
    for (const round of lock.rounds ?? every) {
      const at = (round - 1) * indexOf.size + indexOf.get(lock.person)!;
      if (present[at] === 1) locked[at] = tableOf.get(lock.table)!;
    }
  return locked;
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
