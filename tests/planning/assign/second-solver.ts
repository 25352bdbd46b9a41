// Room and least-or-closed by another way: every choice of open trends, and for each a flow whose costs are whole
// numbers of any size, powers of the number of agents.
import type { AssignWishes, Rule } from '../../../src/planning/assign/wishes.ts';
import { type Edge, leastCost } from '../min-cost-flow.ts';
import { check, rank } from './checker.ts';
import { compare } from './exhaustive.ts';

/** Returns the values a rule compares in the best assignment; undefined where there is none. */
export function bestByFlows(wishes: AssignWishes, rule: Rule): number[] | undefined {
  let best: number[] | undefined;
  for (const open of openings(wishes)) {
    const found = check(wishes, flowOf(wishes, rule, open));
    if (found.broken.length > 0) continue;
    const value = rank(rule, found);
    if (!best || compare(value, best) > 0) best = value;
  }
  return best;
}

/** Every set of trends that may be open together. */
function openings({ trends }: AssignWishes): Set<string>[] {
  let sets: string[][] = [[]];
  for (const { id, least, mayClose } of trends)
    sets = sets.flatMap((set) => (mayClose && (least ?? 0) > 0 ? [set, [...set, id]] : [[...set, id]]));
  return sets.map((set) => new Set(set));
}

function flowOf(
  { agents, trends }: AssignWishes,
  rule: Rule,
  open: ReadonlySet<string>,
): Record<string, string> {
  const base = BigInt(agents.length + 1);
  const tiers = Math.max(0, ...agents.map(({ ranks }) => ranks.length));
  const huge = base ** BigInt(tiers + 2);
  const worth = (tier: number) => {
    if (rule === 'most-firsts') return base ** BigInt(tiers - 1 - tier);
    return base ** BigInt(tiers) - (tier === 0 ? 0n : base ** BigInt(tier));
  };
  const edges: Edge[] = [];
  const places: { agent: string; trend: string; edge: Edge }[] = [];
  const add = (from: string, to: string, room: number, cost: bigint) => {
    const edge = { from, to, room, cost, flow: 0 };
    edges.push(edge);
    return edge;
  };
  for (const { id, ranks, lock } of agents) {
    add('source', `agent ${id}`, 1, lock === undefined ? 0n : -huge * base);
    const unranked = lock !== undefined && !ranks.flat().includes(lock) ? [{ trend: lock, tier: -1 }] : [];
    for (const { trend, tier } of [
      ...ranks.flatMap((ids, t) => ids.map((one) => ({ trend: one, tier: t }))),
      ...unranked,
    ])
      if (open.has(trend) && (lock === undefined || lock === trend)) {
        const cost = tier >= 0 ? -worth(tier) : rule === 'fairest' ? -(base ** BigInt(tiers)) : 0n;
        places.push({ agent: id, trend, edge: add(`agent ${id}`, `trend ${trend}`, 1, cost) });
      }
  }
  for (const { id, least = 0, most } of trends) {
    // The first few are worth more than anything else, so that they come if they can.
    add(`trend ${id}`, 'sink', least, -huge);
    add(`trend ${id}`, 'sink', most - least, 0n);
  }
  leastCost(edges, 'source', 'sink');
  return Object.fromEntries(
    places.filter(({ edge }) => edge.flow > 0).map(({ agent, trend }) => [agent, trend]),
  );
}
