// Planners in threads of their own: the same plans, progress on the way, and the best so far when somebody stops them.
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seatEveryone } from '../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../src/planning/tables/wishes.ts';
import { planInWorker } from '../../src/planning/worker.ts';
import { check } from './tables/checker.ts';
import { realLife } from './tables/real-life.ts';

/** Thirty-six people at six tables of six: Euler's officers meet anew for three rounds and never for five. */
const endless: TablesWishes = {
  people: Array.from({ length: 36 }, (_, index) => ({
    id: `p${index}`,
    name: `Person ${index}`,
    side: 'talent' as const,
  })),
  tables: 6,
  rounds: 5,
  mix: 'none',
};

test('a thread of its own makes no difference to the plan', async () => {
  const wishes = realLife(34, 5, 3, 1);
  const effort = { seed: 7, iterations: 2000 };
  expect(await planInWorker('tables', wishes, effort)).toEqual(seatEveryone(wishes, effort));
});

test('whoever waits hears of every better plan, and the last one heard of is the answer', async () => {
  const heard: number[] = [];
  const answer = await planInWorker('tables', endless, {
    seed: 1,
    iterations: 20_000,
    onProgress: (best, _, sentence) => {
      heard.push(best);
      expect(sentence).toMatch(/\.$/);
    },
  });
  expect(heard.length).toBeGreaterThan(1);
  expect(heard).toEqual(heard.toSorted((a, b) => b - a));
  expect(answer.repeatedMeetings).toBe(heard.at(-1));
});

test('stopped in the midst, the planner gives the best plan it had, and pages are answered meanwhile', async () => {
  const stop = new AbortController();
  let ended = false;
  let best = Number.POSITIVE_INFINITY;
  const planning = planInWorker('tables', endless, {
    seed: 1,
    seconds: 3600,
    signal: stop.signal,
    onProgress: (value) => {
      best = Math.min(best, value);
    },
  }).finally(() => {
    ended = true;
  });
  while (best === Number.POSITIVE_INFINITY) await wait(5);
  expect(ended).toBe(false);
  stop.abort();
  const answer = await planning;
  expect(check(endless, answer.rounds)).toMatchObject({
    broken: [],
    repeatedMeetings: answer.repeatedMeetings,
  });
  expect(answer.repeatedMeetings).toBeLessThanOrEqual(best);
  expect(answer.provenOptimal).toBe(false);
});

test('when the time is up, the best plan so far is the answer', async () => {
  const answer = await planInWorker('tables', endless, { seed: 1, seconds: 0.5 });
  expect(check(endless, answer.rounds).broken).toEqual([]);
});

test('stopped before it began, everybody is still seated', async () => {
  const answer = await planInWorker('tables', endless, { seed: 1, signal: AbortSignal.abort() });
  expect(check(endless, answer.rounds).broken).toEqual([]);
});

test('wishes that cannot be are refused in the planner’s own words', async () => {
  await expect(planInWorker('tables', { ...endless, rounds: 0 }, { seed: 1 })).rejects.toThrow(
    new RangeError('There is no round.'),
  );
  await expect(planInWorker('pairs', { people: [] }, { seed: 1 })).rejects.toThrow(
    new RangeError('There is no senior.\nThere is no talent.'),
  );
});

test('pairs and trends are planned in a thread as well', async () => {
  const pairs = await planInWorker(
    'pairs',
    {
      people: [
        { id: 'ines', name: 'Ines', side: 'senior' },
        { id: 'bo', name: 'Bo', side: 'talent' },
      ],
    },
    { seed: 1 },
  );
  expect(pairs.pairs).toMatchObject([{ senior: 'ines', talent: 'bo' }]);
  const trends = await planInWorker(
    'assign',
    { agents: [{ id: 'bo', name: 'Bo', ranks: [['ai']] }], trends: [{ id: 'ai', name: 'AI', most: 1 }] },
    { seed: 1 },
  );
  expect(trends.assignment).toEqual({ bo: 'ai' });
});
