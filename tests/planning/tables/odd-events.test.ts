// Small events with every wish there is: no plan is called the best that is not, nearly all are the best, and search ends.
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { byLength } from '../../support/length.ts';
import { check, seasonMeetings } from './checker.ts';
import { bestOf, compare } from './exhaustive.ts';
import { oddEvent } from './odd-events.ts';

const events = byLength(250, 4000);
const odd = byLength(250, 2500);
const wallMs = 10_000;

/** Wishes, mix, moves where they go first, and repeats of a plan, as the brute force counts them. */
function worthOf(wishes: TablesWishes, rounds: readonly (readonly (readonly string[])[])[]): number[] {
  const found = check(wishes, rounds);
  const held = wishes.past ?? [];
  const before = check({ ...wishes, rounds: held.length, past: [] }, held);
  const movesFirst = wishes.previous !== undefined && wishes.keep !== 'meetings';
  return [
    found.apart - before.apart + found.together,
    found.mix,
    movesFirst ? found.moved : 0,
    seasonMeetings(wishes, rounds),
  ];
}

test(`of ${events} small events with everything at once no plan is wrongly called the best, and nearly all are`, {
  timeout: 3_600_000,
}, () => {
  const seen = { events: 0, best: 0, bestAndProven: 0 };
  for (let seed = 1; seed <= events; seed += 1) {
    const wishes = oddEvent(seed, 8);
    if (faultsOf(wishes).length > 0) continue;
    const answer = seatEveryone(wishes, { seed, iterations: 1500 });
    const best = bestOf(wishes)!;
    const value = worthOf(wishes, answer.rounds);
    expect(check(wishes, answer.rounds).broken, `event ${seed}`).toEqual([]);
    expect(compare(value, best), `event ${seed}`).toBeGreaterThanOrEqual(0);
    if (answer.provenOptimal) expect(value, `event ${seed}`).toEqual(best);
    seen.events += 1;
    if (compare(value, best) > 0) continue;
    seen.best += 1;
    if (answer.provenOptimal) seen.bestAndProven += 1;
  }
  expect(seen.events).toBeGreaterThan(events / 2);
  expect(seen.best).toBeGreaterThanOrEqual(seen.events * 0.998);
  expect(seen.bestAndProven).toBeGreaterThanOrEqual(seen.best * 0.95);
});

test(`search ends when its budget is spent, in ${odd} odd events`, { timeout: 3_600_000 }, () => {
  let seated = 0;
  for (let seed = 1; seed <= odd; seed += 1) {
    const wishes = oddEvent(100_000 + seed, 14);
    if (faultsOf(wishes).length > 0) continue;
    const start = performance.now();
    // A plan that would never end is stopped here, since nothing else could stop it.
    const isOver = () => {
      if (performance.now() - start > wallMs) throw new Error(`Event ${100_000 + seed} does not end.`);
      return false;
    };
    const answer = seatEveryone(wishes, { seed, iterations: 1000, isOver });
    expect(answer.iterations).toBeLessThanOrEqual(1000);
    seated += 1;
  }
  expect(seated).toBeGreaterThan(odd / 2);
});

test('two people who are to sit together at tables for one do not keep the search for ever', () => {
  const ada = { id: 'ada', name: 'Ada', side: 'talent' as const };
  const bo = { id: 'bo', name: 'Bo', side: 'senior' as const };
  for (const people of [[ada, bo], [ada, bo, ...six.slice(0, 1)], six]) {
    const together = [[people[0]!.id, people[1]!.id] as const];
    const wishes: TablesWishes = { people, tables: people.length, rounds: 4, together, mix: 'none' };
    let looks = 0;
    const isOver = () => {
      looks += 1;
      if (looks > 100_000) throw new Error('It does not end.');
      return false;
    };
    const answer = seatEveryone(wishes, { seed: 1, iterations: 1000, isOver });
    expect(answer.togetherBroken).toHaveLength(4);
    expect(answer.bound).toBeLessThanOrEqual(answer.repeatedMeetings);
  }
});

const six = ['cy', 'di', 'eli', 'fay', 'gus', 'hal'].map((id) => ({ id, name: id, side: 'talent' as const }));
