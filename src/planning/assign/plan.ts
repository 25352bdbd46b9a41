// One assignment by one rule: a flow where only room decides, or where its answer happens to keep every other wish too;
// else a mixed-integer programme that begins from a mended flow.
import { cannot } from '../cannot.ts';
import { conflictInWords } from '../conflict.ts';
import type { Effort, Spending } from '../effort.ts';
import type { Goal } from '../programme.ts';
import type { Random } from '../random.ts';
import { bestByProgramme } from './by-programme.ts';
import { evenFlow } from './even-flow.ts';
import { bestFlow } from './flow.ts';
import { keepsWishes } from './keeps-wishes.ts';
import { mendedFlow } from './mended-flow.ts';
import { type Assignment, profileOf } from './options.ts';
import { boundOf, type Depth, type Part, partsOf } from './parts.ts';
import type { Question } from './question.ts';
import type { Rule } from './wishes.ts';
import { inWords } from './words.ts';

/** Methods that may be used; all of them unless a test or a bench says otherwise. */
export interface Ways {
  flow?: boolean;
  /** Whether closed and optional trends are compared. */
  compares?: boolean;
}

/** An assignment by one rule. */
export interface Plan {
  assignment: Assignment;
  goals: Goal[];
  proven: boolean;
  method: string;
}

/** Data shared by all plans of one answer. */
export interface Work {
  random: Random;
  spending: Spending;
  /** Paths and nodes spent so far, and at most. */
  spent: number;
  most: number;
  effort: Effort;
  ways: Ways;
}

/** Options of one plan: its depth, and whether its progress and its conflicts are told. */
export interface PlanOptions {
  depth: Depth;
  /** Progress is told. */
  tells: boolean;
  /** Wishes that contradict each other are named. */
  names: boolean;
}

/** Said where no assignment is known when the time is up. */
export const notInTime = 'Nothing that keeps every wish was found in time: give it longer, or drop a wish.';

/** The best assignment by a rule; throws what `cannot` makes where there is none, or none was found in time. */
export async function planBy(work: Work, question: Question, rule: Rule, manner: PlanOptions): Promise<Plan> {
  if (rule !== 'firsts-fair') return planParts(work, question, rule, manner);
  // Most firsts among the ranks down to the worst that the fairest rule needs, with as many placed.
  const fair = await planParts(work, question, 'fairest', { ...manner, depth: 'counted', tells: false });
  const deepest = profileOf(question, fair.assignment).findLastIndex((count) => count > 0);
  const plan = await planParts(work, { ...question, deepest }, rule, manner);
  return { ...plan, proven: plan.proven && fair.proven };
}

async function planParts(work: Work, question: Question, rule: Rule, manner: PlanOptions): Promise<Plan> {
  const parts = partsOf(question, rule, manner.depth);
  const linear = parts.filter(({ counts }) => counts !== undefined);
  const goalsOf = (assignment: Assignment, proven: boolean, some: readonly Part[]) =>
    some.map((part): Goal => {
      const value = part.value(assignment);
      return { name: part.name, value, bound: boundOf(part, value, proven) };
    });
  let [start, best]: [Assignment | undefined, number[]] = [undefined, []];
  if (work.ways.flow ?? true) {
    const { assignment, proven, paths } = bestFlow(question, linear, work.random, () => work.spending.step());
    work.spent += paths;
    const keeps = keepsWishes(question, assignment);
    if (keeps && linear.length === parts.length) {
      const goals = goalsOf(assignment, proven, parts);
      if (manner.tells)
        for (const [index, { value, bound }] of goals.entries()) tell(work, parts[index]!, value, bound);
      return { assignment, goals, proven, method: 'flow' };
    }
    const stop = stopOf(work.effort);
    start = keeps
      ? assignment
      : (mendedFlow(question, linear, work.random, stop) ?? evenFlow(question, linear, work.random, stop));
    if (keeps && proven) best = linear.map((part) => part.value(assignment));
  }
  return planByProgramme(work, question, parts, { ...manner, start, best });
}

export const stopOf = (effort: Effort) => () => effort.signal?.aborted === true || effort.isOver?.() === true;

async function planByProgramme(
  work: Work,
  question: Question,
  parts: readonly Part[],
  { tells, names, start, best }: PlanOptions & { start: Assignment | undefined; best: readonly number[] },
): Promise<Plan> {
  const [first] = parts;
  if (start && first && tells) {
    const value = first.value(start);
    tell(work, first, value, best[0] ?? boundOf(first, value, false));
  }
  const limits = {
    stop: stopOf(work.effort),
    nodes: work.most - work.spent,
    seed: work.random.below(2147483647),
  };
  const found = await bestByProgramme(question, parts, work.random, limits, {
    start,
    best,
    names,
    onProgress(part, value, bound) {
      if (tells) tell(work, part, value, bound);
    },
  });
  work.spent += found.nodes;
  if (found.conflict) throw cannot([conflictInWords(found.conflict)]);
  if (!found.assignment || !keepsWishes(question, found.assignment)) throw cannot([notInTime]);
  const { assignment, goals, proven } = found;
  return { assignment, goals, proven, method: 'staged programme' };
}

/** Progress counts what is to become less: agents without a good choice, or agents with a bad one. */
function tell({ effort }: Work, part: Part, value: number, bound: number): void {
  const [best, least] = part.sense > 0 ? [part.most - value, part.most - bound] : [value, bound];
  const far = { part: part.name, value, bound, most: part.most };
  effort.onProgress?.(best, least, inWords(part.says(value), value, bound), far);
}
