import { closeNameless, ensureAllKeys, tick } from '../actions/questions/nameless-tick.ts';
import { forgetVoices } from '../actions/questions/room.ts';
import type { Context } from '../context.ts';

const every = 5 * 60_000;

/** Sees to asking without a name: what came in goes into the envelope, what is due is published, what is over is closed. */
export async function publishDueQuestions(ctx: Context): Promise<void> {
  await ensureAllKeys(ctx);
  await tick(ctx);
  await closeOver(ctx);
}

async function closeOver(ctx: Context): Promise<void> {
  await closeNameless(ctx);
  await forgetVoices(ctx);
}

/** Makes missing keys and closes what is over: at the start this can wait, as it takes long where there is much of it. */
async function seeToKeys(ctx: Context): Promise<void> {
  await ensureAllKeys(ctx);
  await closeOver(ctx);
}

export interface Publishing {
  /** Sees to keys and goes on by the clock: called once pages are answered. */
  begin(): void;
  /** Ends it, after one last time; gives whether that went well. */
  end(): Promise<boolean>;
}

/**
 * Takes in at once what processes that are gone left behind, and publishes what is due; then every five minutes of the
 * clock, in every process, whether somebody asked or not: each has a slot of its own, so this cannot be one job for all.
 */
export async function publishQuestionsByTheClock(
  ctx: Context,
  log: (error: unknown) => void,
): Promise<Publishing> {
  let timer: NodeJS.Timeout;
  let running: Promise<boolean> = Promise.resolve(true);
  const seeTo = (work: (ctx: Context) => Promise<void>) => {
    running = work(ctx).then(
      () => true,
      (error) => {
        log(error);
        return false;
      },
    );
    return running;
  };
  const next = () => {
    const wait = every - (ctx.now().epochMilliseconds % every);
    timer = setTimeout(() => seeTo(publishDueQuestions).finally(next), wait);
    timer.unref();
  };
  await seeTo(tick);
  return {
    begin: () => void seeTo(seeToKeys).finally(next),
    async end() {
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
      return seeTo(publishDueQuestions);
    },
  };
}
