// Lets a planner work in a thread of its own (node:worker_threads), so that pages are answered meanwhile.
import { Worker } from 'node:worker_threads';
import { cannot } from './cannot.ts';
import type { PartSoFar } from './effort.ts';
import type { AnswerOf, PlannerName, WishesOf } from './engines.ts';
import { type FromWorker, flags, type ToWorker } from './worker-messages.ts';

/** Clock that calls after so many seconds, and gives back how to call that off. */
export interface Clock {
  after(seconds: number, call: () => void): () => void;
}

/** Budget of a planner in its thread, and a listener for its progress. */
export interface WorkerEffort {
  /** Decides every draw; the same seed and iterations give the same plan. */
  seed: number;
  /** Most steps of search; the step is each planner's own. */
  iterations?: number | undefined;
  /** Within so many seconds the best so far is the answer. */
  seconds?: number | undefined;
  /** Aborted, the best so far is the answer. */
  signal?: AbortSignal | undefined;
  /** Hears of every better plan: its value, the least value any plan can have, and one sentence. */
  onProgress?: ((best: number, bound: number, sentence: string, far?: PartSoFar) => void) | undefined;
  /** The machine's own where none is given. */
  clock?: Clock | undefined;
}

/**
 * The planner's answer, worked out in a thread of its own; out of time or aborted, the best it had by then. The time
 * begins with the search, and the thread ends at twice the time whatever it does, tables once a first plan is there.
 * Rejects with what `cannot` makes, one sentence a line, for wishes that have faults.
 */
export async function planInWorker<Name extends PlannerName>(
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

/** Planners that begin with a plan: at twice the time it is the answer, or as soon as it comes on a machine that starves. */
const firstPlanComes: ReadonlySet<PlannerName> = new Set(['tables']);

/** Timers of the machine. */
const ownClock: Clock = {
  after(seconds, call) {
    const timer = setTimeout(call, seconds * 1000);
    return () => clearTimeout(timer);
  },
};

function answerFrom(
  begin: ToWorker,
  { onProgress, seconds, clock = ownClock }: WorkerEffort,
  raiseOver: () => void,
): Promise<AnswerOf<PlannerName>> {
  const cancels: (() => void)[] = [];
  const answer = new Promise<AnswerOf<PlannerName>>((resolve, reject) => {
    const url = new URL('./in-worker.ts', import.meta.url);
    const worker = new Worker(url, { workerData: begin, execArgv: [] });
    const ending = endingOf(begin, seconds, (settle) => {
      settle(resolve, reject);
      void worker.terminate();
    });
    let search: ReturnType<typeof searchTimer> | undefined;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'begun' && seconds !== undefined) {
        search = searchTimer(clock, seconds, raiseOver);
        cancels.push(search.cancel, clock.after(2 * seconds, ending.stopHard));
      } else if (message.kind === 'plan') {
        search?.hearPlan();
        ending.hearPlan(message.answer);
      } else if (message.kind === 'progress') {
        const { best, bound, sentence, far } = message;
        onProgress?.(best, bound, sentence, far);
      } else if (message.kind === 'answer') resolve(message.answer);
      else if (message.kind === 'refusal') reject(cannot(message.sentence.split('\n')));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The planner's thread ended with ${code}.`)));
  });
  return answer.finally(() => {
    for (const cancel of cancels) cancel();
  });
}

/** Part of the time after which a first plan that is not there yet tells of a large room. */
const largeAfter = 0.05;
/** Part of the time that is for search in a large room; in the rest the last plan is put into words. */
const searchOfLarge = 0.8;

/**
 * Ends the search when the time is up, and in a large room before: of thousands of people a plan, its score and the
 * sentences about it take a good part of a second.
 */
function searchTimer(clock: Clock, seconds: number, end: () => void) {
  let [hasPlan, isLarge] = [false, false];
  const cancels = [
    clock.after(seconds, end),
    clock.after(largeAfter * seconds, () => {
      isLarge = !hasPlan;
    }),
    clock.after(searchOfLarge * seconds, () => {
      if (isLarge) end();
    }),
  ];
  return {
    hearPlan() {
      hasPlan = true;
    },
    cancel() {
      for (const cancel of cancels) cancel();
    },
  };
}

type Settle = (resolve: (answer: AnswerOf<PlannerName>) => void, reject: (error: Error) => void) => void;

/** Ends a search at twice its time: with its first plan, or with a refusal where its planner tells none. */
function endingOf({ engine }: ToWorker, seconds: number | undefined, end: (settle: Settle) => void) {
  let first: AnswerOf<PlannerName> | undefined;
  let isLate = false;
  const stopHard = () => {
    isLate = true;
    const plan = first;
    if (plan) end((resolve) => resolve(plan));
    else if (!firstPlanComes.has(engine))
      end((_, reject) =>
        reject(cannot([`Nothing was found in ${2 * seconds!} s. Give it longer, or ask for less at once.`])),
      );
  };
  const hearPlan = (plan: AnswerOf<PlannerName>) => {
    first = plan;
    if (isLate) stopHard();
  };
  return { stopHard, hearPlan };
}
