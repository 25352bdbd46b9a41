// The planner at work: what its progress and its end say.
import type { PlanFigures } from './plan.ts';

/** Seconds the planner looks for a better plan; most plans are proven to be the best within one. */
export const secondsToPlan = 12;

/** Seconds without a sign of life after which a planner counts as gone, and one may press again. */
export const secondsUntilGone = 45;

/** A sentence and what fills its blanks. */
export interface Said {
  sentence: string;
  params: Record<string, string | number>;
}

/** Progress of the planner, and the plan it asks about. */
export interface PlanWork {
  /** Meetings that are not new in the best plan so far, and the least any plan can have; absent before the first plan. */
  best?: number;
  least?: number;
  /** Why there is no plan, or what the plan it asks about does not keep, in the planner's words. */
  sentences: string[];
  /** The same in words of ours, with their blanks. */
  said?: Said[];
  /** People whom broken wishes are about: theirs are offered to be left out. */
  people?: number[];
  /** The plan that waits for a yes: wishes are broken, or somebody changed the draft meanwhile. */
  plan?: { seats: [personId: number, tables: number[]][]; tables: number; figures: PlanFigures };
  /** Why it asks. */
  because?: 'wishes' | 'meanwhile';
}

export type SeatingState = 'working' | 'keeping' | 'stopping' | 'asks' | 'refused' | 'failed';

/** Whether a planner still works: one that has given no sign of life for long does not. */
export function isAtWork(
  { state, beatAt }: { state: SeatingState; beatAt: Temporal.Instant },
  now: Temporal.Instant,
): boolean {
  const isWorking = state === 'working' || state === 'keeping' || state === 'stopping';
  return isWorking && Temporal.Instant.compare(beatAt.add({ seconds: secondsUntilGone }), now) > 0;
}
