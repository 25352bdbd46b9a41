// A season's round: nobody who could be placed stays without, and prices say what a change would cost.
import { expect, test } from 'vitest';
import { planRound } from '../../src/planning/assign/round.ts';
import type { Agent, AssignWishes } from '../../src/planning/assign/wishes.ts';

const agent = (id: string, ...ranks: string[][]): Agent => ({ id, name: id, ranks });
const trend = (id: string, least: number, most: number) => ({ id, name: id, least, most, mayClose: true });
const effort = { seed: 11 };

test('who ranks and gets nothing fills what is left, after all others, and displaces nobody', async () => {
  const wishes: AssignWishes = {
    agents: [agent('ada', ['a']), agent('bo', ['a']), agent('cy', ['b']), agent('di')],
    trends: [trend('a', 1, 1), trend('b', 1, 2), trend('c', 1, 2)],
  };
  const { plans } = await planRound({ wishes, rules: ['fairest', 'most-firsts'] }, effort);
  const [plan, other] = plans;
  expect(Object.keys(plan!.assignment!).toSorted()).toEqual(['ada', 'bo', 'cy', 'di']);
  expect(plan!.assignment!.cy).toBe('b');
  expect([plan!.assignment!.ada, plan!.assignment!.bo]).toContain('a');
  expect([plan!.proven, other!.rule, other!.proven]).toEqual([true, 'most-firsts', true]);
});

test('the same draw number gives the same plan', async () => {
  const wishes: AssignWishes = {
    agents: ['ada', 'bo', 'cy', 'di', 'ed'].map((id) => agent(id, ['a', 'b'], ['c'])),
    trends: [trend('a', 2, 2), trend('b', 2, 2), trend('c', 1, 2)],
  };
  const plan = async (seed: number) =>
    (await planRound({ wishes, rules: ['fairest'] }, { seed })).plans[0]!.assignment;
  expect(await plan(3)).toEqual(await plan(3));
  const drawn = new Set(
    await Promise.all(Array.from({ length: 12 }, async (_, n) => JSON.stringify(await plan(n)))),
  );
  expect(drawn.size).toBeGreaterThan(1);
});

test('what cannot be kept is named', async () => {
  const wishes: AssignWishes = {
    agents: ['ada', 'bo'].map((id) => ({ ...agent(id, ['a']), lock: 'a' })),
    trends: [trend('a', 1, 1)],
  };
  await expect(planRound({ wishes, rules: ['fairest'] }, effort)).rejects.toThrow(
    '2 are locked to a, which takes 1: ada, bo.',
  );
});

test('a price moves others only where nothing else is possible, if they are to stay', async () => {
  const wishes: AssignWishes = {
    agents: [agent('ada', ['a'], ['b']), agent('bo', ['a'], ['b']), agent('cy', ['c'], ['b'])],
    trends: [trend('a', 1, 1), trend('b', 1, 2), trend('c', 1, 2)],
  };
  const stay = { ada: 'a', cy: 'c' };
  const moved = { agents: ['bo'], trends: ['a', 'c'], stay };
  const { plans } = await planRound({ wishes, rules: ['fairest'], moved }, effort);
  expect(plans.map(({ trend, assignment }) => [trend, assignment])).toEqual([
    ['a', { ada: 'b', bo: 'a', cy: 'c' }],
    ['c', { ada: 'a', bo: 'c', cy: 'c' }],
  ]);
});
