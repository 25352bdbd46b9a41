// The best dates are the best of all choices there are, and are never said to be when they are not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/dates/faults.ts';
import { planDates } from '../../../src/planning/dates/plan-dates.ts';
import { byLength } from '../../support/length.ts';
import { bookFaults, check, givenBy, rank } from './checker.ts';
import { bestOf } from './exhaustive.ts';
import { wishesByChance } from './wishes-by-chance.ts';

const runs = byLength(100, 1000);

test.each([
  ['one date, all looked at', 1, true],
  ['one date, by the programme', 1, false],
  ['up to three dates', 3, true],
])(`%s, ${runs} times`, { timeout: 3_000_000 }, async (_, most, enumeration) => {
  const seen = { possible: 0, impossible: 0, faulty: 0 };
  await fc.assert(
    fc.asyncProperty(wishesByChance(6, 4, most), fc.nat(), async (wishes, seed) => {
      const best = bestOf(wishes);
      const faults = faultsOf(wishes);
      if (faults.length > 0) {
        expect(best).toBe(undefined);
        seen.faulty += 1;
        return;
      }
      const ask = planDates(wishes, { seed }, { enumeration });
      if (!best) {
        await expect(ask).rejects.toThrow('These wishes cannot all be kept');
        seen.impossible += 1;
        return;
      }
      const answer = await ask;
      const found = check(wishes, givenBy(answer));
      expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
      expect([rank(wishes, found), answer.provenOptimal]).toEqual([best, true]);
      seen.possible += 1;
    }),
    { numRuns: runs, seed: 7 },
  );
  expect(seen.possible).toBeGreaterThan(runs / 4);
  expect(seen.faulty).toBeGreaterThan(0);
});
