// A good assignment to start from where more than room is asked: the flow, with one wish it breaks made a rule of its
// own and the flow run again, until it breaks none: a trend is closed, a pair loses a trend, or shares a lock.
import type { Random } from '../random.ts';
import { bestFlow } from './flow.ts';
import { keepsWishes } from './keeps-wishes.ts';
import { type Assignment, tierOf } from './options.ts';
import type { Agent, AssignWishes, Rule, Trend } from './wishes.ts';

/** How many wishes are mended before it is given up. */
const mostMended = 100;
/** So many shortest paths, well under a second, are not stopped: whoever stops at once still has an assignment. */
const freePaths = 20_000;

/** An assignment that keeps every wish, not always the best; undefined where mending does not come to one. */
export function mendedFlow(
  wishes: AssignWishes,
  rule: Rule,
  random: Random,
  stop: () => boolean,
): Assignment | undefined {
  let tried: AssignWishes | undefined = wishes;
  for (let mended = 0; tried && mended < mostMended; mended += 1) {
    const over = () => mended * wishes.agents.length > freePaths && stop();
    const { agents, trends }: AssignWishes = tried;
    const locked = (trend: Trend) => agents.filter(({ lock }) => lock === trend.id).length;
    if (over() || trends.some((trend) => locked(trend) > trend.most)) return undefined;
    const { assignment } = bestFlow(tried, rule, random, () => !over());
    if (keepsWishes(wishes, assignment)) return assignment;
    tried = withTrendsClosed(tried, assignment) ?? withPairMended(tried, assignment);
  }
  return undefined;
}

/** The wishes with the trend closed that is furthest from what it needs, if one is and may close. */
function withTrendsClosed(wishes: AssignWishes, assignment: Assignment): AssignWishes | undefined {
  const { agents, trends } = wishes;
  const shortfall = ({ least = 0, skills = [] }: Trend, trend: number) => {
    const here = agents.filter((_, agent) => assignment[agent] === trend);
    if (here.length === 0) return 0;
    const lacking = skills.filter((skill) => !here.some((agent) => agent.skills?.includes(skill)));
    return (Math.max(0, least - here.length) + lacking.length) / here.length;
  };
  const worst = trends
    .map((trend, index) => ({ id: trend.id, short: mayEmpty(wishes, trend) ? shortfall(trend, index) : 0 }))
    .reduce((most, one) => (one.short > most.short ? one : most));
  if (worst.short === 0) return undefined;
  return {
    ...wishes,
    trends: trends.map((trend) => (trend.id === worst.id ? { ...trend, most: 0 } : trend)),
  };
}

const mayEmpty = ({ agents }: AssignWishes, { id, least = 0, mayClose }: Trend) =>
  (least === 0 || mayClose === true) && agents.every(({ lock }) => lock !== id);

/** The wishes with one broken pair mended: apart, one loses the trend; together, both are locked to one. */
function withPairMended(wishes: AssignWishes, assignment: Assignment): AssignWishes | undefined {
  const numberOf = new Map(wishes.agents.map(({ id }, index) => [id, index]));
  const trendOf = (id: string) => assignment[numberOf.get(id)!]!;
  const change = (id: string, how: (agent: Agent) => Agent): AssignWishes => ({
    ...wishes,
    agents: wishes.agents.map((agent) => (agent.id === id ? how(agent) : agent)),
  });
  const split = (wishes.together ?? []).find(([a, b]) => trendOf(a) !== trendOf(b));
  for (const [one, other] of split ? [split, split.toReversed()] : []) {
    const trend = trendOf(one!);
    if (trend < 0 || wishes.agents[numberOf.get(other!)!]!.lock !== undefined) continue;
    const lock = wishes.trends[trend]!.id;
    if (tierOf(wishes, numberOf.get(other!)!, trend) >= 0)
      return change(other!, (agent) => ({ ...agent, lock }));
  }
  const close = (wishes.apart ?? []).find(([a, b]) => trendOf(a) >= 0 && trendOf(a) === trendOf(b));
  const free = close?.find((id) => wishes.agents[numberOf.get(id)!]!.lock === undefined);
  if (free === undefined) return undefined;
  const lost = wishes.trends[trendOf(free)]!.id;
  return change(free, (agent) => ({
    ...agent,
    ranks: agent.ranks.map((tier) => tier.filter((id) => id !== lost)),
  }));
}
