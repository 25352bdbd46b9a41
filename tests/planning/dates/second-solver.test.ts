// Dates of events too large for every place to be tried: every choice of dates, and for each a flow of a second solver.
import { expect, test } from 'vitest';
import { planDates } from '../../../src/planning/dates/plan-dates.ts';
import type { DatesWishes } from '../../../src/planning/dates/wishes.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { byLength } from '../../support/length.ts';
import { type Edge, leastCost } from '../min-cost-flow.ts';
import { bookFaults, check, type Given, givenBy, rank } from './checker.ts';
import { compare } from './exhaustive.ts';
import { event } from './wishes-by-chance.ts';

const runs = byLength(15, 200);

/** The best places on given dates, if they can keep quorum and size. */
function placesOn({ people, quorum, most = 99 }: DatesWishes, chosen: readonly string[]): Given {
  const edges: Edge[] = [];
  const places: { person: string; date: string; edge: Edge }[] = [];
  const add = (from: string, to: string, room: number, cost: bigint) => {
    const edge = { from, to, room, cost, flow: 0 };
    edges.push(edge);
    return edge;
  };
  for (const { id, side, answers } of people) {
    add('source', id, 1, 0n);
    for (const date of chosen) {
      if ((answers[date] ?? 'no') === 'no') continue;
      const cost = answers[date] === 'yes' ? -1001n : -1000n;
      places.push({ person: id, date, edge: add(id, `${date} ${side}`, 1, cost) });
    }
  }
  for (const date of chosen) {
    // The first few seniors are worth more than anything else, so that they come if they can.
    add(`${date} senior`, `at ${date}`, quorum?.senior ?? 0, -1_000_000_000n);
    add(`${date} senior`, `at ${date}`, 99, 0n);
    add(`${date} talent`, `at ${date}`, 99, 0n);
    add(`at ${date}`, 'sink', most, 0n);
  }
  leastCost(edges, 'source', 'sink');
  return Object.fromEntries(
    chosen.map((date) => [
      date,
      places.filter((place) => place.date === date && place.edge.flow > 0).map(({ person }) => person),
    ]),
  );
}

function pairsAndTriples(ids: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return ids.flatMap((id, index) =>
    pairsAndTriples(ids.slice(index + 1), count - 1).map((rest) => [id, ...rest]),
  );
}

test(`two or three dates out of six, with quorum and size, ${runs} times`, {
  timeout: 6_000_000,
}, async () => {
  const seen = { possible: 0, impossible: 0 };
  for (let seed = 1; seed <= runs; seed += 1) {
    const random = randomFrom(seed);
    const shape = {
      people: 10 + random.below(10),
      dates: 6,
      choose: 2 + random.below(2),
      quorum: random.below(3),
      yes: 15 + random.below(20),
      maybe: 10,
    };
    const wishes = { ...event(shape, seed), most: 3 + random.below(6) };
    let best: number[] | undefined;
    for (const chosen of pairsAndTriples(
      wishes.dates.map(({ id }) => id),
      shape.choose,
    )) {
      const found = check(wishes, placesOn(wishes, chosen));
      const value = rank(wishes, found);
      if (found.broken.length === 0 && (!best || compare(value, best) > 0)) best = value;
    }
    const ask = planDates(wishes, { seed });
    if (!best) {
      await expect(ask).rejects.toThrow(RangeError);
      seen.impossible += 1;
      continue;
    }
    const answer = await ask;
    const found = check(wishes, givenBy(answer));
    expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
    expect([rank(wishes, found), answer.provenOptimal]).toEqual([best, true]);
    seen.possible += 1;
  }
  expect(seen.possible).toBeGreaterThan(runs / 3);
});
