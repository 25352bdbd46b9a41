// What every agent may get, and how an assignment is counted.
import type { AssignWishes, Rule } from './wishes.ts';

/** The trend of every agent by number, −1 for none. */
export type Assignment = Int32Array;

/** A trend by number, with the tier an agent has it in, from 0; a lock outside the ranks has the tier −1. */
export interface Option {
  trend: number;
  tier: number;
}

/** How many tiers the longest list has. */
export const tiersOf = ({ agents }: AssignWishes) =>
  agents.reduce((most, { ranks }) => Math.max(most, ranks.length), 0);

/** The options of every agent, in the order of the agents. */
export function optionsOf({ agents, trends }: AssignWishes): Option[][] {
  const numberOf = new Map(trends.map(({ id }, index) => [id, index]));
  return agents.map(({ ranks, lock }) => {
    const options = ranks.flatMap((tier, index) =>
      tier.map((id) => ({ trend: numberOf.get(id)!, tier: index })),
    );
    if (lock === undefined) return options;
    const locked = numberOf.get(lock)!;
    return [options.find(({ trend }) => trend === locked) ?? { trend: locked, tier: -1 }];
  });
}

/** The tier an agent has a trend in, −1 where they do not rank it. */
export function tierOf({ agents, trends }: AssignWishes, agent: number, trend: number): number {
  const id = trends[trend]?.id;
  return id === undefined ? -1 : agents[agent]!.ranks.findIndex((tier) => tier.includes(id));
}

/** How many agents have a trend of their first tier, second, and so on. */
export function profileOf(wishes: AssignWishes, assignment: Assignment): number[] {
  const profile = new Array<number>(tiersOf(wishes)).fill(0);
  for (const [agent, trend] of assignment.entries()) {
    const tier = tierOf(wishes, agent, trend);
    if (tier >= 0) profile[tier]! += 1;
  }
  return profile;
}

/** A part of a rule: how many agents in certain tiers; sense 1 the more the better, −1 the fewer. */
export interface Part {
  name: string;
  counts: (tier: number) => boolean;
  sense: 1 | -1;
}

/**
 * The parts of a rule in order. Locks outside the ranks have tier −1 and count as placed, whatever else is decided.
 */
export function partsOf(rule: Rule, tiers: number): Part[] {
  const every = Array.from({ length: tiers }, (_, tier) => tier);
  const named = (tier: number, sense: 1 | -1): Part => ({
    name: `choice ${tier + 1}`,
    counts: (other) => other === tier,
    sense,
  });
  if (rule === 'most-firsts') return every.map((tier) => named(tier, 1));
  const placed: Part = { name: 'placed', counts: () => true, sense: 1 };
  if (rule === 'firsts-fair') return [placed, ...every.map((tier) => named(tier, 1))];
  const worst = every.slice(1).toReversed();
  return [placed, ...worst.map((tier) => named(tier, -1))];
}

/** The value of every part of a rule. */
export function valuesOf(wishes: AssignWishes, rule: Rule, assignment: Assignment): number[] {
  const tiers = Array.from(assignment, (trend, agent) =>
    trend < 0 ? undefined : tierOf(wishes, agent, trend),
  ).filter((tier) => tier !== undefined);
  return partsOf(rule, tiersOf(wishes)).map(({ counts }) => tiers.filter(counts).length);
}
