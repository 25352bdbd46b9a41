import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../domain/steps.ts';

/** Lets everything else that waits be done first. */
export const nextTurn = (): Promise<void> => setImmediate();

/** Does work in steps, and answers other requests in between. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
  }
}
