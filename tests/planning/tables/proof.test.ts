// The flag "proven optimal" is never wrong, and neither is the bound: against every plan there is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import { byLength } from '../../support/length.ts';
import { check } from './checker.ts';
import { bestOf, compare } from './exhaustive.ts';
import { events } from './wishes-by-chance.ts';

const runs = byLength(100, 1000);
const possible = events(4, 9, 3, 3).filter((wishes) => faultsOf(wishes).length === 0);

test(`a plan that is said to be the best is the best of all plans, in ${runs} small events`, {
  timeout: 1_800_000,
}, () => {
  const seen = { events: 0, proven: 0, best: 0 };
  fc.assert(
    fc.property(possible, fc.nat(), (wishes, seed) => {
      const best = bestOf(wishes)!;
      const answer = seatEveryone(wishes, { seed, iterations: 1500 });
      const found = check(wishes, answer.rounds);
      const value = [found.apart + found.together, found.mix, 0, found.repeatedMeetings];
      expect(found.broken).toEqual([]);
      expect(compare(value, best)).toBeGreaterThanOrEqual(0);
      if (answer.provenOptimal) expect(value).toEqual(best);
      if (value[0] === best[0] && value[1] === best[1]) expect(answer.bound).toBeLessThanOrEqual(best[3]);
      seen.events += 1;
      seen.proven += answer.provenOptimal ? 1 : 0;
      seen.best += compare(value, best) === 0 ? 1 : 0;
    }),
    { numRuns: runs, seed: 5 },
  );
  // A flag that is never set would be right too: so it must be set often, and the plans must be good ones.
  expect(seen.proven).toBeGreaterThan(seen.events / 4);
  expect(seen.best).toBeGreaterThan(seen.events * 0.9);
});
