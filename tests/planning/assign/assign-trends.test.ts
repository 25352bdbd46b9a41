// Either rule: its result, its cost, and how the planner behaves while it works.
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import type { Agent, AssignWishes } from '../../../src/planning/assign/wishes.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { bookFaults, check } from './checker.ts';

const agent = (name: string, ...tiers: string[]): Agent => ({
  id: name.toLowerCase(),
  name,
  ranks: tiers.map((tier) => tier.split(' ')),
});
const trend = (name: string, most = 1) => ({ id: name.toLowerCase(), name, most });

test('most first choices leaves Cy with a third; nobody badly served gives up a first for that', async () => {
  const wishes: AssignWishes = {
    agents: [agent('Ada', 'film', 'code'), agent('Bo', 'code', 'data'), agent('Cy', 'film', 'code', 'data')],
    trends: [trend('Film'), trend('Code'), trend('Data')],
  };
  const most = await assignTrends(wishes, 'most-firsts', { seed: 1 });
  const fair = await assignTrends(wishes, 'fairest', { seed: 1 });
  expect([most.profile, fair.profile]).toEqual([
    [2, 0, 1],
    [1, 2, 0],
  ]);
  expect(most.otherRule).toEqual({ rule: 'fairest', profile: [1, 2, 0], unassigned: 0, provenOptimal: true });
  expect(most.price).toBe(
    'Most first choices gives 2 first choices, 0 second and 1 third; nobody badly served would give 1 first choice and 2 second.',
  );
});

test('one who is content with either gives way, so that both have a first choice', async () => {
  const wishes = {
    agents: [agent('Ada', 'film code'), agent('Bo', 'film')],
    trends: [trend('Film'), trend('Code')],
  };
  for (const seed of [1, 2, 3, 4, 5])
    expect((await assignTrends(wishes, 'most-firsts', { seed })).assignment).toEqual({
      ada: 'code',
      bo: 'film',
    });
});

test('between equals the seed draws, and draws fairly', async () => {
  const wishes = {
    agents: [agent('Ada', 'film'), agent('Bo', 'film'), agent('Cy', 'film')],
    trends: [trend('Film')],
  };
  const won: Record<string, number> = { ada: 0, bo: 0, cy: 0 };
  for (let seed = 1; seed <= 300; seed += 1) {
    const { assignment } = await assignTrends(wishes, 'fairest', { seed }, { compares: false });
    won[Object.keys(assignment)[0]!]! += 1;
  }
  expect(Object.values(won).every((times) => times > 70)).toBe(true);
});

test('teams may be closed, and who is placed in the end hears it is so', async () => {
  const wishes: AssignWishes = {
    agents: [agent('Ada', 'film', 'code'), agent('Bo', 'code'), agent('Cy', 'code', 'film')],
    trends: [
      { ...trend('Film', 3), least: 2, mayClose: true },
      { ...trend('Code', 3), least: 2 },
    ],
  };
  const answer = await assignTrends(wishes, 'most-firsts', { seed: 1 });
  expect(answer).toMatchObject({ assignment: { ada: 'code', bo: 'code', cy: 'code' }, closed: ['film'] });
});

/** Thirty-six agents and eight trends that take four to six or nobody, with skills and pairs. */
function season(seed: number, people = 36, count = 8): AssignWishes {
  const random = randomFrom(seed);
  const trends = Array.from({ length: count }, (_, index) => ({
    ...trend(`T${index}`, 6),
    least: 4,
    mayClose: true,
    skills: index % 3 === 0 ? ['films'] : [],
  }));
  const agents = Array.from({ length: people }, (_, index): Agent => {
    const dear = trends.map(({ id }, at) => ({ id, dear: at * 40 + random.below(1000) }));
    const ranks = dear
      .toSorted((a, b) => a.dear - b.dear)
      .slice(0, 5)
      .map(({ id }) => [id]);
    return { ...agent(`A${index}`), ranks, skills: random.below(3) === 0 ? ['films'] : [] };
  });
  return {
    agents,
    trends,
    apart: [
      ['a1', 'a2'],
      ['a3', 'a4'],
    ],
  };
}

test('the same seed and iterations give the same answer', async () => {
  for (const effort of [{ seed: 7 }, { seed: 7, iterations: 100 }]) {
    const [one, other] = [
      await assignTrends(season(1), 'fairest', effort, { compares: false }),
      await assignTrends(season(1), 'fairest', effort, { compares: false }),
    ];
    expect(one).toEqual(other);
    expect(one.method).toBe('staged programme');
  }
});

test('progress comes in sentences, the value never below what is possible', async () => {
  const heard: [number, number, string][] = [];
  const onProgress = (best: number, bound: number, sentence: string) =>
    void heard.push([best, bound, sentence]);
  await assignTrends(season(1), 'most-firsts', { seed: 1, onProgress }, { compares: false });
  expect(heard.length).toBeGreaterThan(4);
  expect(heard.filter(([best, bound]) => best < bound)).toEqual([]);
  expect(heard.filter(([, , sentence]) => !/^\d+ of 36 have .+\.$/.test(sentence))).toEqual([]);
  expect(heard.at(-1)![2]).toContain('no assignment does better');
});

test.each(['most-firsts', 'fairest'] as const)(
  'stopped at once, %s gives its best so far and claims no more',
  async (rule) => {
    const wishes = season(2);
    const whole = await assignTrends(wishes, rule, { seed: 1 }, { compares: false });
    expect(whole.provenOptimal).toBe(true);
    for (const effort of [
      { seed: 1, signal: { aborted: true } },
      { seed: 1, isOver: () => true },
      { seed: 1, iterations: 3 },
    ]) {
      const answer = await assignTrends(wishes, rule, effort);
      expect(check(wishes, answer.assignment).broken).toEqual([]);
      expect(bookFaults(wishes, answer)).toEqual([]);
      if (answer.provenOptimal) expect(answer.profile).toEqual(whole.profile);
      for (const [part, { value, bound }] of answer.goals.entries())
        if (part === 0) expect([value, bound].toSorted((a, b) => a - b)).toEqual([value, bound]);
    }
  },
);

test('a flow that is stopped still gives everybody whatever there is room for, locks first', async () => {
  const agents = Array.from({ length: 30 }, (_, index) => agent(`A${index}`, 'film', 'code'));
  agents[29] = { ...agents[29]!, lock: 'film' };
  const wishes = { agents, trends: [trend('Film', 10), trend('Code', 15)] };
  const answer = await assignTrends(wishes, 'fairest', { seed: 1, isOver: () => true });
  expect([check(wishes, answer.assignment).broken, answer.provenOptimal]).toEqual([[], false]);
  expect([answer.assignment.a29, answer.unassigned.length]).toEqual(['film', 5]);
});
