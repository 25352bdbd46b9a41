// Sentences about closed and optional trends are true: read by program and compared with every assignment there is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignTrends } from '../../../src/planning/assign/assign-trends.ts';
import { faultsOf } from '../../../src/planning/assign/faults.ts';
import type { AssignWishes, Rule } from '../../../src/planning/assign/wishes.ts';
import { byLength } from '../../support/length.ts';
import { bestFirstsFair, bestOf } from './exhaustive.ts';
import { everythingByChance } from './wishes-by-chance.ts';

const runs = byLength(30, 250);

/** Trends that need two where they take two, and mostly may close. */
const closing = everythingByChance(5, 3).map((wishes) => ({
  ...wishes,
  together: [],
  agents: wishes.agents.map((agent, index) => (index < 3 ? { ...agent, lock: undefined } : agent)),
  trends: wishes.trends.map((trend, index) => {
    const most = Math.max(trend.most, 3);
    const skills = index === 0 ? trend.skills : [];
    return { ...trend, most, least: 2 + (index % 2), skills, mayClose: true };
  }),
}));

/** The counts of the best assignment by the rule alone: the profile, and how many have no trend. */
function bestCounts(wishes: AssignWishes, rule: Rule): { profile: number[]; unassigned: number } | undefined {
  // Without last season, departments and likes what is compared is the rule and those who fill.
  const agents = wishes.agents.map(({ lastRank, department, ...agent }) => agent);
  const plain = { ...wishes, agents, mix: undefined, likes: undefined };
  const best = rule === 'firsts-fair' ? bestFirstsFair(plain) : bestOf(plain, [rule])?.get(rule);
  if (!best) return undefined;
  const tiers = Math.max(0, ...wishes.agents.map(({ ranks }) => ranks.length));
  const fills = wishes.agents.filter(
    ({ ranks, lock }) => lock === undefined && ranks.flat().length === 0,
  ).length;
  const filled = fills > 0 ? best.at(-1)! : 0;
  if (rule === 'most-firsts') {
    const outside = wishes.agents.filter(
      ({ ranks, lock }) => lock !== undefined && !ranks.flat().includes(lock),
    ).length;
    const profile = best.slice(0, tiers);
    const placed = profile.reduce((sum, count) => sum + count, 0) + outside + filled;
    return { profile, unassigned: wishes.agents.length - placed };
  }
  return { profile: [], unassigned: wishes.agents.length - best[0]! - filled };
}

const numbersIn = (text: string) =>
  [...text.matchAll(/(\d+) (\w+)/g)].map(([, count, what]) => `${count} ${what}`).join();

/** The counts in the words of the sentences. */
function inWords({ profile, unassigned }: { profile: number[]; unassigned: number }): string {
  const ordinals = ['first', 'second', 'third', 'fourth'];
  const last = Math.max(
    0,
    profile.findLastIndex((count) => count > 0),
  );
  return [
    ...profile.slice(0, last + 1).map((count, tier) => `${count} ${ordinals[tier]}`),
    ...(unassigned > 0 ? [`${unassigned} without`] : []),
  ].join();
}

/** Whether a sentence about a trend that could be open, or closed, agrees with the best there is. */
function holds(sentence: string, own: string, best: string | undefined): boolean {
  const [, there, instead] =
    /(?:there would be|the best found has) (.+) instead of (.+)\.$/.exec(sentence) ?? [];
  if (there)
    return best !== undefined && numbersIn(there) === best && numbersIn(instead!) === own && best !== own;
  if (/the same numbers\.$|the numbers are the same\.$/.test(sentence)) return best === own;
  return best === undefined;
}

test(`what opening a closed trend costs, and what would be without an optional one, ${runs} times`, {
  timeout: 1_200_000,
}, async () => {
  const seen = { costs: 0, never: 0, same: 0, without: 0 };
  await fc.assert(
    fc.asyncProperty(closing, fc.nat(), async (wishes, seed) => {
      if (faultsOf(wishes).length > 0) return;
      const answer = await assignTrends(wishes, 'most-firsts', { seed }).catch(() => undefined);
      if (!answer) return;
      const own = inWords({ profile: answer.profile, unassigned: answer.unassigned.length });
      expect(Object.keys(answer.closedReasons)).toEqual(answer.closed);
      for (const [id, sentence] of Object.entries(answer.closedReasons)) {
        const trends = wishes.trends.map((trend) =>
          trend.id === id
            ? { ...trend, least: Math.max(1, trend.least ?? 0), mayClose: false, optional: false }
            : trend,
        );
        const best = bestCounts({ ...wishes, trends }, 'most-firsts');
        expect([sentence, holds(sentence, own, best && inWords(best))]).toEqual([sentence, true]);
        seen.costs += sentence.includes('instead of') ? 1 : 0;
        seen.same += sentence.includes('the same numbers') ? 1 : 0;
        seen.never += best ? 0 : 1;
      }
      expect(Object.keys(answer.without ?? {})).toEqual(
        wishes.trends.filter(({ optional }) => optional).map(({ id }) => id),
      );
      for (const [id, { sentence, profile, unassigned }] of Object.entries(answer.without ?? {})) {
        const trends = wishes.trends.map((trend) =>
          trend.id === id ? { ...trend, least: 0, most: 0 } : trend,
        );
        const best = bestCounts({ ...wishes, trends }, 'most-firsts');
        expect(profile && { profile, unassigned }).toEqual(best);
        if (answer.closed.includes(id)) expect(sentence).toContain('closed in any case');
        else expect([sentence, holds(sentence, own, best && inWords(best))]).toEqual([sentence, true]);
        seen.without += 1;
      }
    }),
    { numRuns: runs, seed: 12 },
  );
  expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
});

test('Film stays closed: opened for three it would cost two first choices', async () => {
  const agent = (name: string, ...ranks: string[]) => ({ id: name, name, ranks: ranks.map((id) => [id]) });
  const wishes: AssignWishes = {
    agents: [agent('Ada', 'film', 'code'), agent('Bo', 'code', 'film'), agent('Cy', 'code', 'film')],
    trends: [
      { id: 'film', name: 'Film', least: 3, most: 4, optional: true },
      { id: 'code', name: 'Code', most: 4, optional: true },
      { id: 'law', name: 'Law', most: 4 },
    ],
  };
  const answer = await assignTrends(wishes, 'most-firsts', { seed: 1 });
  expect(answer.closedReasons).toEqual({
    film: 'Film stays closed. Open with at least 3, there would be 1 first choice and 2 second instead of 2 first choices and 1 second.',
    law: 'Law stays closed: nobody who could have it ranks it.',
  });
  expect(answer.without).toMatchObject({
    film: { profile: [2, 1], unassigned: 0, sentence: 'Film is closed in any case.' },
    code: {
      profile: [1, 2],
      unassigned: 0,
      sentence:
        'Without Code there would be 1 first choice and 2 second instead of 2 first choices and 1 second.',
    },
  });
});

test('stopped at once, it is said that there was no time to compare', async () => {
  const agents = ['Ada', 'Bo'].map((name) => ({ id: name, name, ranks: [['film'], ['code']] }));
  const trends = [
    { id: 'film', name: 'Film', most: 2, optional: true },
    { id: 'code', name: 'Code', most: 2 },
  ];
  const answer = await assignTrends({ agents, trends }, 'fairest', { seed: 1, isOver: () => true });
  expect([answer.closedReasons, answer.without]).toEqual([
    { code: 'Code stays closed; there was no time to see what opening it would cost.' },
    { film: { sentence: 'There was no time to see what would be without Film.' } },
  ]);
});
