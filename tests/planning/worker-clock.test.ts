// When the time of a planner begins and ends, with a clock that the test turns: no second passes here.
import { expect, test } from 'vitest';
import { keptAll } from '../../src/planning/tables/beginnings.ts';
import { keptBy, leastScore } from '../../src/planning/tables/bounds/bounds.ts';
import { leastNotNew } from '../../src/planning/tables/bounds/new-meetings.ts';
import { hallOf } from '../../src/planning/tables/hall.ts';
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

/** A clock on which no time passes; `alarms` were set, by seconds. One set for `ringing` seconds rings at once. */
function standingClock(ringing?: number) {
  const alarms = new Map<number, () => void>();
  const off: number[] = [];
  const clock: Clock = {
    after(seconds, call) {
      alarms.set(seconds, call);
      if (seconds === ringing) call();
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
  expect([...alarms.keys()]).toEqual([10, 0.5, 8, 20]);
  expect(off).toEqual([10, 0.5, 8, 20]);
});

test('a room whose first plan takes more than a twentieth of the time is searched for four fifths of it', async () => {
  const { clock, alarms } = standingClock(0.5);
  const effort = { seed: 1, seconds: 10, clock };
  const answer = await planInWorker('tables', endless, { ...effort, onProgress: () => alarms.get(8)!() });
  // Nothing but that alarm ends this search.
  expect(check(endless, answer.rounds).broken).toEqual([]);
});

test('any other room is searched to the end of its time', async () => {
  const { clock, alarms } = standingClock();
  const effort = { seed: 1, iterations: 5000, seconds: 10, clock };
  const answer = await planInWorker('tables', endless, { ...effort, onProgress: () => alarms.get(8)!() });
  expect(answer.iterations).toBe(5000);
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

/** The time is up after so many looks at it. */
function upAfter(looks: number) {
  let looked = 0;
  return { isOver: () => ++looked > looks, looks: () => looked };
}

test('whenever the time is up, the plan keeps its wishes and nothing that is said to be proven is not', () => {
  const wishes = realLife(60, 10, 5, 1);
  const found = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 60].map((looks) =>
    seatEveryone(wishes, { seed: 1, ...upAfter(looks) }),
  );
  const fewest = Math.min(...found.map(({ repeatedMeetings }) => repeatedMeetings));
  expect(fewest).toBeLessThan(found[0]!.repeatedMeetings);
  for (const answer of found) {
    expect(check(wishes, answer.rounds).broken).toEqual([]);
    expect(answer.bound).toBeLessThanOrEqual(fewest);
    if (answer.provenOptimal) expect(answer.repeatedMeetings).toBe(fewest);
  }
});

test('a thousand people are looked at in pieces, and bounds not reached in time are left out', () => {
  const wishes = realLife(1000, 100, 8, 1);
  const hall = hallOf(wishes);
  const score = { ...keptAll, apart: 1 };
  const { isOver, looks } = upAfter(0);
  expect(leastScore(hall, score, isOver).why).toBe('pigeonhole');
  expect(leastNotNew(hall, keptBy(hall, score), isOver)).toBe(0);
  expect(looks()).toBeLessThan(10);
  const calm = upAfter(Number.POSITIVE_INFINITY);
  expect(leastScore(hall, score, calm.isOver).why).toBe('counting');
  expect(calm.looks()).toBeGreaterThan(20);
});
