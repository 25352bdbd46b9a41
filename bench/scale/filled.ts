// Results that the functions that fill a database hand on to each other.
import type { Context } from '../../src/context.ts';
import type { Programme } from '../../src/store/events/programmes.ts';
import type { Size } from './size.ts';

/** Rows with consecutive numbers. */
export interface Range {
  first: number;
  count: number;
}

export interface Start {
  ctx: Context;
  size: Size;
  programme: Programme;
}

/** The people that pages are opened as; they are invited to every event. */
export interface Readers {
  organiser: number;
  guest: number;
  talent: number;
  facilitator: number;
}

export interface WithPeople extends Start {
  readers: Readers;
  seniors: Range;
  talents: Range;
}

export interface WithTrends extends WithPeople {
  trends: Range;
}

export interface WithTeams extends WithTrends {
  teams: Range;
  /** The team of the talent that reads, and its trend; it has a table at every event. */
  busy: { team: number; trend: number };
}

export interface WithEvents extends WithTeams {
  /** The first event, made by what people press; the others are copies of it. */
  pattern: number;
  /** The next event, with most guests and questions. */
  large: { id: number; slug: string };
  /** An event of as many guests on its day, and one proposal of new seats. */
  evening: { id: number; slug: string; proposal: number };
  /** A draft and an event that is over. */
  draft: number;
  over: { id: number; slug: string };
}
