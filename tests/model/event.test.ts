// Everything that can happen to an event, in orders nobody would think of: after each step the database says what a list
// on paper says, the invariants hold, and at the end everybody's calendar is right.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { baseOn, openHouse, type Step } from './house.ts';
import { steps } from './steps.ts';

const runs = process.env.CI === 'true' ? 1000 : 100;
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 2 ** 31);

const database = await openTestDatabase('embedded');
afterAll(database.close);
const base = await baseOn(database.db);

async function live(taken: Step[], rendered: boolean): Promise<string[]> {
  const house = await openHouse(base, { rendered });
  try {
    for (const [index, step] of taken.entries()) {
      const wrong = await house.step(step);
      if (wrong.length > 0) return [`After step ${index}, ${JSON.stringify(step)}:`, ...wrong];
    }
    return await house.atRest();
  } finally {
    await house.close();
  }
}

test(`${runs} lives of an event, 60 steps each, seed ${seed}`, { timeout: 25 * 60_000 }, async () => {
  console.log(`The lives of events are drawn from MODEL_SEED=${seed}`);
  let count = 0;
  const seen = await fc.check(
    fc.asyncProperty(steps(base.people, 60, false), async (taken) => {
      const wrong = await live(taken, count++ % 20 === 0);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    }),
    { numRuns: runs, seed, interruptAfterTimeLimit: 24 * 60_000, markInterruptAsFailure: true },
  );
  expect(inShort(seen)).toBe('nothing went wrong');
});

/** The fewest steps that still go wrong, and what went wrong. */
function inShort({ failed, counterexample, errorInstance }: fc.RunDetails<[Step[]]>): string {
  if (!failed) return 'nothing went wrong';
  const taken = (counterexample?.[0] ?? []).filter(({ act }) => act.do !== 'nothing');
  return [...taken.map((step) => JSON.stringify(step)), String(errorInstance)].join('\n');
}
