// Messages between a planner's thread and the thread that asked it.
import type { PartSoFar } from './effort.ts';
import type { AnswerOf, PlannerName, WishesOf } from './engines.ts';

/** Index of each flag in the shared array; a flag is raised by storing 1. */
export const flags = { over: 0, aborted: 1 } as const;

/** First message to a planner's thread. */
export interface ToWorker {
  engine: PlannerName;
  wishes: WishesOf<PlannerName>;
  seed: number;
  iterations: number | undefined;
  /** Whether the time will be over some day. */
  isTimed: boolean;
  /** The flags, as 32-bit whole numbers. */
  shared: SharedArrayBuffer;
}

/** Messages from a planner's thread. */
export type FromWorker =
  | { kind: 'begun' }
  | { kind: 'plan'; answer: AnswerOf<PlannerName> }
  | { kind: 'progress'; best: number; bound: number; sentence: string; far?: PartSoFar | undefined }
  | { kind: 'answer'; answer: AnswerOf<PlannerName> }
  | { kind: 'refusal'; sentence: string };
