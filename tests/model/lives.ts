// Plays random lives of an event; a failure is reported with the fewest steps that still lead to it.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { byLength } from '../support/length.ts';
import { type Base, baseOn, type Elsewhere, openHouse, type Step } from './house.ts';
import { steps } from './steps.ts';

// The same lives each time, so that a change is judged by itself; another MODEL_SEED draws others.
export const seed = Number(process.env.MODEL_SEED ?? 108_860_157);

/** Files that the lives on the embedded database are spread over, so that workers share them. */
const parts = 4;

/** Defines the test of one part; each draws lives of its own. */
export async function livesOfPart(part: number): Promise<void> {
  const database = await openTestDatabase('embedded');
  afterAll(database.close);
  const base = await baseOn(database.db);
  const runs = byLength(40, 160) / parts;
  const drawn = seed + part - 1;
  test(`${runs} lives of an event, 60 steps each, seed ${drawn}`, { timeout: 60 * 60_000 }, async () => {
    expect(await report(base, runs, { seed: drawn })).toBe('nothing went wrong');
  });
}

/** Lives one event to its end; says what was wrong, a sentence each. Every twentieth life has its letters really written. */
export async function live(
  base: Base,
  taken: Step[],
  options: { rendered?: boolean; elsewhere?: Elsewhere; late?: boolean },
) {
  const house = await openHouse(base, options);
  try {
    const all = options.late ? [...fullRoom(base.people), ...taken] : taken;
    for (const [index, step] of all.entries()) {
      const wrong = await house.step(step);
      if (wrong.length > 0) return [`After step ${index}, ${JSON.stringify(step)}:`, ...wrong];
    }
    return await house.atRest();
  } finally {
    await house.close();
  }
}

/** Steps after which every seat is taken and people of both sides wait. */
function fullRoom(people: readonly number[]): Step[] {
  const acts: Step['act'][] = [
    { do: 'invite', people: [...people], held: false },
    { do: 'publish', held: false },
    ...people.map((person) => ({ do: 'answer', person, said: 'yes' }) as const),
  ];
  return acts.map((act) => ({ act, crash: false, elsewhere: false }));
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
  const drawnSteps = steps(base.people, 60, options.elsewhere !== undefined);
  // One in four begins on the eve of the event, when seats that come free are offered.
  const isLate = fc.nat(3).map((n) => n === 3);
  const lived = fc.asyncProperty(drawnSteps, isLate, async (taken, late) => {
    const wrong = await live(base, taken, { ...options, late, rendered: count++ % 20 === 0 });
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
  const begun = counterexample?.[1] ? ['It begins on the eve.'] : [];
  return [...begun, ...taken.map((step) => JSON.stringify(step)), String(errorInstance)].join('\n');
}
