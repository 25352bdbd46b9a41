// Why an agent has a trend and not one they rank higher: only what can be seen to be so in the assignment.
import { type Assignment, tierOf } from './options.ts';
import type { Agent, AssignWishes } from './wishes.ts';
import { choice, listed } from './words.ts';

/** An assignment, looked at from every side. */
interface Sight {
  wishes: AssignWishes;
  assignment: Assignment;
  proven: boolean;
  having: number[][];
  numberOf: Map<string, number>;
  trendOf: Map<string, number>;
  /** Those each agent is to be together with or apart from, by number. */
  together: number[][];
  apart: number[][];
}

/** A sentence or more for every agent, by id: what they got, and what stands against each trend they rank higher. */
export function reasonsFor(
  wishes: AssignWishes,
  assignment: Assignment,
  proven: boolean,
): Record<string, string> {
  const sight = look(wishes, assignment, proven);
  return Object.fromEntries(wishes.agents.map(({ id }, agent) => [id, reasonFor(sight, agent)]));
}

function look(wishes: AssignWishes, assignment: Assignment, proven: boolean): Sight {
  const numberOf = new Map(wishes.agents.map(({ id }, index) => [id, index]));
  const having = wishes.trends.map((): number[] => []);
  for (const [agent, trend] of assignment.entries()) if (trend >= 0) having[trend]!.push(agent);
  const others = (pairs: AssignWishes['apart']) => {
    const lists = wishes.agents.map((): number[] => []);
    for (const [a, b] of pairs ?? []) {
      lists[numberOf.get(a)!]!.push(numberOf.get(b)!);
      lists[numberOf.get(b)!]!.push(numberOf.get(a)!);
    }
    return lists;
  };
  return {
    wishes,
    assignment,
    proven,
    having,
    numberOf,
    trendOf: new Map(wishes.trends.map(({ id }, index) => [id, index])),
    together: others(wishes.together),
    apart: others(wishes.apart),
  };
}

function reasonFor(sight: Sight, agent: number): string {
  const { wishes, assignment, trendOf } = sight;
  const { name, ranks, lock } = wishes.agents[agent]!;
  const trend = assignment[agent]!;
  const tier = tierOf(wishes, agent, trend);
  if (lock !== undefined)
    return `${name} is locked to ${wishes.trends[trend]!.name}${tier < 0 ? '' : `, ${choice(tier)}`}.`;
  const head =
    trend < 0 ? `${name} has no trend.` : `${name} has ${wishes.trends[trend]!.name}, ${choice(tier)}.`;
  if (ranks.flat().length === 0) return `${head} ${name} ranks none.`;
  const dearer = ranks.slice(0, tier < 0 ? ranks.length : tier).flat();
  return [head, ...dearer.map((id) => obstacle(sight, agent, trendOf.get(id)!))].join(' ');
}

/** What stands between an agent and a trend. */
function obstacle(sight: Sight, agent: number, wanted: number): string {
  return (
    roomObstacle(sight, agent, wanted) ??
    peopleObstacle(sight, agent, wanted) ??
    leavingObstacle(sight, agent, wanted) ??
    ruleObstacle(sight, agent, wanted)
  );
}

function roomObstacle(
  { wishes, assignment, having }: Sight,
  agent: number,
  wanted: number,
): string | undefined {
  const { name, least = 0, most, skills = [] } = wishes.trends[wanted]!;
  const here = having[wanted]!;
  if (most === 0) return `${name} takes nobody.`;
  if (here.length >= most) return `${name} is full: ${holders(wishes, assignment, here)}.`;
  if (here.length > 0) return undefined;
  const lacking = skills.filter((skill) => !wishes.agents[agent]!.skills?.includes(skill));
  const needs = [
    ...(least > 1 ? [`at least ${least}`] : []),
    ...(lacking.length > 0 ? [`somebody with ${listed(lacking)}`] : []),
  ];
  return needs.length > 0 ? `${name} is closed: it needs ${needs.join(' and ')} to open.` : undefined;
}

/** Who has a trend, by what it is to them: Bo and Cy have it as a first choice, Di is locked to it. */
function holders(wishes: AssignWishes, assignment: Assignment, here: readonly number[]): string {
  const byTier = new Map<number, string[]>();
  for (const agent of here) {
    const { name, lock } = wishes.agents[agent]!;
    const tier = lock === undefined ? tierOf(wishes, agent, assignment[agent]!) : Number.POSITIVE_INFINITY;
    byTier.set(tier, [...(byTier.get(tier) ?? []), name]);
  }
  const groups = [...byTier].toSorted(([a], [b]) => a - b);
  const told = groups.map(([tier, names]) => {
    const one = names.length === 1;
    if (tier === Number.POSITIVE_INFINITY) return `${listed(names)} ${one ? 'is' : 'are'} locked to it`;
    return `${listed(names)} ${one ? 'has' : 'have'} it as ${choice(tier)}`;
  });
  return told.join('; ');
}

function peopleObstacle(sight: Sight, agent: number, wanted: number): string | undefined {
  const { wishes, assignment, having, together, apart } = sight;
  const { name, most } = wishes.trends[wanted]!;
  const own = wishes.agents[agent]!.name;
  const foe = apart[agent]!.find((other) => assignment[other] === wanted);
  if (foe !== undefined) return `${name} has ${wishes.agents[foe]!.name}, from whom ${own} is to be apart.`;
  const friend = together[agent]!.find((other) => !canHave(wishes.agents[other]!, wishes.trends[wanted]!.id));
  if (friend !== undefined)
    return `${wishes.agents[friend]!.name}, with whom ${own} is to be, cannot have ${name}.`;
  const company = companyOf(sight, agent);
  const free = most - having[wanted]!.length;
  if (company.length <= free) return undefined;
  return `${name} has room for ${free} more, but ${listed(company.map((one) => wishes.agents[one]!.name))} are to be together.`;
}

const canHave = ({ ranks, lock }: Agent, trend: string) =>
  lock === undefined ? ranks.some((tier) => tier.includes(trend)) : lock === trend;

/** An agent and all who are, directly or not, to be together with them. */
function companyOf({ together }: Sight, agent: number): number[] {
  const company = [agent];
  for (const one of company)
    for (const other of together[one]!) if (!company.includes(other)) company.push(other);
  return company.toSorted((a, b) => a - b);
}

/** What the trend an agent has would lose. */
function leavingObstacle(
  { wishes, assignment, having }: Sight,
  agent: number,
  wanted: number,
): string | undefined {
  const trend = assignment[agent]!;
  if (trend < 0) return undefined;
  const { name, least = 0, mayClose, skills = [] } = wishes.trends[trend]!;
  const own = wishes.agents[agent]!;
  const head = `${wishes.trends[wanted]!.name} has room, but ${name} needs ${own.name}`;
  const others = having[trend]!.filter((other) => other !== agent);
  if (others.length < least && (others.length > 0 || !mayClose))
    return `${head}: it is to have at least ${least}.`;
  const only = skills.find(
    (skill) =>
      own.skills?.includes(skill) && !others.some((other) => wishes.agents[other]!.skills?.includes(skill)),
  );
  if (only === undefined || others.length === 0) return undefined;
  return `${head}, the only one there with ${only}.`;
}

function ruleObstacle({ wishes, proven }: Sight, agent: number, wanted: number): string {
  const [own, name] = [wishes.agents[agent]!.name, wishes.trends[wanted]!.name];
  return proven
    ? `No assignment with ${own} in ${name} is better by this rule.`
    : `No better assignment with ${own} in ${name} was found.`;
}
