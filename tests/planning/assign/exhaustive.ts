// The best assignment of a few agents by looking at every assignment there is. Shares nothing with the planner.
import type { AssignWishes, Rule } from '../../../src/planning/assign/wishes.ts';
import { check } from './checker.ts';

/** Returns the values a rule compares in the best assignment that keeps every wish; undefined where there is none. */
export function bestOf(wishes: AssignWishes, rules: readonly Rule[]): Map<Rule, number[]> | undefined {
  const best = new Map<Rule, number[]>();
  for (const given of assignments(wishes, 0, {})) {
    const found = check(wishes, given);
    if (found.broken.length > 0) continue;
    for (const rule of rules) {
      const value = found.ranks(rule);
      const before = best.get(rule);
      if (!before || compare(value, before) > 0) best.set(rule, value);
    }
  }
  return best.size > 0 ? best : undefined;
}

/** As many placed and nobody lower than in the fairest assignment, and then most firsts, seconds and so on. */
export function bestFirstsFair(wishes: AssignWishes): number[] | undefined {
  const fair = bestOf(wishes, ['fairest'])?.get('fairest');
  if (!fair) return undefined;
  // The fairest value is placed, and then the counts from the worst rank up, below zero.
  const tiers = Math.max(...wishes.agents.map(({ ranks }) => ranks.length));
  const lower = fair.slice(1, tiers).findIndex((count) => count !== 0);
  const worst = lower < 0 ? 0 : tiers - 1 - lower;
  let best: number[] | undefined;
  for (const given of assignments(wishes, 0, {})) {
    const found = check(wishes, given);
    if (found.broken.length > 0 || found.placed < fair[0]!) continue;
    if (found.profile.slice(worst + 1).some((count) => count > 0)) continue;
    const value = found.ranks('firsts-fair');
    if (!best || compare(value, best) > 0) best = value;
  }
  return best;
}

export function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

function* assignments(
  wishes: AssignWishes,
  agent: number,
  given: Record<string, string>,
): Generator<Record<string, string>> {
  const one = wishes.agents[agent];
  if (!one) {
    yield given;
    return;
  }
  if (one.lock === undefined) yield* assignments(wishes, agent + 1, given);
  const ranked = one.ranks.flat();
  const open = ranked.length > 0 ? ranked : wishes.trends.map(({ id }) => id);
  for (const trend of one.lock === undefined ? open : [one.lock]) {
    const room = wishes.trends.find(({ id }) => id === trend)!.most;
    if (Object.values(given).filter((other) => other === trend).length >= room) continue;
    yield* assignments(wishes, agent + 1, { ...given, [one.id]: trend });
  }
}
