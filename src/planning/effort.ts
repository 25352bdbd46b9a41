// How long a planner may work, and how it tells where it is.

/**
 * Budget of a planner, and a listener for its progress; without `iterations` and `isOver` it spends its own usual
 * budget.
 */
export interface Effort {
  /** Decides every draw; the same seed and iterations give the same plan. */
  seed: number;
  /** Most steps of search; the step is each planner's own. */
  iterations?: number;
  /** True once the time is up; the clock is the caller's. */
  isOver?: () => boolean;
  /** An AbortSignal or anything like it; the planner returns its best so far. */
  signal?: { readonly aborted: boolean };
  /** Hears of the first plans, an answer as the planner gives it, for those who may have to stop before the end. */
  onPlan?: (answer: unknown) => void;
  /** Hears of every better plan: its value, the least value any plan can have, and one sentence. */
  onProgress?: (best: number, bound: number, sentence: string, far?: PartSoFar) => void;
}

/** Part of a goal that is being decided: its name, its value and what it could be at best, of how many. */
export interface PartSoFar {
  part: string;
  value: number;
  bound: number;
  most: number;
}

/** A budget being spent. */
export interface Spending {
  /** Steps taken so far. */
  readonly iterations: number;
  /** Takes one step; false once there is nothing left to spend. */
  step(): boolean;
  /** True once the time is up, somebody asked to stop, or the steps are spent. */
  done(): boolean;
  /** True once the time is up or somebody asked to stop, whatever steps are left. */
  isOver(): boolean;
}

const stepsBetweenLooks = 64;

/** Starts spending `effort`, at most `usual` steps where it names neither steps nor a deadline. */
export function spend(effort: Effort, usual: number): Spending {
  const most = effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usual);
  let iterations = 0;
  let stopped = false;
  const look = () => {
    stopped ||= effort.signal?.aborted === true || effort.isOver?.() === true;
    return stopped;
  };
  return {
    get iterations() {
      return iterations;
    },
    step() {
      if (iterations >= most || stopped || (iterations % stepsBetweenLooks === 0 && look())) return false;
      iterations += 1;
      return true;
    },
    done: () => iterations >= most || look(),
    isOver: look,
  };
}

/** Tells whether the time is up, having been told of some more work done. */
export type Watch = (work: number) => boolean;

const workBetweenLooks = 100_000;

/**
 * Looks at the clock once in so much work: what is done for a few hundred people is done before the first look, so that
 * the end of the time takes nothing from it. Once the time is up it stays up.
 */
export function watchOf(isOver: () => boolean): Watch {
  let [left, over] = [workBetweenLooks, false];
  return (work) => {
    left -= work;
    if (left > 0 || over) return over;
    left = workBetweenLooks;
    over = isOver();
    return over;
  };
}
