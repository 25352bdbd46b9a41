// Assignment where only room decides: a minimum-cost flow whose costs are vectors, compared part by part, so that no
// weight has to be large enough. One agent after another takes the cheapest augmenting path (Tomizawa 1971, Edmonds
// and Karp 1972, for several places a trend), or stays without a trend at no cost. Rank-maximal and generous maximum
// matchings are the same with other vectors (Irving 2003; Manlove, Algorithmics of Matching Under Preferences, 2013,
// chapter 8). A last part drawn by chance decides between equals.
import { type Random, shuffle } from '../random.ts';
import { type Flow, hasRoom, type Network } from './network.ts';
import { type Assignment, optionsOf } from './options.ts';
import type { Part } from './parts.ts';
import { leastOpen, type Question } from './question.ts';
import { augment, type Paths, pathsFor } from './shortest-path.ts';

/** An assignment; `proven` says that prices were found which no other assignment can beat. */
export interface FlowResult {
  assignment: Assignment;
  proven: boolean;
  paths: number;
}

/**
 * The best assignment by parts that count agents, where trends have room for `most`, and nothing else is asked but
 * locks and, before all parts, that one trend is open.
 */
export function bestFlow(
  question: Question,
  parts: readonly Part[],
  random: Random,
  step: () => boolean,
): FlowResult {
  const network = networkOf(question, parts, random);
  const { agents, trends, ends, first } = network;
  const flow: Flow = {
    ...network,
    edgeOf: new Int32Array(agents).fill(-1),
    having: Array.from({ length: ends }, () => []),
    price: new Float64Array(ends * network.width),
  };
  const paths = pathsFor(network);
  // Locked agents have one edge and come first, so that their places are theirs even when time is up.
  const edges = (agent: number) => first[agent + 1]! - first[agent]!;
  const locked = (agent: number) => question.agents[agent]!.lock !== undefined;
  const order = shuffle(
    Array.from({ length: agents }, (_, agent) => agent),
    random,
  ).toSorted((a, b) => Number(locked(b)) - Number(locked(a)) || edges(b) - edges(a));
  const taken = takeInTurn(flow, paths, order, locked, step);
  const assignment = Int32Array.from(flow.edgeOf, (edge) => {
    const trend = flow.trend[edge]!;
    return trend === trends ? -1 : trend > trends ? question.opened! : trend;
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

function compareCosts({ cost, width }: Network, a: number, b: number): number {
  for (let part = 0; part < width; part += 1) {
    const by = cost[a * width + part]! - cost[b * width + part]!;
    if (by !== 0) return by;
  }
  return 0;
}

/** Draws are below this; sums of them along a path stay exact. */
const draws = 65536;

/** A trend that has to be open has a second end with the places that open it, and a first part that counts them. */
function networkOf(question: Question, parts: readonly Part[], random: Random): Network {
  const options = optionsOf(question);
  const { trends, opened } = question;
  const linear = parts.filter(({ counts }) => counts !== undefined);
  const width = linear.length + 1 + (opened === undefined ? 0 : 1);
  const [owner, trend, cost]: [number[], number[], number[]] = [[], [], []];
  const add = (agent: number, end: number, costs: readonly number[]) => {
    owner.push(agent);
    trend.push(end);
    for (const part of costs) cost.push(part);
  };
  const first = new Int32Array(options.length + 1);
  for (const [agent, own] of options.entries()) {
    for (const option of own) {
      const costs = linear.map(({ counts, sense }) => (counts!(agent, option.tier) ? 0 - sense : 0));
      costs.push(random.below(draws));
      if (option.trend === opened) add(agent, trends.length + 1, [-1, ...costs]);
      add(agent, option.trend, opened === undefined ? costs : [0, ...costs]);
    }
    if (question.agents[agent]!.lock === undefined) add(agent, trends.length, new Array(width).fill(0));
    first[agent + 1] = trend.length;
  }
  const opening = opened === undefined ? 0 : Math.min(leastOpen(trends[opened]!), trends[opened]!.most);
  const room = trends.map(({ most }, trend) => (trend === opened ? most - opening : most));
  const ends = [...room, options.length, ...(opened === undefined ? [] : [opening])];
  return {
    agents: options.length,
    trends: trends.length,
    ends: ends.length,
    width,
    room: Int32Array.from(ends),
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
  const { agents, ends, width, first, trend, price, edgeOf } = flow;
  for (let one = 0; one < ends; one += 1) {
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
