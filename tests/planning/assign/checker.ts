// Counts an assignment afresh from its ids, sharing nothing with the planner but the shape of wishes and answers.
import type { Agent, AssignAnswer, AssignWishes, Rule } from '../../../src/planning/assign/wishes.ts';

/** Findings of a checker; `broken` are sentences about wishes that are not kept. */
export interface Found {
  broken: string[];
  profile: number[];
  /** Number of agents who rank something or are locked, and have a trend. */
  placed: number;
  /** Everything that is compared, the first number before all others, the more the better. */
  ranks: (rule: Rule) => number[];
}

/** Whether somebody ranks nothing, and so takes what is left. */
const fills = ({ ranks, lock }: Agent) => lock === undefined && ranks.flat().length === 0;

/** Everything counted from the answer's ids alone. */
export function check(wishes: AssignWishes, given: Record<string, string>): Found {
  const broken: string[] = [];
  const profile: number[] = [];
  for (const { ranks } of wishes.agents) while (profile.length < ranks.length) profile.push(0);
  const who: Record<string, string[]> = {};
  for (const { id, ranks, lock } of wishes.agents) {
    const trend = given[id];
    if (lock !== undefined && trend !== lock) broken.push(`${id} is not at the lock ${lock}`);
    if (trend === undefined) continue;
    who[trend] = [...(who[trend] ?? []), id];
    let tier = 0;
    while (tier < ranks.length && !ranks[tier]!.includes(trend)) tier += 1;
    if (tier < ranks.length) profile[tier]! += 1;
    else if (lock !== trend && ranks.flat().length > 0) broken.push(`${id} never ranked ${trend}`);
  }
  for (const id of Object.keys(given))
    if (!wishes.agents.some((agent) => agent.id === id)) broken.push(`${id} is nobody`);
  for (const id of Object.keys(who))
    if (!wishes.trends.some((trend) => trend.id === id)) broken.push(`${id} is no trend`);
  for (const trend of wishes.trends) broken.push(...trendFaults(wishes, trend.id, who[trend.id] ?? []));
  for (const [a, b] of wishes.together ?? [])
    if (given[a] !== given[b]) broken.push(`${a} and ${b} are not together`);
  for (const [a, b] of wishes.apart ?? [])
    if (given[a] !== undefined && given[a] === given[b]) broken.push(`${a} and ${b} are not apart`);
  if (wishes.even) {
    const sizes = Object.values(who).map((people) => people.length);
    if (Math.max(...sizes, 0) - Math.min(...sizes, 1e9) > 1) broken.push(`sizes ${sizes} are not even`);
  }
  const placed = wishes.agents.filter((agent) => given[agent.id] !== undefined && !fills(agent)).length;
  return { broken, profile, placed, ranks: (rule) => everything(wishes, given, rule, { profile, placed }) };
}

/** The rule, the same for those who had nothing last season and so on, those who fill, departments, likes. */
function everything(
  wishes: AssignWishes,
  given: Record<string, string>,
  rule: Rule,
  whole: { profile: number[]; placed: number },
): number[] {
  const values = rank(rule, whole);
  const ranking = wishes.agents.filter((agent) => !fills(agent));
  const lasts = [...new Set(ranking.map(({ lastRank }) => lastRank))].filter((last) => last !== undefined);
  lasts.sort((a, b) => (b === 'none' ? 1e9 : b) - (a === 'none' ? 1e9 : a));
  for (const last of lasts) {
    const group = ranking.filter(({ lastRank }) => lastRank === last);
    const profile = whole.profile.map(
      (_, tier) => group.filter(({ id, ranks }) => ranks[tier]?.includes(given[id] ?? '')).length,
    );
    values.push(...rank(rule, { profile, placed: group.filter(({ id }) => given[id] !== undefined).length }));
  }
  const filling = wishes.agents.filter(fills);
  if (filling.length > 0) values.push(filling.filter(({ id }) => given[id] !== undefined).length);
  const shares = (a: Agent, b: Agent) => given[a.id] !== undefined && given[a.id] === given[b.id];
  if (wishes.mix) {
    let pairs = 0;
    for (const [index, a] of wishes.agents.entries())
      for (const b of wishes.agents.slice(index + 1))
        if (a.department !== undefined && a.department === b.department && shares(a, b)) pairs += 1;
    values.push(0 - pairs);
  }
  const agent = (id: string) => wishes.agents.find((one) => one.id === id)!;
  const likes = wishes.likes ?? [];
  if (likes.length > 0) values.push(likes.filter(([a, b]) => shares(agent(a), agent(b))).length);
  return values;
}

function trendFaults(wishes: AssignWishes, id: string, here: readonly string[]): string[] {
  const { least, most, mayClose, optional, skills } = wishes.trends.find((trend) => trend.id === id)!;
  const faults: string[] = [];
  if (here.length > most) faults.push(`${id} has ${here.length} of ${most}`);
  if (here.length === 0) {
    if ((least ?? 0) > 0 && !mayClose && !optional) faults.push(`${id} is closed and may not be`);
    return faults;
  }
  if (here.length < (least ?? 0)) faults.push(`${id} has ${here.length}, fewer than ${least}`);
  for (const skill of skills ?? [])
    if (!wishes.agents.some((agent) => here.includes(agent.id) && agent.skills?.includes(skill)))
      faults.push(`${id} has nobody with ${skill}`);
  return faults;
}

/** Returns the values a rule compares, the first number before all others, the more the better. */
export function rank(
  rule: Rule,
  { profile, placed }: { profile: readonly number[]; placed: number },
): number[] {
  if (rule === 'firsts-fair') return [placed, ...profile];
  return rule === 'most-firsts'
    ? [...profile]
    : [
        placed,
        ...[...profile]
          .slice(1)
          .reverse()
          .map((count) => 0 - count),
      ];
}

/** Contradictions within an answer: lists, profile and goals that do not agree with the assignment. */
export function bookFaults(wishes: AssignWishes, answer: AssignAnswer): string[] {
  const { profile, ranks } = check(wishes, answer.assignment);
  const has = new Set(Object.values(answer.assignment));
  const faults: string[] = [];
  const same = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a) === JSON.stringify(b);
  if (!same(profile, answer.profile)) faults.push(`profile ${answer.profile} is ${profile}`);
  const without = wishes.agents.filter(({ id }) => answer.assignment[id] === undefined);
  if (
    !same(
      answer.unassigned,
      without.map(({ id }) => id),
    )
  )
    faults.push('unassigned');
  const empty = wishes.trends.filter(({ id }) => !has.has(id));
  if (
    !same(
      answer.closed,
      empty.map(({ id }) => id),
    )
  )
    faults.push('closed');
  const values = ranks(answer.rule).map(Math.abs);
  if (
    !same(
      answer.goals.map(({ value }) => value),
      values,
    )
  )
    faults.push('goals');
  if (answer.provenOptimal && answer.goals.some(({ value, bound }) => value !== bound)) faults.push('proof');
  return faults;
}
