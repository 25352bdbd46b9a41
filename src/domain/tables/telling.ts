// People who are told of a plan: hosts of the people at their table, guests of another table than they knew.
import type { Seats } from './plan.ts';

/** A host's table in one round, with the first names of everyone else at it. */
export interface CompanyInRound {
  /** From 1. */
  number: number;
  /** The round's own name; empty where it has none. */
  title: string;
  /** Wall clock 'HH:MM'. */
  at: string;
  /** 0 where they have no seat in it. */
  table: number;
  people: string[];
}

/** A guest's table in one round, and the one they knew of before; 0 stands for no seat. */
export interface TableInRound {
  number: number;
  title: string;
  at: string;
  table: number;
  before: number;
  /** The trend on the table; empty where it has none. */
  topic: string;
  /** First names of its hosts. */
  hosts: string[];
}

/** Finds everyone else at a person's table in each round, in the order of `people`. */
export function companyOf<Person extends { id: number }>(
  people: readonly Person[],
  seats: Seats,
  personId: number,
): Person[][] {
  const own = seats.get(personId) ?? [];
  return own.map((table, round) =>
    table === 0 ? [] : people.filter(({ id }) => id !== personId && seats.get(id)?.[round] === table),
  );
}

/** Says whether two people's rows lead to the same tables; no row and a row without a seat are alike. */
export function sitAlike(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  const textOf = (row: readonly number[] | undefined) => (row?.some((table) => table > 0) ? row.join() : '');
  return textOf(a) === textOf(b);
}

/** Says whether two lists of rounds name the same people at the same tables, whatever the clock says. */
export function isSameCompany(a: readonly CompanyInRound[], b: readonly CompanyInRound[]): boolean {
  const textOf = (rounds: readonly CompanyInRound[]) =>
    JSON.stringify(rounds.map(({ table, people }) => [table, people.toSorted()]));
  return textOf(a) === textOf(b);
}
