// Input and answer of the pairs planner: who wants to learn what, and who can teach it. In JSON:
// {"people": [{"id": "ines", "name": "Ines", "side": "senior", "wants": ["ai", "energy"], "most": 2},
//             {"id": "bo", "name": "Bo", "side": "talent", "offers": ["ai"], "manager": "ines"}],
//  "apart": [["ines", "cas"]], "locks": [["ines", "dora"]], "weights": [["ines", "dora", 40]], "strangers": false}
import type { Goal } from '../programme.ts';

export type Side = 'talent' | 'senior';

/** Somebody to be paired with people of the other side. */
export interface Partner {
  id: string;
  name: string;
  side: Side;
  /** The id of their boss; a boss who is not among the people ends the reporting line. */
  manager?: string | undefined;
  /** Topics a senior wants to know about, the most wanted first. */
  wants?: readonly string[] | undefined;
  /** Topics a talent can tell about, the best known first. */
  offers?: readonly string[] | undefined;
  /** People of the other side they would like, in tiers, the dearest first; all others come after, by topics. */
  likes?: readonly (readonly string[])[] | undefined;
  /** Most pairs they are in: a senior's load or a talent's capacity, 1 where it is left out; 0 only hands a line on. */
  most?: number | undefined;
  /** A senior who may meet two talents together; each time uses one of their `most`. */
  trio?: boolean | undefined;
}

/** Everything asked of pairs; the seed of a file goes into the effort. */
export interface PairsWishes {
  people: readonly Partner[];
  /** Never a pair, besides anybody and the people above them in the reporting line. */
  apart?: readonly (readonly [string, string])[] | undefined;
  /** Pairs in any case. */
  locks?: readonly (readonly [string, string])[] | undefined;
  /** Worth of a pair, a whole number from 0, instead of what topics and likes say. */
  weights?: readonly (readonly [string, string, number])[] | undefined;
  /** Also pairs who name topics and share none; else only where a topic, a like or a weight speaks for the pair. */
  strangers?: boolean | undefined;
  /** Every senior may meet two talents together. */
  trios?: boolean | undefined;
  /** `most` where it is left out. */
  rule?: PairsRule | undefined;
}

/**
 * `most`: as many pairs as possible, then as much weight as possible. `stable`: no two people would rather have each
 * other than whom they have.
 */
export type PairsRule = 'most' | 'stable';

/** A senior and a talent. */
export interface Pair {
  senior: string;
  talent: string;
  weight: number;
  /** The topics the senior wants and the talent offers, in the senior's order. */
  topics: string[];
  /** Why these two, in words. */
  reason: string;
}

/** A senior and two talents who meet together; the weight is that of both. */
export interface Trio extends Omit<Pair, 'talent'> {
  talents: [string, string];
}

/** Pairs and trios: most people placed, then most weight; which others would rather have each other is not looked at. */
export interface TriosAnswer extends Omit<PairsAnswer, 'pairs' | 'blockingPairs' | 'otherRule'> {
  pairs: (Pair | Trio)[];
}

/** Pairs and what they are worth. */
export interface PairsAnswer {
  pairs: Pair[];
  /** The ids of those who could be in a pair and are in none. */
  unpaired: string[];
  weight: number;
  rule: PairsRule;
  /** By `most` pairs, then weight, and by `stable` pairs, each with the most there can be by that rule. */
  goals: Goal[];
  /** By `most`: nothing has more pairs, nor as many of more weight. By `stable`: no stable pairing has more pairs. */
  provenOptimal: boolean;
  /** Pairs who would rather have each other; none by `stable`. */
  blockingPairs: { senior: string; talent: string }[];
  /** Result of the other rule. */
  otherRule: { rule: PairsRule; pairs: number; weight: number; blockingPairs: number };
  /** The cost of following this rule rather than the other, in one sentence. */
  price: string;
  /** Why those without a pair have none, by id. */
  reasons: Record<string, string>;
  method: string;
  /** Shortest paths, and turns of the stable draw. */
  iterations: number;
  seed: number;
}
