// What a planner's thread and the thread that asked it say to each other.
import type { AnswerOf, Engine, WishesOf } from './engines.ts';

/** Where each flag is in the shared array; a flag is raised by storing 1. */
export const flags = { over: 0, aborted: 1 } as const;

/** What a planner's thread begins with. */
export interface ToWorker {
  engine: Engine;
  wishes: WishesOf<Engine>;
  seed: number;
  iterations: number | undefined;
  /** Whether the time will be over some day. */
  isTimed: boolean;
  /** The flags, as 32-bit whole numbers. */
  shared: SharedArrayBuffer;
}

/** What a planner's thread says. */
export type FromWorker =
  | { kind: 'begun' }
  | { kind: 'plan'; answer: AnswerOf<Engine> }
  | { kind: 'progress'; best: number; bound: number; sentence: string }
  | { kind: 'answer'; answer: AnswerOf<Engine> }
  | { kind: 'refusal'; sentence: string };
