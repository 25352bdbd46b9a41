// Why an agent has a trend and not one they rank higher: only what can be seen to be so in the assignment.
import { areEven } from './keeps-wishes.ts';
import { tieReasons } from './last-season.ts';
import { type Assignment, filling, givenTier, tierOf } from './options.ts';
import type { Question } from './question.ts';
import type { Agent, AssignWishes } from './wishes.ts';
import { choice, listed } from './words.ts';

/** An assignment, looked at from every side. */
interface Sight {
  wishes: Question;
  assignment: Assignment;
  proven: boolean;
  having: number[][];
  numberOf: Map<string, number>;
  trendOf: Map<string, number>;
  /** Agents each agent is to be together with or apart from, by number. */
  together: number[][];
  apart: number[][];
}

/** A sentence or more for every agent, by id: what they got, and the obstacle to each trend they rank higher. */
export function reasonsFor(
  wishes: Question,
  assignment: Assignment,
  proven: boolean,
): Record<string, string> {
  const sight = look(wishes, assignment, proven);
  const ties = tieReasons(wishes, assignment);
  return Object.fromEntries(
    wishes.agents.map(({ id }, agent) => [id, [reasonFor(sight, agent), ...ties[agent]!].join(' ')]),
  );
}

function look(wishes: Question, assignment: Assignment, proven: boolean): Sight {
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
  if (wishes.fillers.has(wishes.agents[agent]!.id)) return fillerReason(sight, agent);
  const head =
    trend < 0 ? `${name} has no trend.` : `${name} has ${wishes.trends[trend]!.name}, ${choice(tier)}.`;
  const told = [head, ...likedElsewhere(sight, agent)];
  const dearer = ranks.slice(0, tier < 0 ? ranks.length : tier).flat();
  return [...told, ...dearer.map((id) => obstacle(sight, agent, trendOf.get(id)!))].join(' ');
}

/** Says that an agent who ranks nothing fills what is left. */
function fillerReason(sight: Sight, agent: number): string {
  const { wishes, assignment } = sight;
  const { name } = wishes.agents[agent]!;
  const trend = wishes.trends[assignment[agent]!];
  const told = trend
    ? [`${name} has ${trend.name}.`, `${name} ranks none and fills what is left.`]
    : [`${name} has no trend.`, `${name} ranks none, and those who rank go first.`];
  return [...told, ...likedElsewhere(sight, agent)].join(' ');
}

/** Names the people an agent likes to be with and is not: ranks come before likes. */
function likedElsewhere({ wishes, assignment, numberOf }: Sight, agent: number): string[] {
  const { agents, trends, likes = [], mix } = wishes;
  const { id, name } = agents[agent]!;
  const others = new Set(likes.filter((pair) => pair.includes(id)).map(([a, b]) => (a === id ? b : a)));
  const before = mix === 'departments' ? 'Ranks and departments count' : 'Ranks count';
  return [...others].flatMap((other) => {
    const at = assignment[numberOf.get(other)!]!;
    if (at === assignment[agent] && at >= 0) return [];
    const what = at < 0 ? 'has no trend' : `has ${trends[at]!.name}`;
    return [
      `${agents[numberOf.get(other)!]!.name}, whom ${name} likes to be with, ${what}.`,
      `${before} before likes.`,
    ];
  });
}

/** Names the obstacle between an agent and a trend. */
function obstacle(sight: Sight, agent: number, wanted: number): string {
  return (
    roomObstacle(sight, agent, wanted) ??
    peopleObstacle(sight, agent, wanted) ??
    leavingObstacle(sight, agent, wanted) ??
    evenObstacle(sight, agent, wanted) ??
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
    ...(lacking.length > 0 ? [`someone with ${listed(lacking)}`] : []),
  ];
  return needs.length > 0 ? `${name} is closed: it needs ${needs.join(' and ')} to open.` : undefined;
}

/** Says who has a trend, by what it is to them: Bo and Cy have it as a first choice, Di is locked to it. */
function holders(wishes: Question, assignment: Assignment, here: readonly number[]): string {
  const byTier = new Map<number, string[]>();
  for (const agent of here) {
    const { name, lock } = wishes.agents[agent]!;
    const tier = lock === undefined ? givenTier(wishes, agent, assignment[agent]!) : Number.POSITIVE_INFINITY;
    byTier.set(tier, [...(byTier.get(tier) ?? []), name]);
  }
  const groups = [...byTier].toSorted(([a], [b]) => a - b);
  const told = groups.map(([tier, names]) => {
    const one = names.length === 1;
    if (tier === filling) return `${listed(names)} ${one ? 'has' : 'have'} it without ranking any`;
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
  const friend = together[agent]!.find(
    (other) => !canHave(wishes, wishes.agents[other]!, wishes.trends[wanted]!.id),
  );
  if (friend !== undefined)
    return `${wishes.agents[friend]!.name}, with whom ${own} is to be, cannot have ${name}.`;
  const company = companyOf(sight, agent);
  const free = most - having[wanted]!.length;
  if (company.length <= free) return undefined;
  return `${name} has room for ${free} more, but ${listed(company.map((one) => wishes.agents[one]!.name))} are to be together.`;
}

const canHave = ({ fillers }: Question, { id, ranks, lock }: Agent, trend: string) =>
  lock === undefined ? fillers.has(id) || ranks.some((tier) => tier.includes(trend)) : lock === trend;

/** An agent and all who are, directly or not, to be together with them. */
function companyOf({ together }: Sight, agent: number): number[] {
  const company = [agent];
  for (const one of company)
    for (const other of together[one]!) if (!company.includes(other)) company.push(other);
  return company.toSorted((a, b) => a - b);
}

/** Says what the trend an agent has would lose. */
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

/** Says that a move would make sizes uneven, where it would. */
function evenObstacle(
  { wishes, assignment, having }: Sight,
  agent: number,
  wanted: number,
): string | undefined {
  if (!wishes.even) return undefined;
  const sizes = having.map(({ length }) => length);
  if (assignment[agent]! >= 0) sizes[assignment[agent]!]! -= 1;
  sizes[wanted]! += 1;
  if (areEven(sizes)) return undefined;
  return `With ${wishes.agents[agent]!.name} in ${wishes.trends[wanted]!.name} sizes would not be even.`;
}

function ruleObstacle({ wishes, proven }: Sight, agent: number, wanted: number): string {
  const [own, name] = [wishes.agents[agent]!.name, wishes.trends[wanted]!.name];
  return proven
    ? `No assignment with ${own} in ${name} is better by this rule.`
    : `No better assignment with ${own} in ${name} was found.`;
}
