// A season's round: the best assignment by a rule in which those who got nothing they rank fill what is left, and what
// it would cost to have some people elsewhere.
import { cannot, isRefusal } from '../cannot.ts';
import { type Effort, spend } from '../effort.ts';
import type { Goal } from '../programme.ts';
import { randomFrom } from '../random.ts';
import { faultsOf } from './faults.ts';
import { type Plan, planBy, type Work } from './plan.ts';
import { type Question, questionOf } from './question.ts';
import type { AssignWishes, Rule } from './wishes.ts';

/** Nodes of search trees opened where the effort names neither steps nor a deadline. */
const usualNodes = 20_000;

export interface RoundWishes {
  wishes: AssignWishes;
  /** One plan by each, the first one first. */
  rules: readonly Rule[];
  /** In place of these, by the first rule: one for each of these trends, with these agents in it. */
  moved?: {
    agents: readonly string[];
    trends: readonly string[];
    /** Places of everybody else, who stay there if it is possible at all. */
    stay?: Readonly<Record<string, string>> | undefined;
  };
}

export interface RoundPlan {
  rule: Rule;
  /** The trend that the moved agents have. */
  trend?: string;
  /** Left out where there is no plan, and the sentences say why. */
  assignment?: Record<string, string>;
  proven: boolean;
  goals: Goal[];
  sentences: string[];
}

export interface RoundAnswer {
  plans: RoundPlan[];
}

/**
 * One plan by each rule, or one for each trend asked about. Throws what `cannot` makes where the first rule has none; of
 * the others each says for itself why it cannot be.
 */
export async function planRound({ wishes, rules, moved }: RoundWishes, effort: Effort): Promise<RoundAnswer> {
  const [rule = 'fairest', ...others] = rules;
  const plans: RoundPlan[] = [];
  const add = (plan: RoundPlan) => {
    plans.push(plan);
    effort.onPlan?.({ plans: [...plans] });
  };
  if (moved) {
    for (const trend of moved.trends)
      add({ ...(await movedPlan(wishes, rule, { ...moved, trend }, effort)), trend });
    return { plans };
  }
  add(await onePlan(wishes, rule, effort));
  for (const other of others) add(await onePlan(wishes, other, effort).catch(whyNot(other)));
  return { plans };
}

/** The plan with some agents in one trend: everybody else where they are, or else as well served as can be. */
async function movedPlan(
  wishes: AssignWishes,
  rule: Rule,
  {
    agents,
    trend,
    stay,
  }: { agents: readonly string[]; trend: string; stay?: Readonly<Record<string, string>> | undefined },
  effort: Effort,
): Promise<RoundPlan> {
  const asked = new Set(agents);
  const withLocks = (keeps: boolean): AssignWishes => ({
    ...wishes,
    agents: wishes.agents.map((agent) => {
      if (asked.has(agent.id)) return { ...agent, lock: trend };
      return keeps && stay?.[agent.id] ? { ...agent, lock: stay[agent.id] } : agent;
    }),
  });
  if (stay) {
    const still = await onePlan(withLocks(true), rule, effort).catch(whyNot(rule));
    if (still.assignment) return still;
  }
  return onePlan(withLocks(false), rule, effort).catch(whyNot(rule));
}

const whyNot =
  (rule: Rule) =>
  (error: unknown): RoundPlan => {
    if (!isRefusal(error)) throw error;
    return { rule, proven: false, goals: [], sentences: error.message.split('\n') };
  };

async function onePlan(wishes: AssignWishes, rule: Rule, effort: Effort): Promise<RoundPlan> {
  const faults = faultsOf(wishes);
  if (faults.length > 0) throw cannot(faults);
  const question = questionOf(wishes);
  const work = workOf(wishes, effort);
  const plan = await planBy(work, question, rule, { depth: 'all', tells: true, names: true });
  const filled = await fillLeft(work, question, rule, plan);
  return {
    rule,
    assignment: Object.fromEntries(
      question.agents.flatMap(({ id }, agent) => {
        const trend = question.trends[filled.assignment[agent]!];
        return trend ? [[id, trend.id]] : [];
      }),
    ),
    proven: plan.proven && filled.proven,
    goals: plan.goals,
    sentences: [],
  };
}

function workOf({ agents, trends }: AssignWishes, effort: Effort): Work {
  const usual = agents.length * (2 + trends.length) + usualNodes;
  return {
    random: randomFrom(effort.seed),
    spending: spend(effort, usual),
    spent: 0,
    most: effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usual),
    effort,
    ways: {},
  };
}

/** Agents who rank and have nothing fill what is left, as those do who rank nothing; everybody else stays. */
async function fillLeft(
  work: Work,
  question: Question,
  rule: Rule,
  plan: Plan,
): Promise<Pick<Plan, 'assignment' | 'proven'>> {
  const left = question.agents.filter(
    ({ id }, agent) => plan.assignment[agent]! < 0 && !question.fillers.has(id),
  );
  if (left.length === 0) return plan;
  const leftIds = new Set(left.map(({ id }) => id));
  const agents = question.agents.map((agent, index) => {
    const trend = question.trends[plan.assignment[index]!];
    if (leftIds.has(agent.id)) return { ...agent, ranks: [], lock: undefined };
    return trend ? { ...agent, lock: trend.id } : agent;
  });
  const rest = questionOf({ ...question, agents });
  try {
    return await planBy(work, rest, rule, { depth: 'counted', tells: false, names: false });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { ...plan, proven: false };
  }
}
