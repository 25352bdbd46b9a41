// The best dates of a small event by looking at every choice and every place. Shares nothing with the planner.
import type { DatesWishes } from '../../../src/planning/dates/wishes.ts';
import { check, rank } from './checker.ts';

/** Returns the values compared in the best choice that keeps every wish; undefined where there is none. */
export function bestOf(wishes: DatesWishes): number[] | undefined {
  let best: number[] | undefined;
  for (const chosen of choices(
    wishes.dates.map(({ id }) => id),
    wishes.choose ?? 1,
  )) {
    const given: Record<string, string[]> = Object.fromEntries(chosen.map((id) => [id, []]));
    for (const { id, needed } of wishes.people)
      if (needed === 'always') for (const date of chosen) given[date]!.push(id);
    const guests = wishes.people.filter(({ needed }) => needed !== 'always').map(({ id }) => id);
    for (const full of places(wishes, guests, 0, given)) {
      const found = check(wishes, full);
      if (found.broken.length > 0) continue;
      const value = rank(wishes, found);
      if (!best || compare(value, best) > 0) best = value;
    }
  }
  return best;
}

export function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

function* choices(ids: readonly string[], count: number): Generator<string[]> {
  if (count === 0) yield [];
  for (const [index, id] of count > 0 ? ids.entries() : [])
    for (const rest of choices(ids.slice(index + 1), count - 1)) yield [id, ...rest];
}

function* places(
  wishes: DatesWishes,
  guests: readonly string[],
  index: number,
  given: Record<string, string[]>,
): Generator<Record<string, string[]>> {
  const guest = guests[index];
  if (guest === undefined) {
    yield given;
    return;
  }
  yield* places(wishes, guests, index + 1, given);
  const { answers } = wishes.people.find(({ id }) => id === guest)!;
  for (const date of Object.keys(given)) {
    if ((answers[date] ?? 'no') === 'no') continue;
    given[date]!.push(guest);
    yield* places(wishes, guests, index + 1, given);
    given[date]!.pop();
  }
}
