// A seating in the words of those who asked for it: lists of ids, counts, and what is proven.

import { leastThin } from './bounds/thin-bound.ts';
import { type Broken, brokenWishes } from './broken.ts';
import { type Change, changesOf } from './changes.ts';
import type { Hall } from './hall.ts';
import { reasonsFor } from './reasons.ts';
import type { Move } from './repairs.ts';
import { apartBroken, mixBroken, type Score, type Seats, togetherBroken } from './score.ts';
import { seasonOf } from './season.ts';
import { noPlanOf, repeatsSaid, sentencesOf, type Worth } from './sentences.ts';
import { type SoftScore, softScore } from './soft/soft.ts';
import { leastSoft } from './soft/soft-bounds.ts';
import { sittingOutSaid, type Unmet, unmetOf } from './soft/soft-sentences.ts';
import { type Expected, expectedOf, oddsOf, thinSentences } from './thin.ts';
import { reachesFirstParts } from './weights.ts';
import { presenceOf, type TablesWishes, tablesOf } from './wishes.ts';

/** A pair of people in a round, rounds from 1. */
export interface BrokenPair {
  round: number;
  pair: [string, string];
}

/** A table that is not mixed as evenly as the room allows. */
export interface BrokenMix {
  round: number;
  table: string;
  seniors: number;
  talents: number;
}

/** A seating and what it is worth. */
export interface TablesAnswer {
  /** The ids at each table of each round, in the order of the tables. */
  rounds: string[][][];
  /** Meetings that are not new: Σ max(0, m − 1) over pairs that meet m times. */
  repeats: number;
  /** Σ C(m, 2), what is minimised. */
  repeatedMeetings: number;
  /** No plan that keeps what this one keeps has fewer repeated meetings. */
  bound: number;
  /** The name of that bound. */
  boundBy: string;
  /** No plan does better in wishes, mix, (where seats are kept) moves, and repeated meetings, in this order. */
  provenOptimal: boolean;
  apartBroken: BrokenPair[];
  togetherBroken: BrokenPair[];
  mixBroken: BrokenMix[];
  /** Meetings of people of one department, and the fewest the tables allow. */
  departmentMeetings: number;
  departmentBound: number;
  /** People who sit elsewhere than in the plan they know, summed over rounds, and the fewest who must. */
  moved: number;
  movedBound: number;
  /** Pairs that meet for the first time this season, and the most there can be; where earlier meetings are given. */
  newMeetings?: number;
  seasonBound?: number;
  /** The evening to expect, where odds of absence are given. */
  expected?: Expected;
  /** Soft wishes, where asked for: how far they are from being met, what no plan is below, and each that is not met. */
  soft?: SoftScore;
  softBound?: SoftScore;
  unmet?: Unmet[];
  /** People who sit out, by round, where they may in turn. */
  sittingOut?: string[][];
  /** The fewest moves for everybody who may be missing, and for every table (`table:t4`) that may be dropped. */
  repairs?: Record<string, Move[]>;
  /** With a plan people know: what it changes for whom, by id. */
  changes?: Record<string, Change[]>;
  /** Wishes that are not kept in rounds to come, each with a sentence. */
  broken: Broken[];
  /** A sentence or two about everybody's evening, by id. */
  reasons: Record<string, string>;
  /** Explanations of the bounds and of what wishes cost. */
  sentences: string[];
  method: string;
  iterations: number;
  seed: number;
}

/** How the plan came about. */
interface Making {
  method: string;
  iterations: number;
  seed: number;
  /** Whether every plan was looked at. */
  proven: boolean;
  /** The fewest meetings that cannot be new. */
  leastNotNew: number;
  /** Whether bounds that take long are left out. */
  hurried: boolean;
  /** Whether a better plan is still looked for: reasons that take long are looked for in the end. */
  isOnTheWay: boolean;
  /** True once the time is up. */
  isOver: () => boolean;
}

/** The answer for `seats`, whose score and bounds are given. */
export function answerOf(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  score: Score,
  least: Score & { why: string },
  { proven, leastNotNew, hurried, isOnTheWay, isOver, ...making }: Making,
): TablesAnswer {
  const rounds = listsOf(wishes, hall, seats);
  const worth = { score, least, leastNotNew, noPlan: noPlanOf(hall) };
  const provenOptimal = reachesFirstParts(hall, score, least) && (!hall.sizesChosen || proven);
  const fewest =
    score.apart + score.together <= least.apart + least.together && (!hall.sizesChosen || proven);
  return {
    rounds,
    repeats: score.repeats,
    repeatedMeetings: score.repeatedMeetings,
    bound: Math.min(least.repeatedMeetings, score.repeatedMeetings),
    boundBy: least.why,
    provenOptimal,
    ...brokenIn(wishes, hall, seats, rounds),
    departmentMeetings: score.departments,
    departmentBound: Math.min(least.departments, score.departments),
    moved: score.moved,
    movedBound: Math.min(least.moved, score.moved),
    broken: brokenWishes(wishes, hall, seats, fewest, () => isOnTheWay || isOver()),
    ...inWords(wishes, hall, seats, rounds, worth, hurried, isOver),
    ...making,
  };
}

/** Bounds of soft wishes that were not looked for. */
const nothingKnown: SoftScore = { prefers: 0, rather: 0, balance: 0 };

/** Sentences and reasons, and how many meetings are the first this season. */
function inWords(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  rounds: TablesAnswer['rounds'],
  worth: Worth,
  hurried: boolean,
  isOver: () => boolean,
) {
  const season = hall.met && seasonOf(hall, seats, isOver);
  const odds = oddsOf(wishes);
  const unmet = unmetOf(wishes, hall, seats);
  const thin = odds && !hurried ? leastThin(hall, odds, worth.score.mix === 0, isOver) : 0;
  const expected = odds && expectedOf(hall, seats, odds, thin);
  return {
    ...(expected ? { expected } : {}),
    ...(hall.previous ? { changes: changesOf(wishes, hall, seats) } : {}),
    ...(season ? { newMeetings: season.first, seasonBound: season.most } : {}),
    ...(hall.soft
      ? { soft: softScore(hall, seats), softBound: hurried ? nothingKnown : leastSoft(hall), unmet }
      : {}),
    ...(wishes.sittingOut ? { sittingOut: outOf(wishes, rounds) } : {}),
    reasons: reasonsFor(wishes, hall, seats, repeatsSaid(worth)),
    sentences: [
      ...sentencesOf(wishes, hall, seats, season, worth),
      ...sittingOutSaid(wishes, hall),
      ...thinSentences(odds, expected),
      ...unmet.map(({ sentence }) => sentence),
    ],
  };
}

/** Lists who is here and has no seat, by round; in rounds already held as it was. */
function outOf({ people, past = [], sittingOut = [], rounds: all }: TablesWishes, rounds: string[][][]) {
  return rounds.map((tables, round) => {
    if (round >= past.length) return [...(sittingOut[round] ?? [])];
    const seated = new Set(tables.flat());
    return people
      .filter((person) => {
        const [from, until] = presenceOf(person, all);
        return round >= from && round <= until && !seated.has(person.id);
      })
      .map(({ id }) => id);
  });
}

/** The wishes that could not be kept, with people and tables by name; rounds count from 1. */
function brokenIn(wishes: TablesWishes, hall: Hall, seats: Seats, rounds: TablesAnswer['rounds']) {
  const tables = tablesOf(wishes);
  const idOf = (person: number) => wishes.people[person]!.id;
  const named = ({
    round,
    pair: [a, b],
  }: {
    round: number;
    pair: readonly [number, number];
  }): BrokenPair => ({
    round: round + 1,
    pair: [idOf(a), idOf(b)],
  });
  return {
    apartBroken: apartBroken(hall, seats).map(named),
    togetherBroken: togetherBroken(hall, seats).map(named),
    mixBroken: mixBroken(hall, seats).map(({ round, table, seniors }) => ({
      round: round + 1,
      table: tables[table]!.id,
      seniors,
      talents: rounds[round]![table]!.length - seniors,
    })),
  };
}

function listsOf({ people }: TablesWishes, hall: Hall, seats: Seats): string[][][] {
  return Array.from({ length: hall.rounds }, (_, round) => {
    const tables = Array.from({ length: hall.tables }, (): string[] => []);
    for (const [person, { id }] of people.entries()) {
      const table = seats[round * hall.people + person]!;
      if (table >= 0) tables[table]!.push(id);
    }
    return tables;
  });
}
