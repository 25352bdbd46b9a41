// The best by a rule is the best of all assignments there are, and is never said to be when it is not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import { faultsOf } from '../../../src/planning/assign/faults.ts';
import type { AssignWishes, Rule } from '../../../src/planning/assign/wishes.ts';
import { byLength } from '../../support/length.ts';
import { bookFaults, check } from './checker.ts';
import { bestFirstsFair, bestOf } from './exhaustive.ts';
import { wishesByChance } from './wishes-by-chance.ts';

const runs = byLength(100, 1000);
const rules = ['most-firsts', 'fairest'] as const;

test(`where only room decides, ${runs} times`, { timeout: 1_200_000 }, async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(wishesByChance(7, 4, false), fc.nat(), async (wishes, seed) => {
      if (faultsOf(wishes).length > 0) return;
      const best = bestOf(wishes, rules)!;
      for (const rule of rules) {
        const answer = await assignTrends(wishes, rule, { seed }, { compares: false });
        const found = check(wishes, answer.assignment);
        expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
        expect([found.ranks(rule), answer.provenOptimal]).toEqual([best.get(rule), true]);
        expect(answer.method).toBe('flow');
        seen += 1;
      }
    }),
    { numRuns: runs, seed: 5 },
  );
  expect(seen).toBeGreaterThan(runs);
});

test(`with least or closed, skills, pairs and locks, ${runs} times`, { timeout: 3_000_000 }, async () => {
  const seen = { possible: 0, impossible: 0, flow: 0 };
  await fc.assert(
    fc.asyncProperty(wishesByChance(7, 4, true), fc.nat(), async (wishes, seed) => {
      if (faultsOf(wishes).length > 0) return;
      const best = bestOf(wishes, rules);
      for (const rule of rules) {
        const ask = assignTrends(wishes, rule, { seed }, { compares: false });
        if (!best) {
          await expect(ask).rejects.toThrow(/cannot (all )?be kept/);
          seen.impossible += 1;
          continue;
        }
        const answer = await ask;
        const found = check(wishes, answer.assignment);
        expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
        expect([found.ranks(rule), answer.provenOptimal]).toEqual([best.get(rule), true]);
        seen.possible += 1;
        seen.flow += answer.method === 'flow' ? 1 : 0;
      }
    }),
    { numRuns: runs, seed: 6 },
  );
  expect(seen.impossible).toBeGreaterThan(runs / 20);
  expect(seen.possible - seen.flow).toBeGreaterThan(runs / 5);
});

test(`most firsts with nobody below the fairest worst place, ${runs} times`, {
  timeout: 3_000_000,
}, async () => {
  const seen = { asked: 0 };
  await fc.assert(
    fc.asyncProperty(wishesByChance(6, 4, true), fc.nat(), async (wishes, seed) => {
      if (faultsOf(wishes).length > 0) return;
      const best = bestFirstsFair(wishes);
      if (!best) return;
      const answer = await assignTrends(wishes, 'firsts-fair', { seed }, { compares: false });
      const found = check(wishes, answer.assignment);
      expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
      expect([found.ranks('firsts-fair'), answer.provenOptimal]).toEqual([best, true]);
      seen.asked += 1;
    }),
    { numRuns: runs, seed: 7 },
  );
  expect(seen.asked).toBeGreaterThan(runs / 3);
});

test('most firsts lets one have a third choice, the fairest gives one first choice fewer, the third rule takes what is between', async () => {
  const agent = (id: string, ...ranks: string[]) => ({ id, name: id, ranks: ranks.map((trend) => [trend]) });
  const wishes: AssignWishes = {
    agents: [
      agent('ada', 'ai', 'law', 'it'),
      agent('bo', 'ai', 'law', 'it'),
      agent('cy', 'law', 'it', 'ai'),
      agent('di', 'it', 'art', 'ai'),
    ],
    trends: ['ai', 'law', 'it', 'art'].map((id) => ({ id, name: id, most: 1 })),
  };
  const profile = async (rule: Rule) => (await assignTrends(wishes, rule, { seed: 1 })).profile;
  const [most, fair, both] = [
    await profile('most-firsts'),
    await profile('fairest'),
    await profile('firsts-fair'),
  ];
  expect(both.slice(fair.findLastIndex((count) => count > 0) + 1).every((count) => count === 0)).toBe(true);
  expect(both[0]).toBeGreaterThanOrEqual(fair[0]!);
  expect(most[0]).toBeGreaterThanOrEqual(both[0]!);
});
