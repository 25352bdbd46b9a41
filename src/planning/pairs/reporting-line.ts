// The reporting line: who is above whom, over any number of bosses between them.

/** Tells whether one of two people is above the other in their line; lines that run in a circle end where they meet. */
export function reportingLines(
  people: readonly { id: string; manager?: string | undefined }[],
): (a: string, b: string) => boolean {
  const bossOf = new Map(people.map(({ id, manager }) => [id, manager]));
  const above = new Map(people.map(({ id }) => [id, bossesOf(id, bossOf)]));
  return (a, b) => above.get(a)?.has(b) === true || above.get(b)?.has(a) === true;
}

function bossesOf(id: string, bossOf: ReadonlyMap<string, string | undefined>): Set<string> {
  const bosses = new Set<string>();
  for (let boss = bossOf.get(id); boss !== undefined && !bosses.has(boss); boss = bossOf.get(boss))
    bosses.add(boss);
  return bosses;
}
