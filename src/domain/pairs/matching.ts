// A matching as the site keeps it: why two people are a pair, what each rule comes to, and who stays alone.
import { type Topic, topicKey, type Wisher } from './wishes.ts';

export type MatchRule = 'most' | 'stable';

/** Why these are a pair. Names nobody but the pair. */
export interface PairReason {
  /** Topics that the senior wants to know and the talent tells about, the senior's dearest first. */
  topics: Topic[];
  /** The topic is the first of the senior, and of the talent. */
  firstOfSenior: boolean;
  firstOfTalent: boolean;
  /** Both named each other after an event. */
  isMutual: boolean;
}

/** Result of following one rule. */
export interface RuleSummary {
  rule: MatchRule;
  pairs: number;
  /** The most pairs there can be, where that is known. */
  bound: number;
  firstOfSeniors: number;
  firstOfTalents: number;
  /** Pairs of people who would both rather have each other. */
  swaps: number;
  isProven: boolean;
}

/** Why somebody has no partner; `n` counts the people they could have had. */
export interface Alone {
  personId: number;
  why: 'nobody' | 'line' | 'topic' | 'taken' | 'apart';
  n: number;
}

/** Result of the last matching. `rules` has the one that was followed first. */
export interface MatchSummary {
  rules: RuleSummary[];
  alone: Alone[];
  seniors: number;
  talents: number;
}

/** How a publication can be taken back until then: its pairs become a draft again, its e-mails are not sent. */
export interface PublishedPairs {
  press: string;
  until: string;
  pairIds: number[];
}

/** Two or three people, the senior first. */
export interface Match {
  seniorId: number;
  talentId: number;
  secondTalentId: number | null;
}

/** Says why two people (or the first of two talents) are a pair. */
export function reasonOf(senior: Wisher, talents: readonly Wisher[], isMutual: boolean): PairReason {
  const offered = new Map(talents.flatMap(({ topics }) => topics.map((topic) => [topicKey(topic), topic])));
  const topics = senior.topics.filter((topic) => offered.has(topicKey(topic)));
  const keys = new Set(topics.map(topicKey));
  const isFirst = ({ topics: [first] }: Wisher) => first !== undefined && keys.has(topicKey(first));
  return { topics, firstOfSenior: isFirst(senior), firstOfTalent: talents.some(isFirst), isMutual };
}

/** Obstacle between two people of different sides, or null. */
export type Obstacle = (a: Wisher, b: Wisher) => 'line' | 'apart' | 'topic' | null;

/** Says of everybody without a partner why that is, by what stands between them and each of the other side. */
export function whyAlone(
  everyone: readonly Wisher[],
  paired: ReadonlySet<number>,
  between: Obstacle,
): Alone[] {
  return everyone
    .filter(({ id }) => !paired.has(id))
    .map((person): Alone => {
      const others = everyone.filter(({ side, most }) => side !== person.side && most > 0);
      const obstacles = others.map((other) => between(person, other));
      const free = obstacles.filter((one) => one === null).length;
      const of = (why: Alone['why'], n = free): Alone => ({ personId: person.id, why, n });
      if (others.length === 0) return of('nobody');
      if (free > 0) return of('taken');
      if (obstacles.every((one) => one === 'line')) return of('line', others.length);
      return of(obstacles.includes('topic') ? 'topic' : 'apart', others.length);
    });
}

/** Says what stands between two people: one reporting line, a wish, or no topic in common. */
export function obstacles(
  lines: ReadonlyMap<number, readonly number[]>,
  apart: readonly (readonly [number, number])[],
  mutual: readonly (readonly [number, number])[],
): Obstacle {
  const key = (a: number, b: number) => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const never = new Set(apart.map(([a, b]) => key(a, b)));
  const liked = new Set(mutual.map(([a, b]) => key(a, b)));
  const isAbove = (upper: number, lower: number) => lines.get(lower)?.includes(upper) ?? false;
  return (a, b) => {
    if (isAbove(a.id, b.id) || isAbove(b.id, a.id)) return 'line';
    if (never.has(key(a.id, b.id))) return 'apart';
    if (liked.has(key(a.id, b.id)) || a.topics.length === 0 || b.topics.length === 0) return null;
    const theirs = new Set(b.topics.map(topicKey));
    return a.topics.some((topic) => theirs.has(topicKey(topic))) ? null : 'topic';
  };
}

/** Everyone above each person, the nearest first, by who reports to whom. A circle ends where it closes. */
export function linesOf(managers: ReadonlyMap<number, number | null>): Map<number, number[]> {
  return new Map(
    [...managers.keys()].map((id) => {
      const line: number[] = [];
      let at = managers.get(id) ?? null;
      while (at !== null && at !== id && !line.includes(at)) {
        line.push(at);
        at = managers.get(at) ?? null;
      }
      return [id, line];
    }),
  );
}
