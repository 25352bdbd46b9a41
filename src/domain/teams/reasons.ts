// Why somebody has a trend and not one they ranked higher: the obstacle that can be seen in the plan itself, for
// organisers; and a reason for the person, which names nobody, no one's rank and no wish.
import { tierOf } from './ranking.ts';
import type { PersonToPlace, RunPlan, RunQuestion, TrendToGive } from './runs.ts';

/** People in a trend by what it is to them: their choice from 0, null for one not ranked, or kept there. */
export interface Holders {
  choice: number | null;
  kept: boolean;
  n: number;
  /** A few of them. */
  ids: number[];
}

/** One obstacle between a person and a trend. */
export type Why =
  /** `isEven`: for one of them it counts the same, so that departments or a draw decided. */
  | { kind: 'full'; trendId: number; holders: Holders[]; isEven: boolean }
  | { kind: 'few'; trendId: number; least: number; wanted: number }
  | { kind: 'apart'; trendId: number; otherId: number }
  | { kind: 'company'; trendId: number; free: number }
  | { kind: 'needed'; trendId: number; least: number }
  /** Nobody there would have a skill that the trend wants, so that it stays closed. */
  | { kind: 'skill'; trendId: number; skillId: number }
  /** The trend they have would lose the only one with a skill that it wants. */
  | { kind: 'only'; trendId: number; skillId: number }
  | { kind: 'rule'; trendId: number };

/** Holders named at most, in each group. */
const mostNamed = 3;

/** A plan, looked at from every side. */
interface Sight {
  people: Map<number, PersonToPlace>;
  trends: Map<number, TrendToGive>;
  given: Map<number, number>;
  having: Map<number, PersonToPlace[]>;
  apart: Map<number, number[]>;
  firsts: Map<number, number>;
}

/** The obstacles to each trend that a person ranks higher than what they have; nothing for those who have a first choice. */
export function whysOf(question: RunQuestion, places: RunPlan['places']): Map<number, Why[]> {
  const sight = lookAt(question, places);
  return new Map(
    question.people.flatMap((person): [number, Why[]][] => {
      const dearer = dearerThan(person, sight.given.get(person.id));
      return dearer.length === 0 ? [] : [[person.id, dearer.map((trend) => obstacle(sight, person, trend))]];
    }),
  );
}

function lookAt({ people, trends, apart }: RunQuestion, places: RunPlan['places']): Sight {
  const byId = new Map(people.map((person) => [person.id, person]));
  const given = new Map(places);
  const placed = people.filter(({ id }) => given.has(id));
  const foes = new Map<number, number[]>();
  for (const [a, b] of apart) {
    foes.set(a, [...(foes.get(a) ?? []), b]);
    foes.set(b, [...(foes.get(b) ?? []), a]);
  }
  const firsts = new Map<number, number>();
  for (const { tiers } of people)
    for (const trend of tiers[0] ?? []) firsts.set(trend, (firsts.get(trend) ?? 0) + 1);
  return {
    people: byId,
    trends: new Map(trends.map((trend) => [trend.id, trend])),
    given,
    having: Map.groupBy(placed, ({ id }) => given.get(id)!),
    apart: foes,
    firsts,
  };
}

function dearerThan({ tiers, lock }: PersonToPlace, trend: number | undefined): number[] {
  if (lock !== null) return [];
  const own = trend === undefined ? null : tierOf(tiers, trend);
  return tiers.slice(0, own ?? tiers.length).flat();
}

function obstacle(sight: Sight, person: PersonToPlace, trendId: number): Why {
  const trend = sight.trends.get(trendId);
  if (!trend) return { kind: 'rule', trendId };
  const here = sight.having.get(trendId) ?? [];
  if (here.length >= trend.most) {
    const own = sight.given.get(person.id);
    const isEven = here.some((other) => other.lock === null && isEqual(person, other, trendId, own));
    return { kind: 'full', trendId, holders: holdersOf(here, trendId), isEven };
  }
  const company = companyOf(sight, person).length;
  if (here.length + company < trend.least)
    return { kind: 'few', trendId, least: trend.least, wanted: sight.firsts.get(trendId) ?? 0 };
  const lacking = here.length > 0 ? undefined : lackingSkill(sight, trend, companyOf(sight, person));
  if (lacking !== undefined) return { kind: 'skill', trendId, skillId: lacking };
  const foe = (sight.apart.get(person.id) ?? []).find((id) => sight.given.get(id) === trendId);
  if (foe !== undefined) return { kind: 'apart', trendId, otherId: foe };
  const free = trend.most - here.length;
  if (company > free) return { kind: 'company', trendId, free };
  return leaving(sight, person, trendId, company) ?? { kind: 'rule', trendId };
}

/** Whether two could change places without a difference in ranks. */
function isEqual(one: PersonToPlace, other: PersonToPlace, wanted: number, own: number | undefined): boolean {
  if (own === undefined || tierOf(one.tiers, wanted) !== tierOf(other.tiers, wanted)) return false;
  const [mine, theirs] = [tierOf(one.tiers, own), tierOf(other.tiers, own)];
  return mine !== null && mine === theirs;
}

/** Says that the trend they have would be left with too few. */
function leaving(sight: Sight, person: PersonToPlace, trendId: number, company: number): Why | undefined {
  const own = sight.trends.get(sight.given.get(person.id) ?? -1);
  if (!own) return undefined;
  const stay = sight.having.get(own.id)!.length - company;
  if (stay > 0 && stay < own.least) return { kind: 'needed', trendId, least: own.least };
  const gone = new Set(companyOf(sight, person));
  const others = sight.having.get(own.id)!.flatMap(({ id }) => (gone.has(id) ? [] : [id]));
  const lost = others.length > 0 ? lackingSkill(sight, own, others) : undefined;
  return lost === undefined ? undefined : { kind: 'only', trendId, skillId: lost };
}

/** The first skill that a trend wants and none of these people has. */
function lackingSkill(
  { people }: Sight,
  { skills = [] }: TrendToGive,
  ids: readonly number[],
): number | undefined {
  return skills.find((skill) => !ids.some((id) => people.get(id)?.skills?.includes(skill)));
}

/** A person with all who are placed together with them. */
function companyOf({ people }: Sight, { id, teamId }: PersonToPlace): number[] {
  if (teamId === null) return [id];
  return [...people.values()].filter((other) => other.teamId === teamId).map((other) => other.id);
}

function holdersOf(here: readonly PersonToPlace[], trendId: number): Holders[] {
  const groups = Map.groupBy(here, ({ tiers, lock }) => (lock === null ? tierOf(tiers, trendId) : 'kept'));
  const depth = (key: number | null | 'kept') => (key === 'kept' ? 1000 : (key ?? 500));
  return [...groups]
    .toSorted(([a], [b]) => depth(a) - depth(b))
    .map(([key, own]) => ({
      choice: key === 'kept' ? null : key,
      kept: key === 'kept',
      n: own.length,
      ids: own.slice(0, mostNamed).map(({ id }) => id),
    }));
}

/**
 * The reason that a person reads. `full`: their first choice went to `n` others. `few`: too few wanted it. `order`: the
 * rule, whatever the obstacle was. `settled`: places that organisers had kept were among them; `even`: for one it counted the same.
 */
export type PublicReason =
  | { kind: 'first' | 'few' | 'order' | 'by-hand' | 'unranked' | 'outside' | 'none' }
  | { kind: 'full'; n: number; by: 'rule' | 'settled' | 'even' };

export interface Place {
  trendId: number | null;
  choice: number | null;
  hasRanked: boolean;
  isByHand: boolean;
}

/** Works out the reason for the person. Wishes of others and who is where never show in it. */
export function publicReason(place: Place, whys: readonly Why[], firsts: readonly number[]): PublicReason {
  if (place.trendId === null) return { kind: 'none' };
  if (place.choice === 0) return { kind: 'first' };
  if (place.isByHand) return { kind: 'by-hand' };
  if (!place.hasRanked) return { kind: 'unranked' };
  if (place.choice === null) return { kind: 'outside' };
  const [first] = firsts;
  const why = firsts.length === 1 ? whys.find(({ trendId }) => trendId === first) : undefined;
  if (why?.kind === 'full') {
    const n = why.holders.reduce((sum, group) => sum + group.n, 0);
    const isSettled = why.holders.some(({ kept }) => kept);
    return { kind: 'full', n, by: isSettled ? 'settled' : why.isEven ? 'even' : 'rule' };
  }
  return why?.kind === 'few' ? { kind: 'few' } : { kind: 'order' };
}
