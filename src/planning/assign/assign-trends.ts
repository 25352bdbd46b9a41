// Gives everybody a trend, by either rule: a flow where only room decides, or where its answer happens to keep every
// other wish too; else a mixed-integer programme. Then the same by the other rule, to show what the choice costs.
import { cannot, isRefusal } from '../cannot.ts';
import { conflictInWords } from '../conflict.ts';
import { type Effort, type Spending, spend } from '../effort.ts';
import type { Goal } from '../programme.ts';
import { type Random, randomFrom } from '../random.ts';
import { bestByProgramme } from './by-programme.ts';
import { faultsOf } from './faults.ts';
import { bestFlow } from './flow.ts';
import { keepsWishes } from './keeps-wishes.ts';
import { mendedFlow } from './mended-flow.ts';
import { type Assignment, type Part, partsOf, profileOf, tiersOf, valuesOf } from './options.ts';
import { reasonsFor } from './reasons.ts';
import type { AssignAnswer, AssignWishes, Rule } from './wishes.ts';
import { inWords, priceOf } from './words.ts';

/** Nodes of search trees opened where the effort names neither steps nor a deadline. */
const usualNodes = 20_000;

/** Which ways may be gone; all of them unless a test or a bench says otherwise. */
export interface Ways {
  flow?: boolean;
}

/** An assignment by one rule. */
interface Plan {
  assignment: Assignment;
  goals: Goal[];
  proven: boolean;
  method: string;
}

/** What all plans of one question share. */
interface Work {
  wishes: AssignWishes;
  random: Random;
  spending: Spending;
  /** Paths and nodes spent so far, and at most. */
  spent: number;
  most: number;
  effort: Effort;
  ways: Ways;
}

/**
 * The best assignment by a rule that keeps every wish, or the best found within the effort; `iterations` of the
 * effort are shortest paths and nodes of search trees. Throws a RangeError, one sentence a line, for wishes that have
 * faults, that contradict each other, or for which nothing was found before the effort was spent.
 */
export async function assignTrends(
  wishes: AssignWishes,
  rule: Rule,
  effort: Effort,
  ways: Ways = {},
): Promise<AssignAnswer> {
  const faults = faultsOf(wishes);
  if (faults.length > 0) throw cannot(faults);
  const usual = wishes.agents.length * 2 + usualNodes;
  const work: Work = {
    wishes,
    random: randomFrom(effort.seed),
    spending: spend(effort, usual),
    spent: 0,
    most: effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usual),
    effort,
    ways,
  };
  const plan = rule === 'firsts-fair' ? await planFirstsFair(work) : await planBy(work, rule, true);
  const otherRule = rule === 'most-firsts' ? 'fairest' : 'most-firsts';
  const other = work.spending.done() ? undefined : await planBy(work, otherRule, false).catch(ranOut);
  return answerOf(work, rule, plan, other && { ...other, rule: otherRule });
}

/** The other rule is a comparison: without an answer in time there is none. */
function ranOut(error: unknown): undefined {
  if (!isRefusal(error)) throw error;
}

/** Most firsts among the ranks down to the worst that the fairest rule needs, with as many placed. */
async function planFirstsFair(work: Work): Promise<Plan> {
  const fair = await planBy(work, 'fairest', false);
  const worst = profileOf(work.wishes, fair.assignment).findLastIndex((count) => count > 0);
  const agents = work.wishes.agents.map((agent) => ({ ...agent, ranks: agent.ranks.slice(0, worst + 1) }));
  const within: Work = { ...work, wishes: { ...work.wishes, agents } };
  const plan = await planBy(within, 'firsts-fair', true);
  work.spent = within.spent;
  const below = partsOf('firsts-fair', tiersOf(work.wishes)).slice(plan.goals.length);
  const goals = [...plan.goals, ...below.map(({ name }): Goal => ({ name, value: 0, bound: 0 }))];
  return { ...plan, goals, proven: plan.proven && fair.proven };
}

async function planBy(work: Work, rule: Rule, tells: boolean): Promise<Plan> {
  const { wishes, random, spending } = work;
  const parts = partsOf(rule, tiersOf(wishes));
  if (work.ways.flow ?? true) {
    const { assignment, proven, paths } = bestFlow(wishes, rule, random, () => spending.step());
    work.spent += paths;
    if (keepsWishes(wishes, assignment)) {
      const goals = valuesOf(wishes, rule, assignment).map((value, part): Goal => {
        const { name, sense } = parts[part]!;
        const bound = proven ? value : sense > 0 ? wishes.agents.length : 0;
        return { name, value, bound };
      });
      if (tells)
        for (const [part, { value, bound }] of goals.entries()) tell(work, parts[part]!, value, bound);
      return { assignment, goals, proven, method: 'flow' };
    }
  }
  const start = work.ways.flow === false ? undefined : mendedFlow(wishes, rule, random, stopOf(work.effort));
  return planByProgramme(work, rule, start, tells);
}

const stopOf = (effort: Effort) => () => effort.signal?.aborted === true || effort.isOver?.() === true;

async function planByProgramme(
  work: Work,
  rule: Rule,
  start: Assignment | undefined,
  tells: boolean,
): Promise<Plan> {
  const { wishes, random, effort } = work;
  const parts = partsOf(rule, tiersOf(wishes));
  const [first] = parts;
  if (start && first && tells)
    tell(work, first, valuesOf(wishes, rule, start)[0]!, first.sense > 0 ? wishes.agents.length : 0);
  const limits = {
    stop: stopOf(effort),
    nodes: work.most - work.spent,
    seed: random.below(2147483647),
  };
  const found = await bestByProgramme(wishes, rule, random, limits, start, (name, value, bound) => {
    const part = parts.find((one) => one.name === name);
    if (tells && part) tell(work, part, value, bound);
  });
  work.spent += found.nodes;
  if (found.conflict) throw cannot([conflictInWords(found.conflict)]);
  if (!found.assignment || !keepsWishes(wishes, found.assignment))
    throw cannot(['Nothing that keeps every wish was found in time: give it longer, or drop a wish.']);
  const { assignment, goals, proven } = found;
  return { assignment, goals, proven, method: 'staged programme' };
}

/** Progress counts what is to become less: agents without a good choice, or agents with a bad one. */
function tell({ effort, wishes }: Work, part: Part, value: number, bound: number): void {
  const all = wishes.agents.length;
  const [best, least] = part.sense > 0 ? [all - value, all - bound] : [value, bound];
  effort.onProgress?.(best, least, inWords(part.name, all, value, bound));
}

function answerOf(
  work: Work,
  rule: Rule,
  plan: Plan,
  other: (Plan & { rule: Rule }) | undefined,
): AssignAnswer {
  const { wishes, effort } = work;
  const { agents, trends } = wishes;
  const having = new Set(plan.assignment);
  const profile = profileOf(wishes, plan.assignment);
  const without = (assignment: Assignment) => assignment.filter((trend) => trend < 0).length;
  const otherRule = other && {
    rule: other.rule,
    profile: profileOf(wishes, other.assignment),
    unassigned: without(other.assignment),
    provenOptimal: other.proven,
  };
  return {
    assignment: Object.fromEntries(
      agents.flatMap(({ id }, agent) => {
        const trend = trends[plan.assignment[agent]!];
        return trend ? [[id, trend.id]] : [];
      }),
    ),
    unassigned: agents.filter((_, agent) => plan.assignment[agent]! < 0).map(({ id }) => id),
    closed: trends.filter((_, trend) => !having.has(trend)).map(({ id }) => id),
    profile,
    rule,
    goals: plan.goals,
    provenOptimal: plan.proven,
    ...(otherRule && { otherRule }),
    price: priceOf({ rule, profile, unassigned: without(plan.assignment) }, otherRule),
    reasons: reasonsFor(wishes, plan.assignment, plan.proven),
    method: plan.method,
    iterations: work.spent,
    seed: effort.seed,
  };
}
