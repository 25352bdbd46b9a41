// An organiser's wishes for a seating: people, tables, rounds and wishes, by the ids they know.

export type Side = 'talent' | 'senior';

/** Somebody to be seated. Rounds are counted from 1; `from` and `until` are the first and last round here. */
export interface Attendee {
  id: string;
  name: string;
  side: Side;
  department?: string | undefined;
  /** The id of their boss; a boss who is not among the people does not matter. */
  manager?: string | undefined;
  /**
   * Keeps a table in every round: the table's id, or true for one of the planner's choice. Hosts of one named table,
   * and hosts whom `together` names, share it; all others have a table of their own.
   */
  host?: string | boolean | undefined;
  /** Has a seat that does not move: one table, of the planner's choice, in every round. */
  stays?: boolean | undefined;
  from?: number | undefined;
  until?: number | undefined;
  /** Years of experience; `balance` may name this field, or any other that holds a number. */
  years?: number | undefined;
}

/** A table; without `seats` all tables are of one size, give or take one. */
export interface TableWish {
  id: string;
  /** Said to people instead of the id. */
  name?: string | undefined;
  seats?: number | undefined;
}

/** One person held at one table, in the named rounds or in all they are here for. */
export interface Lock {
  person: string;
  table: string;
  rounds?: readonly number[] | undefined;
}

/** A table that somebody would rather sit at, in every round they are here for. */
export interface Preference {
  person: string;
  table: string;
}

/** A table that is gone from a round on; from the first where none is said. */
export interface ClosedTable {
  table: string;
  from?: number | undefined;
}

/** A round as lists of people's ids, in the order of the tables. */
export type RoundLists = readonly (readonly string[])[];

/** Everything asked of a seating. */
export interface TablesWishes {
  people: readonly Attendee[];
  /** How many tables, called 1, 2, …, or the tables themselves. */
  tables: number | readonly TableWish[];
  rounds: number;
  /** Pairs never to share a table, besides everybody and their boss. */
  apart?: readonly (readonly [string, string])[] | undefined;
  /** Pairs to share a table in every round both are here. */
  together?: readonly (readonly [string, string])[] | undefined;
  locks?: readonly Lock[] | undefined;
  /** Tables that are gone; their lists are empty from then on. */
  closed?: readonly ClosedTable[] | undefined;
  /** How often pairs met at earlier events. */
  met?: readonly (readonly [string, string, number])[] | undefined;
  /** The rounds already held: the first rounds of the plan, not to be touched. */
  past?: readonly RoundLists[] | undefined;
  /** The plan people know, all rounds from the first; moves are counted against it. */
  previous?: readonly RoundLists[] | undefined;
  /** With a previous plan: `seats` moves as few people as possible, `meetings` puts new meetings before that. */
  keep?: 'seats' | 'meetings' | undefined;
  /** `sides` spreads seniors and talents evenly over the tables; `none` does not look at sides. */
  mix?: 'sides' | 'none' | undefined;
  /** How likely people are not there: one number for all, or by id, `*` for all others. */
  absence?: number | Readonly<Record<string, number>> | undefined;
  /** Soft: tables people would rather sit at, after everything above; of several for one person any will do. */
  prefers?: readonly Preference[] | undefined;
  /** Soft: pairs who like to meet, once at least; after `prefers`. */
  rather?: readonly (readonly [string, string])[] | undefined;
  /** Soft: the field of people, such as `years`, whose number every table is to have its share of; after `rather`. */
  balance?: string | undefined;
  /** Lets people sit out in turn where seats are too few: nobody twice before everybody once; hosts and the locked never. */
  sitOut?: boolean | undefined;
  /** People who sit out in each round to come, where `sitOut` had to choose; see soft/sitting-out.ts. */
  sittingOut?: RoundLists | undefined;
  /** Leaves out the repairs that come with odds of absence, for those who work them out on the day. */
  withoutRepairs?: boolean | undefined;
  /** Plan as well as can be where not all wishes can be kept, and say which are broken. */
  anyway?: boolean | undefined;
}

/** Wishes of an organiser who leaves the number of tables open: as many as fit the evening that is expected. */
export interface AskedTables extends Omit<TablesWishes, 'tables'> {
  tables: TablesWishes['tables'] | 'fit';
  /** With `fit`: how many people are to be at a table, from and to. */
  seatsPerTable?: readonly [number, number] | undefined;
}

/** The tables by id and seats, as many as asked for. */
export function tablesOf(wishes: TablesWishes): readonly TableWish[] {
  if (typeof wishes.tables !== 'number') return wishes.tables;
  return Array.from({ length: wishes.tables }, (_, index) => ({ id: String(index + 1) }));
}

/** Returns the name people use for a table. */
export const tableName = (table: TableWish) => table.name ?? table.id;

/** Whether a table, by its number, is there in a round counted from 0. */
export function isOpen({ closed, ...wishes }: TablesWishes, table: number, round: number): boolean {
  if (!closed?.length) return true;
  const { id } = tablesOf(wishes)[table]!;
  return !closed.some((one) => one.table === id && round + 1 >= (one.from ?? 1));
}

/** The number that a field of a person holds, as `years` may; undefined where it holds none. */
export function numberOf(person: Attendee, field: string): number | undefined {
  const value = (person as unknown as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The first and last round, counted from 0, that a person is here for. */
export function presenceOf(person: Attendee, rounds: number): [number, number] {
  return [(person.from ?? 1) - 1, (person.until ?? rounds) - 1];
}
