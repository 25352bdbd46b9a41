// A good assignment to start from where more than room is asked: the flow, with one wish it breaks made a rule of its
// own and the flow run again, until it breaks none: a trend is closed, a pair loses a trend, or shares a lock.
import type { Random } from '../random.ts';
import { bestFlow } from './flow.ts';
import { keepsWishes } from './keeps-wishes.ts';
import { type Assignment, optionsOf } from './options.ts';
import type { Part } from './parts.ts';
import { canClose, type Question } from './question.ts';
import type { Trend } from './wishes.ts';

/** How many wishes are mended before it is given up. */
const mostMended = 100;
/** So many shortest paths, well under a second, are not stopped: a stop at once still gives an assignment. */
const freePaths = 20_000;

/** An assignment that keeps every wish, not always the best; undefined where mending does not come to one. */
export function mendedFlow(
  question: Question,
  parts: readonly Part[],
  random: Random,
  stop: () => boolean,
): Assignment | undefined {
  let tried: Question | undefined = question;
  for (let mended = 0; tried && mended < mostMended; mended += 1) {
    const over = () => mended * question.agents.length > freePaths && stop();
    const { agents, trends }: Question = tried;
    const locked = (trend: Trend) => agents.filter(({ lock }) => lock === trend.id).length;
    if (over() || trends.some((trend) => locked(trend) > trend.most)) return undefined;
    const { assignment } = bestFlow(tried, parts, random, () => !over());
    if (keepsWishes(question, assignment)) return assignment;
    tried = withTrendsClosed(tried, assignment) ?? withPairMended(tried, assignment);
  }
  return undefined;
}

/** The wishes with the trend closed that is furthest from what it needs, if one is and may close. */
function withTrendsClosed(question: Question, assignment: Assignment): Question | undefined {
  const { agents, trends } = question;
  const shortfall = ({ least = 0, skills = [] }: Trend, trend: number) => {
    const here = agents.filter((_, agent) => assignment[agent] === trend);
    if (here.length === 0) return 0;
    const lacking = skills.filter((skill) => !here.some((agent) => agent.skills?.includes(skill)));
    return (Math.max(0, least - here.length) + lacking.length) / here.length;
  };
  const worst = trends
    .map((trend, index) => ({ id: trend.id, short: mayEmpty(question, index) ? shortfall(trend, index) : 0 }))
    .reduce((most, one) => (one.short > most.short ? one : most));
  if (worst.short === 0) return undefined;
  return {
    ...question,
    trends: trends.map((trend) => (trend.id === worst.id ? { ...trend, most: 0 } : trend)),
  };
}

function mayEmpty({ agents, trends, opened }: Question, index: number): boolean {
  const trend = trends[index]!;
  return canClose(trend) && index !== opened && agents.every(({ lock }) => lock !== trend.id);
}

/** The wishes with one broken pair mended: apart, one loses the trend; together, both are locked to one. */
function withPairMended(question: Question, assignment: Assignment): Question | undefined {
  const { agents, trends, apart = [], together = [], barred } = question;
  const numberOf = new Map(agents.map(({ id }, index) => [id, index]));
  const trendOf = (id: string) => assignment[numberOf.get(id)!]!;
  const options = optionsOf(question);
  const split = together.find(([a, b]) => trendOf(a) !== trendOf(b));
  for (const [one, other] of split ? [split, split.toReversed()] : []) {
    const trend = trendOf(one!);
    const at = numberOf.get(other!)!;
    if (trend < 0 || agents[at]!.lock !== undefined) continue;
    if (!options[at]!.some((option) => option.trend === trend)) continue;
    const lock = trends[trend]!.id;
    return { ...question, agents: agents.map((agent, index) => (index === at ? { ...agent, lock } : agent)) };
  }
  const close = apart.find(([a, b]) => trendOf(a) >= 0 && trendOf(a) === trendOf(b));
  const free = close?.find((id) => agents[numberOf.get(id)!]!.lock === undefined);
  if (free === undefined) return undefined;
  const lost = new Set([...(barred?.get(free) ?? []), trends[trendOf(free)]!.id]);
  return { ...question, barred: new Map([...(barred ?? []), [free, lost]]) };
}
