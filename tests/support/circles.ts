// Circles in what needs what.

/** An arrow: the first needs the second. */
export type Arrow = readonly [string, string];

/** Groups of two and more that all need each other, each in order of name. */
export function circlesIn(arrows: readonly Arrow[]): string[][] {
  const needs = Map.groupBy(arrows, ([from]) => from);
  const reach = new Map([...needs.keys()].map((from) => [from, reachedFrom(from, needs)]));
  const circles = [...reach.keys()]
    .filter((one) => reach.get(one)!.has(one))
    .map((one) => [...reach.get(one)!].filter((other) => reach.get(other)?.has(one)).sort());
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()];
}

function reachedFrom(start: string, needs: Map<string, Arrow[]>): Set<string> {
  const reached = new Set<string>();
  const next = [start];
  for (let from = next.pop(); from !== undefined; from = next.pop())
    for (const [, to] of needs.get(from) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      next.push(to);
    }
  return reached;
}
