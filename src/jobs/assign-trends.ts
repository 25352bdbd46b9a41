import { failRun, finishRun, plannerWishes, resultOf } from '../actions/teams/draft-runs.ts';
import type { Context } from '../context.ts';
import { isPassingFault } from '../domain/passing-faults.ts';
import { isRefusal } from '../planning/cannot.ts';
import { planInWorker } from '../planning/worker.ts';
import * as runs from '../store/teams/runs.ts';

/** Seconds after which the best so far is the answer; the planner's thread ends at twice that whatever it does. */
const seconds = 90;

/** Milliseconds between two looks at whether an organiser keeps the best so far, or stops. */
const between = 500;

/** Gives trends to talents in a thread of its own; its progress is written down, and read by the page that follows it. */
export async function assignTrends(ctx: Context, { runId }: { runId: number }): Promise<void> {
  const run = ctx.random(12).toString('base64url');
  const held = await runs.takeOver(ctx.db, runId, run);
  if (!held) return;
  const stop = new AbortController();
  const far = { done: 0, sentence: '' };
  let isStopped = false;
  const look = async () => {
    const wanted = await runs.progress(ctx.db, runId, run, far);
    isStopped ||= wanted === 'stop';
    if (wanted !== 'on') stop.abort();
  };
  const timer = setInterval(() => void look().catch(() => {}), between);
  try {
    const answer = await planInWorker('round', plannerWishes(held), {
      seed: held.question.seed,
      seconds,
      signal: stop.signal,
      // Numbers alone: the page that follows puts them into its reader's words.
      onProgress: (_best, _bound, _sentence, part) => {
        if (part) far.sentence = JSON.stringify(part);
      },
    });
    if (!isStopped) await finishRun(ctx, runId, run, resultOf(answer));
  } catch (error) {
    if (isStopped) return;
    if (!isRefusal(error)) {
      if (!isPassingFault(error)) await failRun(ctx, runId);
      throw error;
    }
    await finishRun(ctx, runId, run, { plans: [], faults: error.message.split('\n') });
  } finally {
    clearInterval(timer);
  }
}
