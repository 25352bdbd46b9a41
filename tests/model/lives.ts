// Many lives of an event, drawn by chance; what went wrong is told in the fewest steps.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { byLength } from '../support/length.ts';
import { type Base, baseOn, type Elsewhere, openHouse, type Step } from './house.ts';
import { steps } from './steps.ts';

// The same lives each time, so that a change is judged by itself; another MODEL_SEED looks for what nobody has met yet.
export const seed = Number(process.env.MODEL_SEED ?? 108_860_157);

/** Files that the lives on the embedded database are spread over, so that workers share them. */
const parts = 4;

/** Defines the test of one part; each draws lives of its own. */
export async function livesOfPart(part: number): Promise<void> {
  const database = await openTestDatabase('embedded');
  afterAll(database.close);
  const base = await baseOn(database.db);
  const runs = byLength(100, 240) / parts;
  const drawn = seed + part - 1;
  test(`${runs} lives of an event, 60 steps each, seed ${drawn}`, { timeout: 60 * 60_000 }, async () => {
    expect(await report(base, runs, { seed: drawn })).toBe('nothing went wrong');
  });
}

/** Lives one event to its end; says what was wrong, a sentence each. Every twentieth life has its letters really written. */
export async function live(
  base: Base,
  taken: Step[],
  options: { rendered?: boolean; elsewhere?: Elsewhere },
) {
  const house = await openHouse(base, options);
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

/** 'nothing went wrong', or the fewest steps that still go wrong and what went wrong. */
export async function report(
  base: Base,
  runs: number,
  options: { elsewhere?: Elsewhere; seed?: number } = {},
): Promise<string> {
  const drawn = options.seed ?? seed;
  console.log(`The lives of events are drawn from the seed ${drawn}`);
  let count = 0;
  const lived = fc.asyncProperty(steps(base.people, 60, options.elsewhere !== undefined), async (taken) => {
    const wrong = await live(base, taken, { ...options, rendered: count++ % 20 === 0 });
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });
  const { failed, counterexample, errorInstance } = await fc.check(lived, {
    numRuns: runs,
    seed: drawn,
    // Fewer steps are looked for as long as there is time to tell of them.
    interruptAfterTimeLimit: 59 * 60_000,
    markInterruptAsFailure: true,
  });
  if (!failed) return 'nothing went wrong';
  const taken = (counterexample?.[0] ?? []).filter(({ act }) => act.do !== 'nothing');
  return [...taken.map((step) => JSON.stringify(step)), String(errorInstance)].join('\n');
}
