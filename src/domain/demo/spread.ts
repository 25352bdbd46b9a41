// Picks who among many voted or wants to know: the same people each time, spread evenly, without chance.

/** Picks `count` of the people, none of them among `but`, beginning elsewhere for each `turn`. Throws where there are too few. */
export function pickEvenly(
  people: readonly string[],
  count: number,
  turn: number,
  but: readonly string[],
): string[] {
  const able = people.filter((name) => !but.includes(name));
  if (able.length < count) throw new RangeError(`Only ${able.length} people for ${count} places`);
  const from = (turn * 7) % Math.max(1, able.length);
  return Array.from({ length: count }, (_, index) => able[(from + index) % able.length]!);
}
