// Lets a planner work in a thread of its own (node:worker_threads), so that pages are answered meanwhile.
import { Worker } from 'node:worker_threads';
import { cannot } from './cannot.ts';
import type { AnswerOf, Engine, WishesOf } from './engines.ts';
import { type FromWorker, flags, type ToWorker } from './worker-messages.ts';

/** Budget of a planner in its thread, and a listener for its progress. */
export interface WorkerEffort {
  /** Decides every draw; the same seed and iterations give the same plan. */
  seed: number;
  /** Most steps of search; the step is each planner's own. */
  iterations?: number | undefined;
  /** After so many seconds the best so far is the answer. */
  seconds?: number | undefined;
  /** Aborted, the best so far is the answer. */
  signal?: AbortSignal | undefined;
  /** Hears of every better plan: its value, the least value any plan can have, and one sentence. */
  onProgress?: ((best: number, bound: number, sentence: string) => void) | undefined;
}

/**
 * The planner's answer, worked out in a thread of its own; out of time or aborted, the best it had by then. The time
 * begins with the search, and the thread ends at twice the time whatever it does. Rejects with what `cannot` makes,
 * one sentence a line, for wishes that have faults.
 */
export async function planInWorker<Name extends Engine>(
  engine: Name,
  wishes: WishesOf<Name>,
  effort: WorkerEffort,
): Promise<AnswerOf<Name>> {
  const shared = new SharedArrayBuffer(8);
  const { seed, iterations, seconds, signal } = effort;
  const begin: ToWorker = { engine, wishes, seed, iterations, isTimed: seconds !== undefined, shared };
  const raise = (flag: number) => Atomics.store(new Int32Array(shared), flag, 1);
  const abort = () => raise(flags.aborted);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  try {
    return (await answerFrom(begin, effort, () => raise(flags.over))) as AnswerOf<Name>;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function answerFrom(
  begin: ToWorker,
  { onProgress, seconds }: WorkerEffort,
  raiseOver: () => void,
): Promise<AnswerOf<Engine>> {
  const timers: NodeJS.Timeout[] = [];
  const answer = new Promise<AnswerOf<Engine>>((resolve, reject) => {
    const worker = new Worker(new URL('./in-worker.ts', import.meta.url), {
      workerData: begin,
      execArgv: [],
    });
    const startClocks = () => {
      if (seconds === undefined) return;
      timers.push(setTimeout(raiseOver, seconds * 1000), setTimeout(stopHard, 2000 * seconds));
    };
    let first: AnswerOf<Engine> | undefined;
    const stopHard = () => {
      if (first) resolve(first);
      else
        reject(cannot([`Nothing was found in ${2 * seconds!} s. Give it longer, or ask for less at once.`]));
      void worker.terminate();
    };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'begun') startClocks();
      else if (message.kind === 'plan') first = message.answer;
      else if (message.kind === 'progress') onProgress?.(message.best, message.bound, message.sentence);
      else if (message.kind === 'answer') resolve(message.answer);
      else reject(cannot(message.sentence.split('\n')));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The planner's thread ended with ${code}.`)));
  });
  return answer.finally(() => {
    for (const timer of timers) clearTimeout(timer);
  });
}
