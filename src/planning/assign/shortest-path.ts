// The cheapest path by which one more agent gets a trend: Dijkstra's search over trends, on reduced costs that are
// vectors, from a heap in which a trend that came nearer rises (Johnson 1977 for the prices).
import { cannot } from '../cannot.ts';
import { type Flow, hasRoom, type Network } from './network.ts';

/** Room to search in, used again and again. */
export interface Paths {
  /** far[trend · width + part], how far a trend is. */
  far: Float64Array;
  /** 0 not seen, 1 in the heap, 2 done. */
  state: Uint8Array;
  /** The edge a trend was reached by. */
  by: Int32Array;
  heap: Int32Array;
  size: number;
  /** Each trend's position in the heap. */
  place: Int32Array;
  width: number;
  /** A distance being worked out. */
  sum: Float64Array;
}

/** Room to search a network in. */
export function pathsFor({ ends, width }: Network): Paths {
  return {
    far: new Float64Array(ends * width),
    state: new Uint8Array(ends),
    by: new Int32Array(ends),
    heap: new Int32Array(ends),
    size: 0,
    place: new Int32Array(ends),
    width,
    sum: new Float64Array(width),
  };
}

/**
 * Gives one more agent a trend along the cheapest path, and brings the prices up to date; throws a RangeError where
 * more are locked to a trend than it takes.
 */
export function augment(flow: Flow, paths: Paths, agent: number): void {
  paths.state.fill(0);
  paths.size = 0;
  const done: number[] = [];
  reach(flow, paths, agent, -1);
  for (;;) {
    const nearest = takeNearest(paths);
    if (hasRoom(flow, nearest)) {
      lowerPrices(flow, paths, done, nearest);
      passOn(flow, paths, nearest);
      return;
    }
    done.push(nearest);
    for (const other of flow.having[nearest]!) reach(flow, paths, other, nearest);
  }
}

/** Prices fall by how much nearer than the end of the path a trend was. */
function lowerPrices({ price, width }: Flow, { far }: Paths, done: readonly number[], end: number): void {
  for (const one of done)
    for (let part = 0; part < width; part += 1)
      price[one * width + part]! += far[one * width + part]! - far[end * width + part]!;
}

/** Everybody on the path passes on to the next trend, from its end back to the agent who had none. */
function passOn({ edgeOf, having, owner, trend }: Flow, { by }: Paths, end: number): void {
  for (let at = end; ; ) {
    const edge = by[at]!;
    const agent = owner[edge]!;
    const before = edgeOf[agent]!;
    edgeOf[agent] = edge;
    having[at]!.push(agent);
    if (before < 0) return;
    at = trend[before]!;
    having[at]!.splice(having[at]!.indexOf(agent), 1);
  }
}

/** Looks from an agent, through the trend they have (−1 for none yet), at all their trends. */
function reach(flow: Flow, paths: Paths, agent: number, through: number): void {
  const { width, first, trend, cost, price, edgeOf } = flow;
  const { far, state, by, sum } = paths;
  for (let part = 0; part < width; part += 1)
    sum[part] =
      through < 0
        ? 0
        : far[through * width + part]! -
          cost[edgeOf[agent]! * width + part]! +
          price[through * width + part]!;
  for (let edge = first[agent]!; edge < first[agent + 1]!; edge += 1) {
    const to = trend[edge]!;
    if (state[to] === 2 || (state[to] === 1 && !isNearer(flow, paths, edge, to))) continue;
    for (let part = 0; part < width; part += 1)
      far[to * width + part] = sum[part]! + cost[edge * width + part]! - price[to * width + part]!;
    by[to] = edge;
    if (state[to] === 0) {
      state[to] = 1;
      paths.place[to] = paths.size;
      paths.heap[paths.size] = to;
      paths.size += 1;
    }
    rise(paths, paths.place[to]!);
  }
}

/** Whether an edge reaches a trend by a shorter way than is known. */
function isNearer({ cost, price, width }: Flow, { far, sum }: Paths, edge: number, to: number): boolean {
  for (let part = 0; part < width; part += 1) {
    const value = sum[part]! + cost[edge * width + part]! - price[to * width + part]!;
    const known = far[to * width + part]!;
    if (value !== known) return value < known;
  }
  return false;
}

function isLess({ far, width }: Paths, a: number, b: number): boolean {
  for (let part = 0; part < width; part += 1) {
    const by = far[a * width + part]! - far[b * width + part]!;
    if (by !== 0) return by < 0;
  }
  return false;
}

function put({ heap, place }: Paths, at: number, trend: number): void {
  heap[at] = trend;
  place[trend] = at;
}

function rise(paths: Paths, from: number): void {
  const { heap } = paths;
  const trend = heap[from]!;
  let at = from;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isLess(paths, trend, heap[above]!)) break;
    put(paths, at, heap[above]!);
    at = above;
  }
  put(paths, at, trend);
}

function takeNearest(paths: Paths): number {
  const { heap, state } = paths;
  if (paths.size === 0) throw cannot(['More are locked to a trend than it takes.']);
  const nearest = heap[0]!;
  paths.size -= 1;
  state[nearest] = 2;
  if (paths.size > 0) sink(paths, heap[paths.size]!);
  return nearest;
}

/** Lets a trend sink from the top of the heap to where it belongs. */
function sink(paths: Paths, trend: number): void {
  const { heap, size } = paths;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= size) break;
    if (below + 1 < size && isLess(paths, heap[below + 1]!, heap[below]!)) below += 1;
    if (!isLess(paths, heap[below]!, trend)) break;
    put(paths, at, heap[below]!);
    at = below;
  }
  put(paths, at, trend);
}
