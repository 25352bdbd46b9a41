// A run of the planner over a season: what it is asked, in numbers alone, and the plans it gives. No name stands in them.
import { type Tiers, tierOf } from './ranking.ts';

/** Rules by which trends are given; see planning/assign/wishes. */
export const ruleNames = ['fairest', 'most-firsts', 'firsts-fair'] as const;
export type RuleName = (typeof ruleNames)[number];

export interface PersonToPlace {
  id: number;
  /** The team made by hand they are placed with, all or none. */
  teamId: number | null;
  tiers: Tiers;
  hasRanked: boolean;
  department: string;
  /** The trend an organiser keeps them with. */
  lock: number | null;
  /** Ids of the skills they say they have. */
  skills?: number[];
}

export interface TrendToGive {
  id: number;
  least: number;
  most: number;
  /** Ids of skills of which somebody there is to have each; only those that somebody can bring. */
  skills?: number[];
}

export type Pair = readonly [number, number];

export interface RunQuestion {
  people: PersonToPlace[];
  trends: TrendToGive[];
  /** Pairs who are never in one team, and pairs who like to be. */
  apart: Pair[];
  likes: Pair[];
  mixesDepartments: boolean;
  seed: number;
  /** For prices: the rule of the draft, and where everybody is now. */
  rule: RuleName;
  places?: [personId: number, trendId: number][];
  /** Others stay where they are if that is possible at all: what was published moves as few people as can be. */
  keepsOthers?: boolean;
}

/** A goal that is not proven: its name in the planner, its value, and what it could be at best. */
export interface Gap {
  part?: string;
  value: number;
  bound: number;
}

/** A goal that the planner is at: what it has, what it could have at best, of how many. */
export interface Progress extends Gap {
  part: string;
  most: number;
}

/** Reads a stored progress; null where nothing is known yet, or an earlier version wrote it. */
export function progressIn(stored: string): Progress | null {
  if (!stored.startsWith('{')) return null;
  const { part, value, bound, most } = JSON.parse(stored) as Record<string, unknown>;
  const numbers = [value, bound, most].map(Number);
  if (typeof part !== 'string' || !numbers.every(Number.isFinite)) return null;
  return { part, value: numbers[0]!, bound: numbers[1]!, most: numbers[2]! };
}

/** One way to place everybody. */
export interface RunPlan {
  rule: RuleName;
  /** For prices: the trend that the people asked about would have. */
  trendId?: number;
  places: [personId: number, trendId: number][];
  proven: boolean;
  /** The first goal that is not proven, with its value and what could be at best. */
  gap?: Gap;
}

export interface RunResult {
  plans: RunPlan[];
  /** Why there is no plan, one sentence each; people and trends stand in it as ⟦p12⟧ and ⟦t3⟧. */
  faults: string[];
  /** Summaries of the plans for a page, worked out once. */
  rules: RuleSummary[];
  prices: PriceSummary[];
}

/** Some of those whom a change concerns, and how many they are. */
export interface Concerned {
  n: number;
  some: Difference[];
}

/** A rule's plan in numbers, and whom each other rule would serve better or worse. */
export interface RuleSummary {
  rule: RuleName;
  worth: Worth;
  proven: boolean;
  gap?: Gap;
  against: { rule: RuleName; better: Concerned; worse: Concerned }[];
}

/** A trend that the people asked about could have, and whom it would cost or give something. */
export interface PriceSummary {
  trendId: number;
  choice: number | null;
  better: Concerned;
  worse: Concerned;
}

/** A person or a trend in a sentence, until it is shown: names change, and people are erased. */
export const personToken = (id: number) => `⟦p${id}⟧`;
export const trendToken = (id: number) => `⟦t${id}⟧`;
export const skillToken = (id: number) => `⟦s${id}⟧`;

/** Tokens of people, trends and skills. */
export type TokenKind = 'p' | 't' | 's';

/** Fills the tokens of a sentence. */
export const withNames = (sentence: string, nameOf: (kind: TokenKind, id: number) => string): string =>
  sentence.replace(/⟦([pts])(\d+)⟧/g, (_, kind: TokenKind, id: string) => nameOf(kind, Number(id)));

/** The ids that sentences speak of, by kind. */
export function namedIn(sentences: readonly string[]): Record<'people' | 'trends' | 'skills', number[]> {
  const found = { p: new Set<number>(), t: new Set<number>(), s: new Set<number>() };
  for (const [, kind, id] of sentences.join(' ').matchAll(/⟦([pts])(\d+)⟧/g))
    found[kind as TokenKind].add(Number(id));
  return { people: [...found.p], trends: [...found.t], skills: [...found.s] };
}

/** Worth of a plan: how many get a choice of each tier, how many one they did not rank, and how many none. */
export interface Worth {
  choices: number[];
  unranked: number;
  without: number;
}

/** Counts choices, places that were not ranked, and people without one. */
export function worthOf({ people }: Pick<RunQuestion, 'people'>, places: RunPlan['places']): Worth {
  const given = new Map(places);
  const worth: Worth = { choices: [], unranked: 0, without: 0 };
  for (const { id, tiers } of people) {
    const trend = given.get(id);
    const tier = trend === undefined ? null : tierOf(tiers, trend);
    if (trend === undefined) worth.without += 1;
    else if (tier === null) worth.unranked += 1;
    else worth.choices[tier] = (worth.choices[tier] ?? 0) + 1;
  }
  worth.choices = Array.from(worth.choices, (n) => n ?? 0);
  return worth;
}

/** Whether two plans come to the same numbers. */
export const isSameWorth = (one: Worth, other: Worth): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A person whose choice differs between two plans; null is none, or one not ranked. */
export interface Difference {
  id: number;
  from: number | null;
  to: number | null;
}

/** People who would be better or worse served by the other plan: worse with the deepest fall first. */
export function differences(
  { people }: Pick<RunQuestion, 'people'>,
  now: RunPlan['places'],
  other: RunPlan['places'],
): { better: Difference[]; worse: Difference[] } {
  const [before, after] = [new Map(now), new Map(other)];
  const depth = (choice: number | null) => choice ?? Number.POSITIVE_INFINITY;
  const found = people.flatMap(({ id, tiers, hasRanked }): Difference[] => {
    const choiceIn = (given: Map<number, number>) => {
      const trend = given.get(id);
      return trend === undefined ? null : tierOf(tiers, trend);
    };
    const [from, to] = [choiceIn(before), choiceIn(after)];
    return hasRanked && from !== to ? [{ id, from, to }] : [];
  });
  const fall = ({ from, to }: Difference) => depth(to) - depth(from);
  return {
    better: found.filter(({ from, to }) => depth(to) < depth(from)),
    worse: found.filter(({ from, to }) => depth(to) > depth(from)).toSorted((a, b) => fall(b) - fall(a)),
  };
}

/** People named at most on each side of a comparison. */
const mostNamed = 5;

const some = (all: readonly Difference[]): Concerned => ({ n: all.length, some: all.slice(0, mostNamed) });

/** The rules' plans as a page compares them. */
export function summarised(question: RunQuestion, plans: readonly RunPlan[]): RuleSummary[] {
  return plans.map(({ rule, places, proven, gap }) => ({
    rule,
    worth: worthOf(question, places),
    proven,
    ...(gap && { gap }),
    against: plans
      .filter((other) => other.rule !== rule)
      .map((other) => {
        const { better, worse } = differences(question, places, other.places);
        return { rule: other.rule, better: some(better), worse: some(worse) };
      }),
  }));
}

/** The price of each trend that some people could have instead, beside where everybody is now. */
export function priced(
  question: RunQuestion,
  plans: readonly RunPlan[],
  about: readonly number[],
): PriceSummary[] {
  const now = question.places ?? [];
  const own = question.people.find(({ id }) => id === about[0]);
  const asked = new Set(about);
  return plans.flatMap(({ trendId, places }) => {
    if (trendId === undefined) return [];
    const { better, worse } = differences(question, now, places);
    const others = (all: readonly Difference[]) => some(all.filter(({ id }) => !asked.has(id)));
    return [
      {
        trendId,
        choice: own ? tierOf(own.tiers, trendId) : null,
        better: others(better),
        worse: others(worse),
      },
    ];
  });
}

/** Summaries that differ in their numbers: of those that come to the same only one, and the chosen one always. */
export function differentRules(all: readonly RuleSummary[], chosen: RuleName): RuleSummary[] {
  const sorted = all.toSorted((a, b) => Number(b.rule === chosen) - Number(a.rule === chosen));
  const kept = sorted.filter(
    (one, at) => !sorted.slice(0, at).some((other) => isSameWorth(other.worth, one.worth)),
  );
  return all
    .filter((one) => kept.includes(one))
    .toSorted((a, b) => ruleNames.indexOf(a.rule) - ruleNames.indexOf(b.rule));
}
