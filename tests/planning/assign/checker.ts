// Counts an assignment afresh from its ids, sharing nothing with the planner but the shape of wishes and answers.
import type { AssignAnswer, AssignWishes, Rule } from '../../../src/planning/assign/wishes.ts';

/** What a checker finds; `broken` are sentences about wishes that are not kept. */
export interface Found {
  broken: string[];
  profile: number[];
  placed: number;
}

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
    else if (lock !== trend) broken.push(`${id} never ranked ${trend}`);
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
  return { broken, profile, placed: Object.keys(given).length };
}

function trendFaults(wishes: AssignWishes, id: string, here: readonly string[]): string[] {
  const { least, most, mayClose, skills } = wishes.trends.find((trend) => trend.id === id)!;
  const faults: string[] = [];
  if (here.length > most) faults.push(`${id} has ${here.length} of ${most}`);
  if (here.length === 0) {
    if ((least ?? 0) > 0 && !mayClose) faults.push(`${id} is closed and may not be`);
    return faults;
  }
  if (here.length < (least ?? 0)) faults.push(`${id} has ${here.length}, fewer than ${least}`);
  for (const skill of skills ?? [])
    if (!wishes.agents.some((agent) => here.includes(agent.id) && agent.skills?.includes(skill)))
      faults.push(`${id} has nobody with ${skill}`);
  return faults;
}

/** What a rule compares, the first number before all others, the more the better. */
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

/** Faults of an answer's own books: lists, profile and goals that do not agree with the assignment. */
export function bookFaults(wishes: AssignWishes, answer: AssignAnswer): string[] {
  const { profile, placed } = check(wishes, answer.assignment);
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
  const values = rank(answer.rule, { profile, placed }).map(Math.abs);
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
