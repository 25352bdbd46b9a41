import { closeNameless, ensureAllKeys, tick } from '../actions/questions/nameless-tick.ts';
import type { Context } from '../context.ts';

const every = 5 * 60_000;

/** Sees to asking without a name: what came in goes into the envelope, what is due is published, what is over is closed. */
export async function publishDueQuestions(ctx: Context): Promise<void> {
  await ensureAllKeys(ctx);
  await tick(ctx);
  await closeNameless(ctx);
}

/**
 * Does so now and every five minutes of the clock, in every process, whether somebody asked or not: each has a slot of
 * its own, so this cannot be one job for all. Returns what ends it, after one last time.
 */
export async function publishQuestionsByTheClock(
  ctx: Context,
  log: (error: unknown) => void,
): Promise<() => Promise<boolean>> {
  let timer: NodeJS.Timeout;
  let running: Promise<boolean> = Promise.resolve(true);
  const once = () => {
    running = publishDueQuestions(ctx).then(
      () => true,
      (error) => {
        log(error);
        return false;
      },
    );
    return running;
  };
  const next = () => {
    timer = setTimeout(() => once().finally(next), every - (ctx.now().epochMilliseconds % every));
    timer.unref();
  };
  await once();
  next();
  return async () => {
    clearTimeout(timer);
    await running;
    clearTimeout(timer);
    return once();
  };
}
