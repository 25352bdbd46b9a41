import { setImmediate as turn } from 'node:timers/promises';
import type { Steps } from '../domain/steps.ts';

/** Does work in steps, and answers other requests in between. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await turn();
  }
}
