// Input and answer of the dates planner: who can come when, and what a date needs. In JSON:
// {"people": [{"id": "ada", "name": "Ada", "side": "senior", "answers": {"mon": "yes", "tue": "maybe"}}],
//  "dates": [{"id": "mon", "name": "Monday 5 October"}, {"id": "tue", "most": 12}],
//  "choose": 2, "quorum": {"senior": 3}, "most": 20}
import type { Goal } from '../programme.ts';

export type Side = 'talent' | 'senior';

/** Answer to a date; a date somebody says nothing about is a no. */
export type Answer = 'yes' | 'maybe' | 'no';

/** Somebody asked for dates; they are given a place on at most one. */
export interface Invitee {
  id: string;
  name: string;
  side: Side;
  /** By the date's id. */
  answers: Readonly<Record<string, Answer>>;
  /** `once`: must have a place on one of the chosen dates. `always`: must be at every one of them, as who reports is. */
  needed?: 'once' | 'always' | undefined;
}

/** The least of each side that a date needs, those who may come counted in. */
export interface Quorum {
  talent?: number | undefined;
  senior?: number | undefined;
}

/** A date that can be chosen; its own quorum and size go before those of all dates. */
export interface DateWish {
  id: string;
  /** How people call it; else its id. */
  name?: string | undefined;
  quorum?: Quorum | undefined;
  least?: number | undefined;
  most?: number | undefined;
}

/** One of several events that need a date each. */
export interface EventWish {
  id: string;
  /** How people call it; else its id. */
  name?: string | undefined;
  /** The ids of people who have to be there. */
  needs?: readonly string[] | undefined;
  /** The ids of dates it can be held on; any of them where it is left out. */
  dates?: readonly string[] | undefined;
}

/** Everything asked of a choice of dates. */
export interface DatesWishes {
  people: readonly Invitee[];
  dates: readonly DateWish[];
  /** How many dates to choose; 1 where it is left out. */
  choose?: number | undefined;
  /** Several events instead of `choose`: a date for each, no two on one date; people may come to all. */
  events?: readonly EventWish[] | undefined;
  /** Everybody comes to one of the events at most. */
  once?: boolean | undefined;
  quorum?: Quorum | undefined;
  /** The least and most people on a date, sides and those needed always counted in. */
  least?: number | undefined;
  most?: number | undefined;
  /** Side whose places are counted first; `everyone` where it is left out. */
  first?: 'everyone' | 'seniors' | undefined;
  /** The ids of people whose coming counts before everything else, a team looking for hours it shares. */
  group?: readonly string[] | undefined;
}

/** A chosen date and who has a place there. */
export interface ChosenDate {
  id: string;
  /** The id of the event that is held then, where several were asked for. */
  event?: string;
  /** Everybody's id, those who said yes first. */
  people: string[];
  /** Guests among them who said maybe. */
  maybe: string[];
  talents: number;
  seniors: number;
}

/** A date by itself: who said what, and why it cannot be held where it cannot. */
export interface DateTally {
  id: string;
  yes: number;
  maybe: number;
  /** Number of seniors among yes and maybe. */
  seniors: number;
  /** People of the group among yes and maybe, where there is one. */
  group?: number;
  chosen: boolean;
  /** One sentence for everything that is missing for this date. */
  missing: string[];
}

/** The dates chosen and what the choice is worth. */
export interface DatesAnswer {
  /** In the order of the wishes. */
  dates: ChosenDate[];
  /** The date's id by that of the event, where several were asked for. */
  chosen?: Record<string, string>;
  /** The ids of those who have no place. */
  without: string[];
  /**
   * People with a place, each counted once; those of them who said yes, and who are seniors. With several events places
   * are counted: who comes to two counts twice.
   */
  attendees: number;
  yes: number;
  seniors: number;
  /** Places of the group, and those after a yes (where there is one), of seniors (where they count first), of everybody, and of those who said yes; with the most possible. */
  goals: Goal[];
  /** No choice does better. */
  provenOptimal: boolean;
  /** The part of the first goal without a proof that is still open, 0 to 1; 0 with a proof. */
  gap: number;
  /** Why these dates, in words. */
  reason: string;
  /** Why each person has the place they have or none, by id. */
  reasons: Record<string, string>;
  /** Every date by itself, in the order of the wishes. */
  tallies: DateTally[];
  method: string;
  /** Dates tried, or nodes of the search tree. */
  iterations: number;
  seed: number;
}
