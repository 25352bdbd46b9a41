// Assignment where only room decides: a minimum-cost flow whose costs are vectors, compared part by part, so that no
// weight has to be large enough. One agent after another takes the cheapest augmenting path (Tomizawa 1971, Edmonds
// and Karp 1972, for several places a trend), or stays without a trend at no cost. Rank-maximal and generous maximum
// matchings are the same with other vectors (Irving 2003; Manlove, Algorithmics of Matching Under Preferences, 2013,
// chapter 8). A last part drawn by chance decides between equals.
import { type Random, shuffle } from '../random.ts';
import { type Assignment, optionsOf, partsOf, tiersOf } from './options.ts';
import { augment, type Paths, pathsFor } from './shortest-path.ts';
import type { AssignWishes, Rule } from './wishes.ts';

/** Agents, trends and what each of their meetings costs; trend number `trends` is having none. */
export interface Network {
  agents: number;
  trends: number;
  /** Parts of a cost. */
  width: number;
  room: Int32Array;
  /** Edges of agent a: from first[a] to first[a + 1] − 1. */
  first: Int32Array;
  owner: Int32Array;
  trend: Int32Array;
  /** cost[edge · width + part]; the less the better, the first part before all others. */
  cost: Int32Array;
}

/** A network with the flow so far. */
export interface Flow extends Network {
  /** The edge of each agent, −1 before they have one. */
  edgeOf: Int32Array;
  /** Those who have each trend. */
  having: number[][];
  /** price[trend · width + part], never above zero, and zero where there is room. */
  price: Float64Array;
}

/** An assignment; `proven` says that prices were found which no other assignment can beat. */
export interface FlowResult {
  assignment: Assignment;
  proven: boolean;
  paths: number;
}

/** The best assignment by a rule where trends have room for `most`, and nothing else is asked but locks. */
export function bestFlow(wishes: AssignWishes, rule: Rule, random: Random, step: () => boolean): FlowResult {
  const network = networkOf(wishes, rule, random);
  const { agents, trends, first } = network;
  const flow: Flow = {
    ...network,
    edgeOf: new Int32Array(agents).fill(-1),
    having: Array.from({ length: trends + 1 }, () => []),
    price: new Float64Array((trends + 1) * network.width),
  };
  const paths = pathsFor(network);
  // Locked agents have one edge and come first, so that their places are theirs even when time is up.
  const edges = (agent: number) => first[agent + 1]! - first[agent]!;
  const locked = (agent: number) => wishes.agents[agent]!.lock !== undefined;
  const order = shuffle(
    Array.from({ length: agents }, (_, agent) => agent),
    random,
  ).toSorted((a, b) => Number(locked(b)) - Number(locked(a)) || edges(b) - edges(a));
  const taken = takeInTurn(flow, paths, order, locked, step);
  const assignment = Int32Array.from(flow.edgeOf, (edge) => {
    const trend = flow.trend[edge]!;
    return trend === trends ? -1 : trend;
  });
  return { assignment, proven: taken === agents && pricesProve(flow), paths: taken };
}

/** Augments for one agent after another; those left when the time is up take the best there is still room for. */
function takeInTurn(
  flow: Flow,
  paths: Paths,
  order: readonly number[],
  locked: (agent: number) => boolean,
  step: () => boolean,
): number {
  let taken = 0;
  for (const agent of order) {
    if (taken < order.length && (step() || locked(agent))) {
      augment(flow, paths, agent);
      taken += 1;
      continue;
    }
    let best = -1;
    for (let edge = flow.first[agent]!; edge < flow.first[agent + 1]!; edge += 1)
      if (hasRoom(flow, flow.trend[edge]!) && (best < 0 || compareCosts(flow, edge, best) < 0)) best = edge;
    flow.edgeOf[agent] = best;
    flow.having[flow.trend[best]!]!.push(agent);
  }
  return taken;
}

/** Whether one more can have a trend. */
export const hasRoom = ({ having, room }: Flow, trend: number) => having[trend]!.length < room[trend]!;

function compareCosts({ cost, width }: Network, a: number, b: number): number {
  for (let part = 0; part < width; part += 1) {
    const by = cost[a * width + part]! - cost[b * width + part]!;
    if (by !== 0) return by;
  }
  return 0;
}

/** Draws are below this; sums of them along a path stay exact. */
const draws = 65536;

function networkOf(wishes: AssignWishes, rule: Rule, random: Random): Network {
  const options = optionsOf(wishes);
  const parts = partsOf(rule, tiersOf(wishes));
  const width = parts.length + 1;
  const trends = wishes.trends.length;
  const first = new Int32Array(options.length + 1);
  const [owner, trend, cost]: [number[], number[], number[]] = [[], [], []];
  for (const [agent, own] of options.entries()) {
    for (const option of own) {
      owner.push(agent);
      trend.push(option.trend);
      for (const { counts, sense } of parts) cost.push(counts(option.tier) ? 0 - sense : 0);
      cost.push(random.below(draws));
    }
    if (wishes.agents[agent]!.lock === undefined) {
      owner.push(agent);
      trend.push(trends);
      for (let part = 0; part < width; part += 1) cost.push(0);
    }
    first[agent + 1] = trend.length;
  }
  return {
    agents: options.length,
    trends,
    width,
    room: Int32Array.from([...wishes.trends.map(({ most }) => most), options.length]),
    first,
    owner: Int32Array.from(owner),
    trend: Int32Array.from(trend),
    cost: Int32Array.from(cost),
  };
}

/**
 * Whether the prices prove the flow: nobody has a trend dearer, at its price, than another they may have, and only
 * full trends have a price (complementary slackness, part by part).
 */
function pricesProve(flow: Flow): boolean {
  const { agents, trends, width, first, trend, price, edgeOf } = flow;
  for (let one = 0; one <= trends; one += 1) {
    const own = price.subarray(one * width, (one + 1) * width);
    const lead = own.find((part) => part !== 0) ?? 0;
    if (lead > 0 || (lead < 0 && hasRoom(flow, one))) return false;
  }
  for (let agent = 0; agent < agents; agent += 1)
    for (let edge = first[agent]!; edge < first[agent + 1]!; edge += 1) {
      if (trend[edge] === trend[edgeOf[agent]!]) continue;
      if (compareAtPrice(flow, edge, edgeOf[agent]!) < 0) return false;
    }
  return true;
}

function compareAtPrice({ cost, price, trend, width }: Flow, a: number, b: number): number {
  for (let part = 0; part < width; part += 1) {
    const [ofA, ofB] = [price[trend[a]! * width + part]!, price[trend[b]! * width + part]!];
    const by = cost[a * width + part]! - ofA - (cost[b * width + part]! - ofB);
    if (by !== 0) return by;
  }
  return 0;
}
