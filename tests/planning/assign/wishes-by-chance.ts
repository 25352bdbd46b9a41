// Wishes drawn by chance: agents who rank trends in tiers, and whatever else may be asked.
import fc from 'fast-check';
import type { Agent, AssignWishes, LastRank, Trend } from '../../../src/planning/assign/wishes.ts';

const skills = ['film', 'code'];

/** Tiers of some of the trends. */
const ranksOf = (trends: number) =>
  fc
    .tuple(
      fc.shuffledSubarray(Array.from({ length: trends }, (_, index) => `t${index}`)),
      fc.array(fc.boolean(), { minLength: trends, maxLength: trends }),
    )
    .map(([ids, ties]) =>
      ids.reduce<string[][]>((tiers, id, index) => {
        if (index > 0 && ties[index]) tiers.at(-1)!.push(id);
        else tiers.push([id]);
        return tiers;
      }, []),
    );

const maybe = <T>(one: fc.Arbitrary<T>, freq = 3) => fc.option(one, { freq, nil: undefined });

/** Up to `agents` agents and `trends` trends; room, ties and, where `more`, everything else that can be asked. */
export function wishesByChance(agents: number, trends: number, more: boolean): fc.Arbitrary<AssignWishes> {
  return fc
    .tuple(fc.integer({ min: 1, max: agents }), fc.integer({ min: 1, max: trends }))
    .chain(([people, count]) =>
      fc.record({
        agents: fc.tuple(...Array.from({ length: people }, (_, index) => agentOf(index, count, more))),
        trends: fc.tuple(...Array.from({ length: count }, (_, index) => trendOf(index, people, more))),
        ...(more && { apart: pairsOf(people), together: pairsOf(people) }),
      }),
    );
}

function agentOf(index: number, trends: number, more: boolean): fc.Arbitrary<Agent> {
  return fc.record({
    id: fc.constant(`a${index}`),
    name: fc.constant(`Agent ${index}`),
    ranks: ranksOf(trends),
    skills: more ? fc.subarray(skills) : fc.constant(undefined),
    // One in eight is locked, seldom enough for most wishes to be possible.
    lock: fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: trends - 1 }))
      .map(([draw, trend]) => (draw === 0 ? `t${trend}` : undefined)),
  });
}

function trendOf(index: number, people: number, more: boolean): fc.Arbitrary<Trend> {
  const most = fc.integer({ min: 0, max: Math.min(4, people) });
  return fc
    .record({
      id: fc.constant(`t${index}`),
      name: fc.constant(`Trend ${index}`),
      most,
      least: more ? maybe(fc.integer({ min: 0, max: 3 })) : fc.constant(undefined),
      mayClose: fc.boolean(),
      skills: more ? maybe(fc.subarray(skills), 2) : fc.constant(undefined),
    })
    .map((trend) => ({ ...trend, least: trend.least && Math.min(trend.least, trend.most) }));
}

const pairsOf = (people: number) =>
  people < 2
    ? fc.constant([])
    : fc.array(
        fc
          .uniqueArray(fc.integer({ min: 0, max: people - 1 }), { minLength: 2, maxLength: 2 })
          .map(([a, b]): [string, string] => [`a${a}`, `a${b}`]),
        { maxLength: 2 },
      );

/** The same with last season's ranks, departments, likes, optional trends and even sizes. */
export function everythingByChance(agents: number, trends: number): fc.Arbitrary<AssignWishes> {
  return wishesByChance(agents, trends, true).chain((wishes) => {
    const count = wishes.agents.length;
    const each = <T>(one: fc.Arbitrary<T>, length: number) =>
      fc.array(one, { minLength: length, maxLength: length });
    return fc
      .record({
        lasts: each(fc.constantFrom<LastRank | undefined>(undefined, 1, 2, 3, 'none'), count),
        departments: each(fc.constantFrom(undefined, 'law', 'it'), count),
        optional: each(fc.boolean(), wishes.trends.length),
        mix: fc.constantFrom('departments' as const, undefined),
        likes: pairsOf(count),
        even: fc.constantFrom(true, false, false),
      })
      .map(({ lasts, departments, optional, ...soft }) => ({
        ...wishes,
        ...soft,
        agents: wishes.agents.map((agent, index) => ({
          ...agent,
          lastRank: lasts[index],
          department: departments[index],
        })),
        trends: wishes.trends.map((trend, index) => ({ ...trend, optional: optional[index] })),
      }));
  });
}
