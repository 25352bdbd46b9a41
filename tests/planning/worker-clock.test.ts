// When the time of a planner begins and ends, with a clock that the test turns: no second passes here.
import { expect, test } from 'vitest';
import { seatEveryone } from '../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../src/planning/tables/wishes.ts';
import { type Clock, planInWorker } from '../../src/planning/worker.ts';
import { check } from './tables/checker.ts';
import { realLife } from './tables/real-life.ts';

/** Thirty-six people at six tables of six, for whom no search of five rounds ever ends. */
const endless: TablesWishes = {
  people: Array.from({ length: 36 }, (_, index) => ({ id: `p${index}`, name: `P${index}`, side: 'talent' })),
  tables: 6,
  rounds: 5,
  mix: 'none',
};

/** A clock on which no time passes; `called` are the alarms that were set, by seconds. */
function standingClock() {
  const alarms = new Map<number, () => void>();
  const off: number[] = [];
  const clock: Clock = {
    after(seconds, call) {
      alarms.set(seconds, call);
      return () => off.push(seconds);
    },
  };
  return { clock, alarms, off };
}

test('the time begins with the search, not while the planner is loaded, and is called off in the end', async () => {
  const { clock, alarms, off } = standingClock();
  const planning = planInWorker('tables', endless, { seed: 1, iterations: 50, seconds: 10, clock });
  expect([...alarms.keys()]).toEqual([]);
  await planning;
  expect([...alarms.keys()]).toEqual([10, 20]);
  expect(off).toEqual([10, 20]);
});

test('a plan comes though the time, and twice the time, is up as soon as it begins', async () => {
  const clock: Clock = {
    after(_, call) {
      call();
      return () => {};
    },
  };
  const wishes = realLife(120, 20, 5, 1);
  const answer = await planInWorker('tables', wishes, { seed: 1, seconds: 1, clock });
  expect(check(wishes, answer.rounds).broken).toEqual([]);
  expect(answer.provenOptimal).toBe(false);
});

test('at twice the time a search that does not hear of its end is ended, and its first plan is the answer', async () => {
  const { clock, alarms } = standingClock();
  const answer = await planInWorker('tables', endless, {
    seed: 1,
    seconds: 10,
    clock,
    // The first alarm is never raised; the second when a plan was there.
    onProgress: () => alarms.get(20)!(),
  });
  expect(check(endless, answer.rounds).broken).toEqual([]);
  expect(answer.iterations).toBe(0);
});

test('a first plan is told before the search looks at the time at all', () => {
  const told: string[] = [];
  const wishes = realLife(60, 10, 5, 1);
  seatEveryone(wishes, {
    seed: 1,
    isOver: () => told.push('looked') > 0,
    onPlan: (plan) => {
      const { rounds } = plan as ReturnType<typeof seatEveryone>;
      expect(check(wishes, rounds).broken).toEqual([]);
      told.push('plan');
    },
  });
  expect(told.slice(0, 2)).toEqual(['plan', 'looked']);
});
