// Profiles of larger assignments are those of a second solver that shares nothing with the planner.
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import type { AssignWishes } from '../../../src/planning/assign/wishes.ts';
import { type Random, randomFrom, shuffle } from '../../../src/planning/random.ts';
import { byLength } from '../../support/length.ts';
import { bookFaults, check } from './checker.ts';
import { bestByFlows } from './second-solver.ts';

const runs = byLength(30, 500);
const rules = ['most-firsts', 'fairest'] as const;

/** Agents who all like some trends better than others, as people do. */
function season(random: Random, closing: boolean): AssignWishes {
  const count = 3 + random.below(6);
  const people = 8 + random.below(25);
  const trends = Array.from({ length: count }, (_, index) => {
    const least = closing ? random.below(4) : 0;
    const room = 1 + random.below(Math.ceil((2 * people) / count));
    return {
      id: `t${index}`,
      name: `Trend ${index}`,
      least,
      most: Math.max(least, room),
      mayClose: least > 1 || random.below(2) > 0,
    };
  });
  const agents = Array.from({ length: people }, (_, index) => {
    const liked = trends
      .map(({ id }, at) => ({ id, dear: at + random.below(count) }))
      .toSorted((a, b) => a.dear - b.dear);
    const ranks = liked.slice(0, 1 + random.below(count)).reduce<string[][]>((tiers, { id }) => {
      if (tiers.length > 0 && random.below(4) === 0) tiers.at(-1)!.push(id);
      else tiers.push([id]);
      return tiers;
    }, []);
    return { id: `a${index}`, name: `Agent ${index}`, ranks };
  });
  return { agents: shuffle(agents, random), trends };
}

test(`where only room decides, flow and programme alike, ${runs} times`, { timeout: 6_000_000 }, async () => {
  for (let seed = 1; seed <= runs; seed += 1) {
    const wishes = season(randomFrom(seed), false);
    for (const rule of rules) {
      const best = bestByFlows(wishes, rule);
      for (const flow of seed % 10 === 0 ? [true, false] : [true]) {
        const answer = await assignTrends(wishes, rule, { seed }, { flow, compares: false });
        const found = check(wishes, answer.assignment);
        expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
        expect([found.ranks(rule), answer.provenOptimal, answer.method]).toEqual([
          best,
          true,
          flow ? 'flow' : 'staged programme',
        ]);
      }
    }
  }
});

test(`with trends that take a least number or nobody, ${runs} times`, { timeout: 6_000_000 }, async () => {
  const seen = { programme: 0, impossible: 0 };
  for (let seed = 1; seed <= runs; seed += 1) {
    const wishes = season(randomFrom(1e6 + seed), true);
    const rule = rules[seed % 2]!;
    const best = bestByFlows(wishes, rule);
    const ask = assignTrends(wishes, rule, { seed }, { compares: false });
    if (!best) {
      await expect(ask).rejects.toThrow(/cannot (all )?be kept/);
      seen.impossible += 1;
      continue;
    }
    const answer = await ask;
    const found = check(wishes, answer.assignment);
    expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
    expect([found.ranks(rule), answer.provenOptimal]).toEqual([best, true]);
    if (answer.method !== 'flow') seen.programme += 1;
  }
  expect(seen.programme).toBeGreaterThan(runs / 4);
  expect(seen.impossible).toBeLessThan(runs / 2);
});
