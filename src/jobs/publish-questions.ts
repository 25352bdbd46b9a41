import { closeNameless, ensureAllKeys, publishWaiting } from '../actions/nameless-rounds.ts';
import type { Context } from '../context.ts';

/** Sees to asking without a name, every five minutes: what waits is published in its hour, what is over is closed. */
export async function publishQuestions(ctx: Context): Promise<void> {
  await ensureAllKeys(ctx);
  await publishWaiting(ctx);
  await closeNameless(ctx);
}
