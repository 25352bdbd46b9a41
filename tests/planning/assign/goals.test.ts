// Assignments of the sizes people have: proven, as good as the second solver's, and never worse than first come, first
// served.
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import type { Agent, AssignWishes } from '../../../src/planning/assign/wishes.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { isLong } from '../../support/length.ts';
import { bookFaults, check, rank } from './checker.ts';
import { compare } from './exhaustive.ts';
import { bestByFlows } from './second-solver.ts';

const rules = ['most-firsts', 'fairest'] as const;

/** Agents who rank seven trends, the first ones of the list a little more often than the last. */
function season(agents: number, trends: number, seed: number): AssignWishes {
  const random = randomFrom(seed);
  const all = Array.from({ length: trends }, (_, index) => ({
    id: `t${index}`,
    name: `Trend ${index}`,
    most: Math.ceil((1.1 * agents) / trends),
  }));
  return {
    trends: all,
    agents: Array.from({ length: agents }, (_, index): Agent => {
      const dear = all.map(({ id }, at) => ({ id, dear: (at * 250) / trends + random.below(1000) }));
      const ranks = dear.toSorted((a, b) => a.dear - b.dear).slice(0, 7);
      return { id: `a${index}`, name: `Agent ${index}`, ranks: ranks.map(({ id }) => [id]) };
    }),
  };
}

/** First come, first served: the trend ranked highest of those that still have room. */
function firstCome({ agents, trends }: AssignWishes): Record<string, string> {
  const left = new Map(trends.map(({ id, most }) => [id, most]));
  const given: Record<string, string> = {};
  for (const { id, ranks } of agents) {
    const trend = ranks.flat().find((one) => left.get(one)! > 0);
    if (trend === undefined) continue;
    given[id] = trend;
    left.set(trend, left.get(trend)! - 1);
  }
  return given;
}

test.each([
  [60, 12],
  [200, 40],
  ...(isLong
    ? [
        [1000, 200],
        [5000, 800],
      ]
    : []),
] as [number, number][])(
  '%i agents and %i trends: proven by prices, and better than first come, first served',
  { timeout: 1_200_000 },
  async (agents, trends) => {
    const wishes = season(agents, trends, 1);
    for (const rule of rules) {
      const answer = await assignTrends(wishes, rule, { seed: 1 });
      const found = check(wishes, answer.assignment);
      expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
      expect([answer.method, answer.provenOptimal, answer.otherRule?.provenOptimal]).toEqual([
        'flow',
        true,
        true,
      ]);
      const queue = check(wishes, firstCome(wishes));
      expect(queue.broken).toEqual([]);
      expect(compare(rank(rule, found), rank(rule, queue))).toBeGreaterThan(0);
    }
  },
);

test('what weights as large as powers of the agents find, the flow finds', {
  timeout: 3_000_000,
}, async () => {
  const wishes = isLong ? season(200, 40, 2) : season(60, 12, 2);
  for (const rule of rules) {
    const { profile, unassigned } = await assignTrends(wishes, rule, { seed: 1 });
    const placed = wishes.agents.length - unassigned.length;
    expect(rank(rule, { profile, placed })).toEqual(bestByFlows(wishes, rule));
  }
});

test('60 agents, 12 trends that take four to six or nobody, skills and pairs: proven', {
  timeout: 1_200_000,
}, async () => {
  const plain = season(60, 12, 3);
  const wishes: AssignWishes = {
    agents: plain.agents.map((agent, index) => ({ ...agent, skills: index % 4 === 0 ? ['films'] : [] })),
    trends: plain.trends.map((trend, index) => ({
      ...trend,
      least: 4,
      mayClose: true,
      skills: index % 3 === 0 ? ['films'] : [],
    })),
    apart: [
      ['a1', 'a2'],
      ['a3', 'a4'],
      ['a5', 'a6'],
    ],
  };
  const answer = await assignTrends(wishes, 'fairest', { seed: 1 });
  expect([check(wishes, answer.assignment).broken, bookFaults(wishes, answer)]).toEqual([[], []]);
  expect([answer.method, answer.provenOptimal]).toEqual(['staged programme', true]);
});
