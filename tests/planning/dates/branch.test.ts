// The bounds by which choices of dates are left out are bounds: compared with every choice and every place there is.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardOf, valuesOf } from '../../../src/planning/dates/board.ts';
import { coverBound, coverOf, exclude, include } from '../../../src/planning/dates/cover.ts';
import { mostOn } from '../../../src/planning/dates/most-on.ts';
import { planDates } from '../../../src/planning/dates/plan-dates.ts';
import type { DatesWishes } from '../../../src/planning/dates/wishes.ts';
import { byLength } from '../../support/length.ts';
import { bestOf, compare } from './exhaustive.ts';
import { event, wishesByChance } from './wishes-by-chance.ts';

const runs = byLength(80, 1000);

function choices<One>(ones: readonly One[], count: number): One[][] {
  if (count === 0) return [[]];
  return ones.flatMap((one, index) =>
    choices(ones.slice(index + 1), count - 1).map((rest) => [one, ...rest]),
  );
}

test('as many people are never covered as the bound says none can be, nor dates it rules out', () => {
  const seen = { ruledOut: 0, tight: 0 };
  const grid = fc.array(fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), {
    minLength: 3,
    maxLength: 14,
  });
  fc.assert(
    fc.property(grid, fc.integer({ min: 1, max: 3 }), fc.nat(3), fc.nat(2), (says, count, given, beyond) => {
      const cover = coverOf(says.length, 7, (person, date) => says[person]![date]!);
      const undecided = [0, 1, 2, 3, 4, 5, 6].slice(given);
      const inside = given > 0 ? [0] : [];
      for (const date of inside) include(cover, date, 1);
      for (let date = 1; date < given; date += 1) exclude(cover, date, 1);
      const covers = (dates: readonly number[]) =>
        says.filter((own) => [...inside, ...dates].some((date) => own[date])).length;
      const all = choices(undecided, count);
      const best = Math.max(...all.map(covers));
      const needed = Math.max(0, best + beyond - 1);
      const bound = coverBound(cover, undecided, count, needed);
      // A bound below what is needed only has to be right about that.
      if (bound.most < needed) expect(best).toBeLessThan(needed);
      else expect(bound.most).toBeGreaterThanOrEqual(best);
      const enough = all.filter((dates) => covers(dates) >= needed);
      if (bound.most >= needed)
        for (const dates of enough) {
          expect(dates.filter((date) => bound.never.includes(date))).toEqual([]);
          expect(bound.surely.filter((date) => !dates.includes(date))).toEqual([]);
        }
      seen.ruledOut += bound.never.length + bound.surely.length;
      seen.tight += bound.most < needed ? 1 : 0;
    }),
    { numRuns: runs, seed: 3 },
  );
  expect(Math.min(seen.ruledOut, seen.tight)).toBeGreaterThan(0);
});

test('no places on given dates give more than is said of these dates, and none are ruled out in vain', () => {
  const seen = { never: 0, exact: 0 };
  fc.assert(
    fc.property(wishesByChance(6, 4, 3), (wishes) => {
      const board = boardOf(wishes);
      for (const chosen of choices([...wishes.dates.keys()], board.choose)) {
        const dates = chosen.map((date) => wishes.dates[date]!);
        const best = bestOf({ ...wishes, dates });
        const most = mostOn(board, chosen);
        if (!most) expect(best).toBe(undefined);
        else if (best) expect(compare(valuesOf(board, most), best)).toBeGreaterThanOrEqual(0);
        seen.never += most ? 0 : 1;
        seen.exact += most && best && compare(valuesOf(board, most), best) === 0 ? 1 : 0;
      }
    }),
    { numRuns: runs, seed: 4 },
  );
  expect(Math.min(seen.never, seen.exact)).toBeGreaterThan(runs / 10);
});

/** How many people can come on one of these dates, and how many of them with a yes. */
const coming = ({ people }: DatesWishes, dates: readonly string[]) =>
  [['yes', 'maybe'], ['yes']].map(
    (words) => people.filter(({ answers }) => dates.some((id) => words.includes(answers[id] ?? 'no'))).length,
  );

test('of all 3,060 choices of four dates out of eighteen none is better than the one that is proven', async () => {
  for (let seed = 1; seed <= byLength(2, 10); seed += 1) {
    const wishes = event({ people: 50, dates: 18, choose: 4, quorum: 0, yes: 12, maybe: 8 }, seed);
    const ids = wishes.dates.map(({ id }) => id);
    const best = choices(ids, 4)
      .map((dates) => coming(wishes, dates))
      .reduce((most, one) => (compare(one, most) > 0 ? one : most));
    const answer = await planDates(wishes, { seed });
    expect([[answer.attendees, answer.yes], answer.provenOptimal]).toEqual([best, true]);
  }
});
