// Gives everybody a trend by a rule, then by another rule and with other trends open, to show what the choice costs.
import { cannot, isRefusal } from '../cannot.ts';
import { type Effort, spend } from '../effort.ts';
import { randomFrom } from '../random.ts';
import { compare, worthOf } from './compared.ts';
import { faultsOf } from './faults.ts';
import { type Plan, planBy, type Ways, type Work } from './plan.ts';
import { type Question, questionOf } from './question.ts';
import { reasonsFor } from './reasons.ts';
import type { AssignAnswer, AssignWishes, Rule } from './wishes.ts';
import { priceOf } from './words.ts';

/** Nodes of search trees opened where the effort names neither steps nor a deadline. */
const usualNodes = 20_000;

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
  const question = questionOf(wishes);
  // Each comparison may be a flow of its own.
  const usual = wishes.agents.length * (2 + wishes.trends.length) + usualNodes;
  const work: Work = {
    random: randomFrom(effort.seed),
    spending: spend(effort, usual),
    spent: 0,
    most: effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usual),
    effort,
    ways,
  };
  const plan = await planBy(work, question, rule, { depth: 'all', tells: true, names: true });
  effort.onPlan?.(answerOf(work, question, rule, plan, undefined, { without: {}, closedReasons: {} }));
  const otherRule = rule === 'most-firsts' ? 'fairest' : 'most-firsts';
  const isDone = work.spending.done();
  const other = isDone
    ? undefined
    : await planBy(work, question, otherRule, { depth: 'counted', tells: false, names: false }).catch(ranOut);
  const comparisons =
    ways.compares === false ? { without: {}, closedReasons: {} } : await compare(work, question, rule, plan);
  return answerOf(work, question, rule, plan, other && { ...other, rule: otherRule }, comparisons);
}

/** The other rule is a comparison: without an answer in time there is none. */
function ranOut(error: unknown): undefined {
  if (!isRefusal(error)) throw error;
}

function answerOf(
  work: Work,
  question: Question,
  rule: Rule,
  plan: Plan,
  other: (Plan & { rule: Rule }) | undefined,
  { without, closedReasons }: Required<Pick<AssignAnswer, 'without' | 'closedReasons'>>,
): AssignAnswer {
  const { agents, trends } = question;
  const having = new Set(plan.assignment);
  const own = worthOf(question, plan);
  const otherRule = other && {
    rule: other.rule,
    ...worthOf(question, other),
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
    profile: [...own.profile],
    rule,
    goals: plan.goals,
    provenOptimal: plan.proven,
    ...(otherRule && { otherRule }),
    price: priceOf({ rule, ...own }, otherRule),
    reasons: reasonsFor(question, plan.assignment, plan.proven),
    ...(trends.some(({ optional }) => optional) && { without }),
    closedReasons,
    method: plan.method,
    iterations: work.spent,
    seed: work.effort.seed,
  };
}
