// A second solver for checks: minimum-cost flow by shortest paths of Bellman and Ford, on whole numbers of any size.
// Slow and plain, and nothing of it is shared with the planners.

export interface Edge {
  from: string;
  to: string;
  room: number;
  cost: bigint;
  /** Filled in: how much goes through. */
  flow: number;
}

/** Sends flow from `source` to `sink` as long as that lowers the cost, and returns the least cost. */
export function leastCost(edges: readonly Edge[], source: string, sink: string): bigint {
  let total = 0n;
  for (;;) {
    const path = shortestPath(edges, source, sink);
    if (!path || path.cost >= 0n) return total;
    for (const { edge, forward } of path.steps) edge.flow += forward ? 1 : -1;
    total += path.cost;
  }
}

interface Step {
  edge: Edge;
  forward: boolean;
}

function shortestPath(edges: readonly Edge[], source: string, sink: string) {
  const far = new Map<string, bigint>([[source, 0n]]);
  const by = new Map<string, Step>();
  for (let again = true; again; ) {
    again = false;
    for (const edge of edges)
      for (const forward of [true, false]) {
        const [from, to] = forward ? [edge.from, edge.to] : [edge.to, edge.from];
        const start = far.get(from);
        if (start === undefined || (forward ? edge.flow >= edge.room : edge.flow <= 0)) continue;
        const length = start + (forward ? edge.cost : -edge.cost);
        const known = far.get(to);
        if (known !== undefined && known <= length) continue;
        far.set(to, length);
        by.set(to, { edge, forward });
        again = true;
      }
  }
  const cost = far.get(sink);
  if (cost === undefined) return undefined;
  const steps: Step[] = [];
  for (let at = sink; at !== source; ) {
    const step = by.get(at)!;
    steps.push(step);
    at = step.forward ? step.edge.from : step.edge.to;
  }
  return { cost, steps };
}
