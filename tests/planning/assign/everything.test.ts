// Wishes besides ranks come after them, and none of it is better in any other assignment there is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import { faultsOf } from '../../../src/planning/assign/faults.ts';
import type { Agent, AssignWishes } from '../../../src/planning/assign/wishes.ts';
import { byLength } from '../../support/length.ts';
import { bookFaults, check } from './checker.ts';
import { bestFirstsFair, bestOf } from './exhaustive.ts';
import { everythingByChance } from './wishes-by-chance.ts';

const runs = byLength(60, 600);

test(`of all assignments none is better by ranks, last season, departments and likes, ${runs} times`, {
  timeout: 1_200_000,
}, async () => {
  const seen = { possible: 0, impossible: 0, even: 0 };
  await fc.assert(
    fc.asyncProperty(
      everythingByChance(6, 4),
      fc.constantFrom('most-firsts', 'fairest', 'firsts-fair'),
      fc.nat(),
      async (wishes, rule, seed) => {
        if (faultsOf(wishes).length > 0) return;
        const best = rule === 'firsts-fair' ? bestFirstsFair(wishes) : bestOf(wishes, [rule])?.get(rule);
        const ask = assignTrends(wishes, rule, { seed }, { compares: false });
        if (!best) {
          await expect(ask).rejects.toThrow(/cannot (all )?be kept/);
          seen.impossible += 1;
          return;
        }
        const answer = await ask;
        const found = check(wishes, answer.assignment);
        expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
        expect([found.ranks(rule), answer.provenOptimal]).toEqual([best, true]);
        seen.possible += 1;
        seen.even += wishes.even ? 1 : 0;
      },
    ),
    { numRuns: runs, seed: 8 },
  );
  expect(seen.possible).toBeGreaterThan(runs / 3);
  expect(seen.impossible).toBeGreaterThan(0);
  expect(seen.even).toBeGreaterThan(runs / 20);
});

const agent = (name: string, ranks: string[], more: Partial<Agent> = {}): Agent => ({
  id: name.toLowerCase(),
  name,
  ranks: ranks.map((id) => [id]),
  ...more,
});
const trend = (name: string, most: number) => ({ id: name.toLowerCase(), name, most });
const assign = (wishes: AssignWishes, seed: number) => assignTrends(wishes, 'most-firsts', { seed });

test('Cy, who ranked nothing, never takes a place from Ada, who did, and fills what is left', async () => {
  const wishes = {
    agents: [agent('Cy', []), agent('Ada', ['film'])],
    trends: [trend('Film', 1), trend('Code', 1)],
  };
  for (const seed of [1, 2, 3, 4, 5])
    expect(await assign(wishes, seed)).toMatchObject({
      assignment: { ada: 'film', cy: 'code' },
      profile: [1],
      reasons: { cy: 'Cy has Code. Cy ranks none and fills what is left.' },
    });
});

test('who had nothing last season goes before who had a first choice, and both hear so', async () => {
  const wishes = {
    agents: [
      agent('Ada', ['film', 'code'], { lastRank: 1 }),
      agent('Bo', ['film', 'code'], { lastRank: 'none' }),
    ],
    trends: [trend('Film', 1), trend('Code', 1)],
  };
  const sentence = 'Between equals Bo goes before Ada: last season Bo had nothing and Ada a first choice.';
  for (const seed of [1, 2, 3, 4, 5])
    expect(await assign(wishes, seed)).toMatchObject({
      assignment: { ada: 'code', bo: 'film' },
      reasons: {
        ada: `Ada has Code, a second choice. Film is full: Bo has it as a first choice. ${sentence}`,
        bo: `Bo has Film, a first choice. ${sentence}`,
      },
    });
});

test('departments mix and friends meet, but nobody gives up a rank for it', async () => {
  const both = [['film', 'code']];
  const people: Agent[] = [
    { ...agent('Ada', []), ranks: both, department: 'law' },
    { ...agent('Bo', []), ranks: both, department: 'law' },
    { ...agent('Cy', []), ranks: both, department: 'it' },
    { ...agent('Di', []), ranks: both, department: 'it' },
  ];
  const wishes: AssignWishes = {
    agents: people,
    trends: [trend('Film', 2), trend('Code', 2)],
    mix: 'departments',
    likes: [
      ['ada', 'di'],
      ['ada', 'bo'],
    ],
  };
  for (const seed of [1, 2, 3]) {
    const { assignment, goals, reasons } = await assign(wishes, seed);
    expect(assignment.ada).toBe(assignment.di);
    expect(assignment.ada).not.toBe(assignment.bo);
    expect(goals.slice(1)).toEqual([
      { name: 'departments', value: 0, bound: 0 },
      { name: 'likes', value: 1, bound: 1 },
    ]);
    expect(reasons.bo).toMatch(
      /Ada, whom Bo likes to be with, has .+\. Ranks and departments count before likes\.$/,
    );
  }
  const firm = people.map((one) =>
    one.id === 'bo' || one.id === 'ada' ? { ...one, ranks: [['film']] } : one,
  );
  expect(await assign({ ...wishes, agents: firm }, 1)).toMatchObject({
    assignment: { ada: 'film', bo: 'film' },
  });
});

test('teams of even size are three and three, not four and two', async () => {
  const agents = ['Ada', 'Bo', 'Cy', 'Di'].map((name) => agent(name, ['film', 'code']));
  const others = ['Ed', 'Flo'].map((name) => agent(name, ['code', 'film']));
  const wishes = { agents: [...agents, ...others], trends: [trend('Film', 4), trend('Code', 4)] };
  expect((await assign(wishes, 1)).profile).toEqual([6, 0]);
  expect((await assign({ ...wishes, even: true }, 1)).profile).toEqual([5, 1]);
});
