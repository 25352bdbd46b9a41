// Goals of planning several dates: the proof, on events of the sizes people have, and more than the most
// popular dates would give.
import { expect, test } from 'vitest';
import { planDates } from '../../../src/planning/dates/plan-dates.ts';
import type { DatesWishes } from '../../../src/planning/dates/wishes.ts';
import { isLong } from '../../support/length.ts';
import { bookFaults, check, givenBy } from './checker.ts';
import { event } from './wishes-by-chance.ts';

/** People with a place if the dates most people can come on were taken, everybody on any of them. */
function popular({ people, dates, choose = 1 }: DatesWishes): number {
  const coming = (id: string) => people.filter(({ answers }) => (answers[id] ?? 'no') !== 'no').length;
  const taken = dates.toSorted((a, b) => coming(b.id) - coming(a.id)).slice(0, choose);
  return people.filter(({ answers }) => taken.some(({ id }) => (answers[id] ?? 'no') !== 'no')).length;
}

const sizes = [
  { people: 40, dates: 20, choose: 3, quorum: 3, yes: 20, maybe: 12 },
  { people: 120, dates: 40, choose: 5, quorum: 5, yes: 20, maybe: 12 },
  { people: 300, dates: 60, choose: 8, quorum: 6, yes: 20, maybe: 12 },
  { people: 500, dates: 60, choose: 12, quorum: 8, yes: 20, maybe: 12 },
  { people: 300, dates: 60, choose: 8, quorum: 12, yes: 20, maybe: 12 },
];

test.each(sizes.slice(0, isLong ? 5 : 2))(
  '$people people, $dates dates, $choose of them with $quorum seniors each: proven',
  { timeout: 6_000_000 },
  async (shape) => {
    for (const seed of !isLong ? [1] : shape.people > 300 ? [1] : [1, 2]) {
      const wishes = event(shape, seed);
      const answer = await planDates(wishes, { seed });
      const found = check(wishes, givenBy(answer));
      expect([found.broken, bookFaults(wishes, answer)]).toEqual([[], []]);
      expect([answer.provenOptimal, answer.gap]).toEqual([true, 0]);
      expect(found.attendees).toBeGreaterThanOrEqual(popular(wishes));
    }
  },
);

test('where quorum and size are tight the choice keeps both, within two in a hundred of what could be', {
  timeout: 6_000_000,
}, async () => {
  const shape = isLong ? sizes[4]! : { ...sizes[1]!, quorum: 7 };
  const wishes = { ...event(shape, 1), most: isLong ? 36 : 22 };
  const answer = await planDates(wishes, { seed: 1 });
  expect([check(wishes, givenBy(answer)).broken, bookFaults(wishes, answer)]).toEqual([[], []]);
  expect(answer.gap).toBeLessThanOrEqual(0.02);
});
