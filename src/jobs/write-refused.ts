import { writeRefused } from '../actions/audit/note-refused.ts';
import type { Context } from '../context.ts';

const every = 60_000;

/** Writes each minute what this process refused at doors. Returns what ends it, after one last time. */
export function writeRefusedByTheClock(ctx: Context, log: (error: unknown) => void): () => Promise<void> {
  const once = () => writeRefused(ctx).catch(log);
  const timer = setInterval(once, every);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await once();
  };
}
