// Properties of every event, drawn by chance: hard rules, the answer's own counts, rounds already held, and the search's own costs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spend } from '../../../src/planning/effort.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { firstSeats } from '../../../src/planning/tables/first-seats.ts';
import { hallOf } from '../../../src/planning/tables/hall.ts';
import { scoreOf } from '../../../src/planning/tables/score.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import { seatingOf } from '../../../src/planning/tables/seating.ts';
import { beginSearch, runSearch } from '../../../src/planning/tables/tabu-search.ts';
import { keptTables, unitTables } from '../../../src/planning/tables/unit-tables.ts';
import { costOf, weightsOf } from '../../../src/planning/tables/weights.ts';
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { byLength } from '../../support/length.ts';
import { check } from './checker.ts';
import { events } from './wishes-by-chance.ts';

const runs = byLength(40, 500);
const possible = events(4, 40, 5).filter((wishes) => faultsOf(wishes).length === 0);

/** The answer's counts are those of the checker. */
function expectHonest(wishes: TablesWishes, answer: ReturnType<typeof seatEveryone>): void {
  const found = check(wishes, answer.rounds);
  expect(found).toEqual({
    broken: [],
    apart: answer.apartBroken.length,
    together: answer.togetherBroken.length,
    mix: found.mix,
    repeats: answer.repeats,
    repeatedMeetings: answer.repeatedMeetings,
    departments: answer.departmentMeetings,
    moved: answer.moved,
  });
  expect(found.mix > 0).toBe(answer.mixBroken.length > 0);
  expect(answer.bound).toBeLessThanOrEqual(answer.repeatedMeetings);
}

test('everybody is seated once a round, hosts and locks are where they belong, and the counts are right', () => {
  fc.assert(
    fc.property(possible, fc.nat(), (wishes, seed) => {
      expectHonest(wishes, seatEveryone(wishes, { seed, iterations: 300 }));
    }),
    { numRuns: runs, seed: 1 },
  );
});

test('the cost kept up to date by the search is the cost counted afresh, and never worse than the start', () => {
  fc.assert(
    fc.property(possible, fc.nat(), fc.boolean(), (wishes, seed, lesser) => {
      const hall = hallOf(wishes);
      const weights = weightsOf(hall, lesser);
      const random = randomFrom(seed);
      const seating = seatingOf(
        hall,
        weights,
        firstSeats(hall, keptTables(hall, unitTables(hall, 0).tables!), random),
      );
      const start = seating.cost;
      const search = beginSearch(seating, random);
      runSearch(search, 0, spend({ seed, iterations: 150 }, 0), 150);
      expect(seating.cost).toBe(costOf(scoreOf(hall, seating.seats), weights));
      expect(search.best).toBe(costOf(scoreOf(hall, search.bestSeats), weights));
      expect(search.best).toBeLessThanOrEqual(start);
      const afresh = seatingOf(hall, weights, seating.seats);
      expect(seating.sums).toEqual(afresh.sums);
    }),
    { numRuns: runs, seed: 2 },
  );
});

test('rounds already held stay as they were, whatever changes after them', () => {
  fc.assert(
    fc.property(possible, fc.nat(), (wishes, seed) => {
      fc.pre(wishes.rounds > 1);
      const before = seatEveryone(wishes, { seed, iterations: 100 });
      const later: TablesWishes = {
        ...wishes,
        past: before.rounds.slice(0, 1),
        previous: before.rounds,
        locks: [],
      };
      const answer = seatEveryone(later, { seed: seed + 1, iterations: 300 });
      expect(answer.rounds[0]).toEqual(before.rounds[0]);
      expectHonest(later, answer);
    }),
    { numRuns: runs, seed: 3 },
  );
});

test('more search never makes a plan worse', () => {
  fc.assert(
    fc.property(possible, fc.nat(), (wishes, seed) => {
      const value = (iterations: number) => {
        const { apart, together, mix, repeatedMeetings } = check(
          wishes,
          seatEveryone(wishes, { seed, iterations }).rounds,
        );
        return [apart + together, mix, repeatedMeetings];
      };
      const [short, more] = [value(0), value(400)];
      const place = short.findIndex((count, index) => count !== more[index]);
      expect(place < 0 || more[place]! < short[place]!).toBe(true);
    }),
    { numRuns: runs / 2, seed: 4 },
  );
});
