// Many lives of an event, drawn by chance; what went wrong is told in the fewest steps.
import fc from 'fast-check';
import { type Base, type Elsewhere, openHouse, type Step } from './house.ts';
import { steps } from './steps.ts';

// The same lives each time, so that a change is judged by itself; another MODEL_SEED looks for what nobody has met yet.
export const seed = Number(process.env.MODEL_SEED ?? 108_860_157);

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
  options: { elsewhere?: Elsewhere } = {},
): Promise<string> {
  console.log(`The lives of events are drawn from MODEL_SEED=${seed}`);
  let count = 0;
  const lived = fc.asyncProperty(steps(base.people, 60, options.elsewhere !== undefined), async (taken) => {
    const wrong = await live(base, taken, { ...options, rendered: count++ % 20 === 0 });
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });
  const { failed, counterexample, errorInstance } = await fc.check(lived, {
    numRuns: runs,
    seed,
    // Fewer steps are looked for as long as there is time to tell of them.
    interruptAfterTimeLimit: 14 * 60_000,
    markInterruptAsFailure: true,
  });
  if (!failed) return 'nothing went wrong';
  const taken = (counterexample?.[0] ?? []).filter(({ act }) => act.do !== 'nothing');
  return [...taken.map((step) => JSON.stringify(step)), String(errorInstance)].join('\n');
}
