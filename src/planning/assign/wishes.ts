// Input and answer of the assignment planner: agents' ranks, the room of trends or teams, and the result; students and
// projects in the literature.
import type { Goal } from '../programme.ts';

/**
 * Somebody, or a team, to be given one trend. Ranks are tiers, the most wanted first; what is left out is not wanted.
 * People who rank nothing fill what is left, and displace nobody who ranked.
 */
export interface Agent {
  id: string;
  name: string;
  ranks: readonly (readonly string[])[];
  skills?: readonly string[] | undefined;
  /** The trend they have in any case, ranked or not. */
  lock?: string | undefined;
  /** The place in their ranks of what they got last season; between equals the worse off goes first, `none` before all. */
  lastRank?: LastRank | undefined;
  department?: string | undefined;
}

/** The rank somebody got last season, from 1, or that they got nothing. */
export type LastRank = number | 'none';

/** A trend, or a team, with room for `least` (else 0) to `most`. */
export interface Trend {
  id: string;
  name: string;
  least?: number | undefined;
  most: number;
  /** It can also be closed and take nobody; otherwise `least` holds in any case. */
  mayClose?: boolean | undefined;
  /** It can also be closed, and the answer says what would be without it. */
  optional?: boolean | undefined;
  /** Skills of which somebody there must have each, as long as anybody is there. */
  skills?: readonly string[] | undefined;
}

/** Everything asked of an assignment; the seed of a file goes into the effort. */
export interface AssignWishes {
  agents: readonly Agent[];
  trends: readonly Trend[];
  /** Pairs never to have the same trend. */
  apart?: readonly (readonly [string, string])[] | undefined;
  /** Pairs to have the same trend, or both none. */
  together?: readonly (readonly [string, string])[] | undefined;
  /** After the ranks, the fewest pairs of one department with one trend. */
  mix?: 'departments' | undefined;
  /** After that, the most of these pairs with one trend. */
  likes?: readonly (readonly [string, string])[] | undefined;
  /** The sizes of trends that have anybody differ by one at most. */
  even?: boolean | undefined;
}

/**
 * `most-firsts`: most first choices, then most second ones, and so on. `fairest`: as many placed as possible, then as
 * few as possible at the worst rank, then at the next worst. `firsts-fair`: as many placed as the fairest rule places,
 * nobody below its worst rank, and so most first choices, then most second ones, and so on.
 */
export type Rule = 'most-firsts' | 'fairest' | 'firsts-fair';

/** An assignment and what it is worth. */
export interface AssignAnswer {
  /** The trend's id by the agent's, for everybody who has one. */
  assignment: Record<string, string>;
  /** The ids of those who have none. */
  unassigned: string[];
  /** The ids of the trends that have nobody. */
  closed: string[];
  /** How many have a trend of their first tier, of their second, and so on; locks outside the ranks do not count. */
  profile: number[];
  rule: Rule;
  /**
   * The parts of what is compared, in order, each with its value and the best it could be when the parts before stay:
   * the rule's, those of people worse off last season, people without ranks, departments, likes.
   */
  goals: Goal[];
  /** No assignment that keeps every wish does better in these goals. */
  provenOptimal: boolean;
  /** Result of the other rule, as far as there was time to find out. */
  otherRule?: { rule: Rule; profile: number[]; unassigned: number; provenOptimal: boolean };
  /** The cost of following this rule rather than the other, in one sentence. */
  price: string;
  /** Why each agent got what they got, by id. */
  reasons: Record<string, string>;
  /** Results without each optional trend, by its id. */
  without?: Record<string, WithoutTrend>;
  /** Why each closed trend stays closed and what opening it would cost, by its id. */
  closedReasons: Record<string, string>;
  method: string;
  /** Shortest paths of the flow, or nodes of the search tree. */
  iterations: number;
  seed: number;
}

/** Result of an assignment where a trend is closed; only the sentence where there is none or was no time. */
export interface WithoutTrend {
  profile?: number[];
  unassigned?: number;
  sentence: string;
}
