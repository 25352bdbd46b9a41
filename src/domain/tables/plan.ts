// A table plan: the table of everybody in each round, and how two plans differ.
import { type FirstMoment, placesOf } from '../events/fixed-starts.ts';

/** The tables of people by round, from the first; 0 where they have no seat in it. */
export type Seats = ReadonlyMap<number, readonly number[]>;

/** Figures of a plan from the planner that made it. */
export interface PlanFigures {
  /** True where no plan can keep more wishes, be mixed better or have fewer meetings that are not new. */
  isProven: boolean;
  /** Expected number of tables at which too few sit, and the least it can be; absent where all are as likely to come. */
  thin?: { expected: number; least: number };
  seconds: number;
}

/** Kinds of changes that can be taken back. */
export const changeKinds = ['moved', 'taken-off', 'placed', 'seated', 'mended', 'read', 'published'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How to take the last change of a plan back: the seats of people as they were, null where they had none. */
export interface SeatUndo {
  kind: ChangeKind;
  /** The person it was about, where it was one. */
  name: string;
  /** True: there was no published plan before. */
  isFirst?: boolean;
  seats: [personId: number, tables: number[] | null][];
  /** E-mails of the publication just before that had not left, and were cancelled by this one. */
  cancelled?: number[];
}

/** Most tables and rounds of an event that are planned here. */
export const mostTables = 200;
export const mostRounds = 12;

/** A row without a seat. */
export const noSeat = (rounds: number): number[] => Array.from({ length: rounds }, () => 0);

/** Somebody's tables fitted to so many rounds and tables: what lies outside is no seat. */
export function fitted(tables: readonly number[], rounds: number, last: number): number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const table = tables[round] ?? 0;
    return table >= 1 && table <= last ? table : 0;
  });
}

/** People who sit elsewhere in one plan than in the other, or in one of them only. */
export function differing(one: Seats, other: Seats): number[] {
  const ids = new Set([...one.keys(), ...other.keys()]);
  return [...ids].filter((id) => textOf(one.get(id)) !== textOf(other.get(id)));
}

const textOf = (tables: readonly number[] | undefined) =>
  tables?.some((table) => table > 0) ? tables.join() : '';

/** Returns the changes that turn one plan into the other, as an undo keeps them: the rows of `before`. */
export function rowsBefore(before: Seats, after: Seats): SeatUndo['seats'] {
  return differing(before, after).map((id) => [id, before.get(id)?.slice() ?? null]);
}

/** The rounds of an event: its blocks of talk. */
export interface Round {
  /** From 1. */
  number: number;
  title: string;
  minutes: number;
  /** Real minutes from the beginning of the event. */
  after: number;
}

/** Finds the rounds in a run of show; one without a block of talk is one round. Without a first moment no start is fixed. */
export function roundsOf(
  blocks: readonly { kind: string; title: string; minutes: number; fixedAt?: string | null }[],
  first?: FirstMoment,
): Round[] {
  const { starts, end } = placesOf(blocks, first);
  const talks = blocks.flatMap(({ kind, title, minutes }, index) =>
    kind === 'talk' ? [{ title, minutes, after: starts[index]! }] : [],
  );
  const rounds = talks.slice(0, mostRounds).map((talk, index) => ({ number: index + 1, ...talk }));
  return rounds.length > 0 ? rounds : [{ number: 1, title: '', minutes: end, after: 0 }];
}
