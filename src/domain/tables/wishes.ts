// Wishes of organisers for a plan, and the question they make for the planner.
import { type Attendee, isThere } from './attendance.ts';
import type { Seats } from './plan.ts';

export type WishKind = 'apart' | 'together' | 'lock' | 'stays';

/** A wish: two people apart or together in every round, somebody at one table, or with a seat that does not move. */
export interface Wish {
  id: number;
  kind: WishKind;
  personId: number;
  otherId: number | null;
  tableNumber: number | null;
  /** The one round of a lock; null is all of them. */
  round: number | null;
}

/** How often pairs met at earlier events of the season, by 'lower id higher id'. */
export type Met = ReadonlyMap<string, number>;

export const pairKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Everything the planner needs to know. */
export interface Evening {
  people: readonly Attendee[];
  rounds: number;
  tables: number;
  mostSeats: number | null;
  wishes: readonly Wish[];
  met: Met;
  /** Rounds that have begun: nobody is moved in them any more. */
  held?: number;
  /** Tables that are dropped from a round on. */
  dropped?: readonly DroppedTable[];
}

/** A table nobody sits at from a round on, both from 1. */
export interface DroppedTable {
  table: number;
  from: number;
}

/** Whether a table, from 1, is there in a round, from 1. */
export function isOpenTable(
  { dropped = [] }: Pick<Evening, 'dropped'>,
  table: number,
  round: number,
): boolean {
  return !dropped.some((one) => one.table === table && round >= one.from);
}

/** The question for the planner; its names are those of `flipside tables`. */
export interface Question {
  people: {
    id: string;
    name: string;
    side: Attendee['side'];
    department?: string;
    manager?: string;
    host?: string;
    stays?: boolean;
    from?: number;
    until?: number;
  }[];
  tables: { id: string; seats?: number }[];
  rounds: number;
  apart: [string, string][];
  together: [string, string][];
  locks: { person: string; table: string; rounds?: number[] }[];
  met: [string, string, number][];
  absence: Record<string, number>;
  previous?: string[][][];
  past?: string[][][];
  closed?: { table: string; from: number }[];
}

/**
 * Makes the question: teams host their tables, people keep away from their bosses, and wishes about people who do not come
 * are left out. With `known` the plan people know, of whose seats as few as can be are changed; rounds that have begun stay
 * as `past` has them.
 */
export function questionOf(evening: Evening, known?: Seats, past: Seats | undefined = known): Question {
  const { rounds, tables, mostSeats, met, held = 0, dropped = [] } = evening;
  const begun = past === undefined ? 0 : held;
  const people = evening.people.filter((person) => hasPart(person, evening, begun, past));
  const here = new Map(people.map((person) => [person.id, person]));
  const wishes = evening.wishes.filter(
    ({ personId, otherId }) => here.has(personId) && (otherId === null || here.has(otherId)),
  );
  const pairs = (kind: WishKind) =>
    wishes
      .filter((wish) => wish.kind === kind && wish.otherId !== null)
      .map(({ personId, otherId }): [string, string] => [String(personId), String(otherId)]);
  const stays = new Set(wishes.filter(({ kind }) => kind === 'stays').map(({ personId }) => personId));
  const manager = ({ managerId }: Attendee) => (managerId !== null && here.has(managerId) ? managerId : null);
  return {
    people: people.map((person) => asked(person, manager(person), stays.has(person.id), evening)),
    tables: Array.from({ length: tables }, (_, table) => ({
      id: String(table + 1),
      ...(mostSeats !== null && { seats: mostSeats }),
    })),
    rounds,
    apart: pairs('apart'),
    together: pairs('together'),
    locks: [...wishes.flatMap(lockOf), ...people.flatMap((person) => lockOfHost(person, evening))].flatMap(
      (lock) => lockThatHolds(lock, evening, here.get(Number(lock.person))!),
    ),
    met: metAmong(met, here),
    absence: Object.fromEntries(people.map(({ id, absence }) => [String(id), absence])),
    ...(known && { previous: listsOf(ofThese(known, here), rounds, tables) }),
    ...(begun > 0 && { past: listsOf(ofThese(past!, here), rounds, tables).slice(0, begun) }),
    ...(dropped.length > 0 && { closed: dropped.map(({ table, from }) => ({ table: String(table), from })) }),
  };
}

const ofThese = (seats: Seats, here: ReadonlyMap<number, unknown>): Seats =>
  new Map([...seats].filter(([id]) => here.has(id)));

/** Whether somebody sat in a round that has begun, or is there in one to come. */
function hasPart(person: Attendee, { rounds }: Evening, begun: number, past?: Seats): boolean {
  const toCome = Array.from({ length: Math.max(0, rounds - begun) }, (_, index) => begun + index + 1);
  return (
    toCome.some((round) => isThere(person, round)) ||
    (past?.get(person.id) ?? []).slice(0, begun).some((table) => table > 0)
  );
}

/** Whether somebody hosts a table for a part of the evening only: it is dropped, or its own host comes. */
const hostsForAWhile = ({ host, hostUntil }: Attendee, { dropped = [] }: Evening) =>
  host !== null && (hostUntil !== undefined || dropped.some(({ table }) => table === host));

/** The lock of somebody who hosts for a part of the evening: they keep the table until then. */
function lockOfHost(person: Attendee, evening: Evening): Question['locks'] {
  if (!hostsForAWhile(person, evening)) return [];
  const at = (table: number) => ({ person: String(person.id), table: String(table) });
  const { host, hostUntil, hostThen = null } = person;
  if (hostUntil === undefined) return [at(host!)];
  const every = Array.from({ length: evening.rounds }, (_, index) => index + 1);
  const [first, then] = [
    every.filter((round) => round <= hostUntil),
    every.filter((round) => round > hostUntil),
  ];
  return [{ ...at(host!), rounds: first }, ...(hostThen === null ? [] : [{ ...at(hostThen), rounds: then }])];
}

/** A lock in the rounds in which it can hold: they are to come, the person is there and the table too. */
function lockThatHolds(
  lock: Question['locks'][number],
  evening: Evening,
  person: Attendee,
): Question['locks'] {
  const { rounds: all, held = 0, dropped = [] } = evening;
  const isWhole =
    held === 0 && dropped.length === 0 && person.from === undefined && person.until === undefined;
  if (isWhole) return [lock];
  const every = Array.from({ length: all }, (_, index) => index + 1);
  const rounds = (lock.rounds ?? every).filter(
    (round) => round > held && isThere(person, round) && isOpenTable(evening, Number(lock.table), round),
  );
  return rounds.length === 0 ? [] : [{ ...lock, rounds }];
}

function asked(
  person: Attendee,
  manager: number | null,
  stays: boolean,
  evening: Evening,
): Question['people'][number] {
  const { rounds } = evening;
  const { name, side, department, from = 1, until = rounds } = person;
  const host = hostsForAWhile(person, evening) ? null : person.host;
  return {
    id: String(person.id),
    name,
    side,
    ...(department && { department }),
    ...(manager !== null && { manager: String(manager) }),
    ...(host !== null && { host: String(host) }),
    ...(host === null && stays && { stays: true }),
    ...(from > 1 && { from }),
    ...(until < rounds && { until }),
  };
}

function lockOf({ kind, personId, tableNumber, round }: Wish): Question['locks'] {
  if (kind !== 'lock' || tableNumber === null) return [];
  const lock = { person: String(personId), table: String(tableNumber) };
  return [round === null ? lock : { ...lock, rounds: [round] }];
}

function metAmong(met: Met, here: ReadonlyMap<number, unknown>): Question['met'] {
  return [...met].flatMap(([key, times]): Question['met'] => {
    const [a, b] = key.split(' ').map(Number) as [number, number];
    return here.has(a) && here.has(b) ? [[String(a), String(b), times]] : [];
  });
}

/** The lists of people by round and table. */
export function listsOf(seats: Seats, rounds: number, tables: number): string[][][] {
  const lists = Array.from({ length: rounds }, () => Array.from({ length: tables }, (): string[] => []));
  for (const [id, row] of seats)
    for (const [round, table] of row.entries()) lists[round]?.[table - 1]?.push(String(id));
  return lists;
}

/** The seats in lists of people by round and table. */
export function seatsIn(lists: readonly (readonly (readonly string[])[])[]): Map<number, number[]> {
  const seats = new Map<number, number[]>();
  for (const [round, tables] of lists.entries())
    for (const [table, ids] of tables.entries())
      for (const id of ids) {
        const row = seats.get(Number(id)) ?? Array.from(lists, () => 0);
        row[round] = table + 1;
        seats.set(Number(id), row);
      }
  return seats;
}
