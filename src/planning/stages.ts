// Objectives one after another (lexicographic optimisation): what one has reached is a row for the next.
import { type Entry, type Goal, type Solved, type Solver, worthOf } from './programme.ts';

/** An objective to be maximised, or minimised where `sense` is −1. */
export interface Stage {
  name: string;
  entries: readonly Entry[];
  sense: 1 | -1;
  /** Upper bound on its value after these goals (lower bound where it is minimised). */
  limit: (before: readonly Goal[]) => number;
}

/** The values of all columns (undefined where none is known) and the goals; `state` is that of the whole. */
export interface Staged {
  state: Solved['state'];
  values: Float64Array | undefined;
  goals: Goal[];
}

/**
 * Goes through the stages. After one that was stopped, the goals that follow have the value they happen to have; where
 * nothing at all was known by then, any solution is looked for, whatever the limits.
 */
export function optimiseInStages(
  solver: Solver,
  stages: readonly Stage[],
  onProgress?: (stage: Stage, value: number, bound: number) => void,
): Staged {
  const goals: Goal[] = [];
  let values: Float64Array | undefined;
  let state: Solved['state'] = 'optimal';
  if (stages.length === 0) {
    const any = solver.anything();
    return { state: any.state, values: any.values, goals };
  }
  for (const stage of stages) {
    const { name, entries, sense, limit } = stage;
    const signed = entries.map(([column, by]): Entry => [column, by * sense]);
    const most = limit(goals) * sense;
    const tell = (value: number, bound: number) =>
      onProgress?.(stage, value * sense + 0, Math.min(bound, most) * sense + 0);
    const result = atLeastAny(solver, signed, solver.maximise(signed, most, tell));
    if (result.state === 'infeasible') return { state: 'infeasible', values, goals };
    if (result.value === undefined) return { state: 'stopped', values, goals: [] };
    values = result.values;
    if (result.state !== 'optimal') state = 'stopped';
    // Zero times −1 is made a plain zero.
    goals.push({ name, value: result.value * sense + 0, bound: result.bound * sense + 0 });
    tell(result.value, result.bound);
    if (signed.length > 0)
      solver.require({ lower: result.value, upper: Number.POSITIVE_INFINITY, entries: signed });
  }
  return { state, values, goals: goals.map((goal, index) => withValue(goal, stages[index]!, values)) };
}

/** Returns the result, or any solution with the best bound known. */
function atLeastAny(solver: Solver, objective: readonly Entry[], result: Solved): Solved {
  if (result.state !== 'stopped' || result.values) return result;
  const any = solver.anything();
  if (!any.values) return any;
  const value = worthOf(objective, any.values);
  return {
    state: value >= result.bound ? 'optimal' : 'stopped',
    values: any.values,
    value,
    bound: result.bound,
  };
}

/** A goal with the value it has in the end: search for a later one may have bettered it. */
function withValue(goal: Goal, { entries, sense }: Stage, values: Float64Array | undefined): Goal {
  const value = values ? worthOf(entries, values) : goal.value;
  return { ...goal, value, bound: sense > 0 ? Math.max(goal.bound, value) : Math.min(goal.bound, value) };
}
