// A planner at work in a thread of its own. It hears of the end of its time and of a wish to stop through two shared
// flags, so that it sees them in the midst of its work.
import { parentPort, workerData } from 'node:worker_threads';
import { isRefusal } from './cannot.ts';
import type { Effort } from './effort.ts';
import { type AnswerOf, engines, type PlannerName } from './engines.ts';
import { type FromWorker, flags, type ToWorker } from './worker-messages.ts';

const { engine, wishes, seed, iterations, isTimed, shared } = workerData as ToWorker;
const raised = new Int32Array(shared);
const isRaised = (flag: number) => Atomics.load(raised, flag) === 1;
const say = (message: FromWorker) => parentPort!.postMessage(message);

const effort: Effort = {
  seed,
  ...(iterations === undefined ? {} : { iterations }),
  ...(isTimed ? { isOver: () => isRaised(flags.over) } : {}),
  signal: {
    get aborted() {
      return isRaised(flags.aborted);
    },
  },
  ...(isTimed
    ? { onPlan: (answer: unknown) => say({ kind: 'plan', answer: answer as AnswerOf<PlannerName> }) }
    : {}),
  onProgress: (best, bound, sentence, far) => say({ kind: 'progress', best, bound, sentence, far }),
};

const plan = await engines[engine]();
// From here the time counts: loading the planner is not the search.
say({ kind: 'begun' });
try {
  say({ kind: 'answer', answer: await plan(wishes as never, effort) });
} catch (error) {
  if (!isRefusal(error)) throw error;
  say({ kind: 'refusal', sentence: error.message });
}
