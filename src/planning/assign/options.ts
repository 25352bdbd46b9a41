// Options of every agent, and the counts of an assignment.
import type { Question } from './question.ts';
import type { AssignWishes } from './wishes.ts';

/** The trend of every agent by number, −1 for none. */
export type Assignment = Int32Array;

/** A trend by number, with the tier an agent has it in, from 0, or `outside` or `filling`. */
export interface Option {
  trend: number;
  tier: number;
}

/** The tier of a lock outside the ranks. */
export const outside = -1;
/** The tier of everything for those who rank nothing. */
export const filling = -2;

/** How many tiers the longest list has. */
export const tiersOf = ({ agents }: AssignWishes) =>
  agents.reduce((most, { ranks }) => Math.max(most, ranks.length), 0);

/** The options of every agent, in the order of the agents. */
export function optionsOf(question: Question): Option[][] {
  const { agents, trends, fillers, deepest = Number.POSITIVE_INFINITY, barred } = question;
  const numberOf = new Map(trends.map(({ id }, index) => [id, index]));
  return agents.map(({ id, ranks, lock }, agent) => {
    const not = barred?.get(id);
    if (fillers.has(id))
      return trends.flatMap((trend, index) => (not?.has(trend.id) ? [] : [{ trend: index, tier: filling }]));
    const options = ranks.flatMap((tier, index) =>
      (index > deepest ? [] : tier)
        .filter((trend) => !not?.has(trend))
        .map((trend) => ({ trend: numberOf.get(trend)!, tier: index })),
    );
    if (lock === undefined) return options;
    const locked = numberOf.get(lock)!;
    return [{ trend: locked, tier: tierOf(question, agent, locked) }];
  });
}

/** The tier an agent has a trend in, −1 where they do not rank it. */
export function tierOf({ agents, trends }: AssignWishes, agent: number, trend: number): number {
  const id = trends[trend]?.id;
  return id === undefined ? outside : agents[agent]!.ranks.findIndex((tier) => tier.includes(id));
}

/** The tier of a trend an agent has been given, as their options have it. */
export const givenTier = (question: Question, agent: number, trend: number) =>
  question.fillers.has(question.agents[agent]!.id) ? filling : tierOf(question, agent, trend);

/** How many agents have a trend of their first tier, second, and so on. */
export function profileOf(wishes: AssignWishes, assignment: Assignment): number[] {
  const profile = new Array<number>(tiersOf(wishes)).fill(0);
  for (const [agent, trend] of assignment.entries()) {
    const tier = tierOf(wishes, agent, trend);
    if (tier >= 0) profile[tier]! += 1;
  }
  return profile;
}

/** Counts agents without a trend. */
export const withoutAny = (assignment: Assignment) => assignment.filter((trend) => trend < 0).length;
