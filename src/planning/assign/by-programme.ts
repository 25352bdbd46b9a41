// Assignment where trends take a least number or nobody, want skills, or agents are to be together or apart: a
// mixed-integer programme, the parts being optimised one after another (lexicographic optimisation; for lower quotas
// and closing see Arulselvan and others, Many-to-one matchings with lower quotas, Algorithmica 2018).
import { leastConflict } from '../conflict.ts';
import { type Entry, type Goal, type Limits, openSolver } from '../programme.ts';
import type { Random } from '../random.ts';
import { optimiseInStages, type Stage } from '../stages.ts';
import { assignmentOf, type Model, modelOf, valuesFor } from './model.ts';
import type { Assignment } from './options.ts';
import type { Part } from './parts.ts';
import type { Question } from './question.ts';
import { departmentGoal, likesGoal, type SoftGoal } from './soft-model.ts';

/** Result of the programme; where none is possible `conflict` names wishes that contradict each other. */
export interface ProgrammeResult {
  assignment: Assignment | undefined;
  goals: Goal[];
  proven: boolean;
  nodes: number;
  conflict?: string[];
}

/** Input known before the solver begins, and further requests to it. */
export interface Known {
  /** An assignment that keeps every wish. */
  start: Assignment | undefined;
  /** The best values of the first parts. */
  best: readonly number[];
  /** Whether wishes that contradict each other are to be named. */
  names: boolean;
  onProgress: (part: Part, value: number, bound: number) => void;
}

/** The best assignment by the parts that keeps every wish, as far as the limits allow. */
export async function bestByProgramme(
  question: Question,
  parts: readonly Part[],
  random: Random,
  limits: Limits,
  { start, best, names, onProgress }: Known,
): Promise<ProgrammeResult> {
  const model = modelOf(question, random);
  const soft: SoftGoal[] = [];
  const stages = parts.map((part, index): Stage => {
    const { name, sense, most } = part;
    const entries = entriesOf(model, question, part, soft);
    return { name, sense, entries, limit: () => best[index] ?? (sense > 0 ? most : 0) };
  });
  const from = start && valuesFor(model, start);
  if (from) for (const goal of soft) goal.fill(from, start);
  const solver = await openSolver(model.programme, { ...limits, start: from });
  try {
    const { state, values, goals } = optimiseInStages(solver, stages, (stage, value, bound) =>
      onProgress(parts[stages.indexOf(stage)]!, value, bound),
    );
    const assignment = values && assignmentOf(question, model, values);
    const conflict = state === 'infeasible' && (names ? await leastConflict(model.programme, limits) : []);
    return {
      assignment,
      goals: assignment ? goals.map((goal, index) => counted(goal, parts[index]!, assignment)) : goals,
      proven: state === 'optimal',
      nodes: solver.nodes,
      ...(conflict && { conflict }),
    };
  } finally {
    solver.close();
  }
}

/** Returns the terms that a part adds up; a soft goal is added to the model and to `soft`. */
function entriesOf(model: Model, question: Question, { name, counts }: Part, soft: SoftGoal[]): Entry[] {
  if (counts)
    return model.places
      .filter(({ agent, tier }) => counts(agent, tier))
      .map(({ column }): Entry => [column, 1]);
  const goal = (name === 'departments' ? departmentGoal : likesGoal)(model, question);
  soft.push(goal);
  return goal.entries;
}

/** A goal with the value the assignment has: columns of a goal that was stopped may count more. */
function counted({ name, bound }: Goal, { sense, value }: Part, assignment: Assignment): Goal {
  const own = value(assignment);
  return { name, value: own, bound: sense > 0 ? Math.max(own, bound) : Math.min(own, bound) };
}
