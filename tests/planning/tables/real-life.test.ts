// Events as organisers have them, and what happens when people cancel or join after the first round.
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/planning/random.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { isLong } from '../../support/length.ts';
import { check, type Lists } from './checker.ts';
import { realLife } from './real-life.ts';

const sizes = [
  [34, 5, 3],
  [60, 10, 4],
  [62, 9, 4],
  [120, 20, 5],
  [600, 84, 5],
] as const;

describe('late and early people, hosts who stay, departments, bosses, locks, uneven tables', () => {
  test.each(sizes)(
    '%i people at %i tables over %i rounds: no fault, no more repeats than must be',
    (people, tables, rounds) => {
      for (const seed of [1, 2, 3]) {
        const wishes = realLife(people, tables, rounds, seed);
        const answer = seatEveryone(wishes, { seed, iterations: 2000 });
        const found = check(wishes, answer.rounds);
        expect(found).toMatchObject({ broken: [], apart: 0, mix: 0 });
        expect(found.repeatedMeetings).toBeLessThanOrEqual(answer.bound * 1.02);
        expect(answer.provenOptimal).toBe(found.repeatedMeetings === answer.bound);
        expect(answer.departmentMeetings).toBeLessThanOrEqual(answer.departmentBound * 1.1);
      }
    },
  );
});

/** The event after its first round: some do not come back, some are new. */
function afterOneRound(wishes: TablesWishes, plan: Lists, seed: number): TablesWishes {
  const random = randomFrom(seed);
  const guests = wishes.people.filter(({ host }) => !host);
  const gone = new Set(
    Array.from(
      { length: Math.ceil(wishes.people.length / 30) },
      () => guests[random.below(guests.length)]!.id,
    ),
  );
  const coming = Array.from({ length: Math.ceil(wishes.people.length / 40) }, (_, index) => ({
    id: `new${index}`,
    name: `Newcomer ${index}`,
    side: index % 2 === 0 ? ('talent' as const) : ('senior' as const),
    department: 'it',
    from: 2,
  }));
  return {
    ...wishes,
    people: [
      ...wishes.people.map((person) => (gone.has(person.id) ? { ...person, from: 1, until: 1 } : person)),
      ...coming,
    ],
    locks: [],
    past: plan.slice(0, 1),
    previous: plan,
  };
}

describe('after the first round some have gone and some have come', () => {
  test.each(sizes.filter(([people]) => people < 600 || isLong))(
    '%i people at %i tables over %i rounds: the past stays, and no more people move than must',
    (people, tables, rounds) => {
      for (const seed of [1, 2, 3]) {
        const wishes = realLife(people, tables, rounds, seed);
        const plan = seatEveryone(wishes, { seed, iterations: 1000 }).rounds;
        const later = afterOneRound(wishes, plan, seed);
        const mended = seatEveryone(later, { seed, iterations: 1500 });
        const found = check(later, mended.rounds);
        expect(found).toMatchObject({ broken: [], apart: 0, mix: 0 });
        expect(mended.rounds[0]).toEqual(plan[0]);
        expect(found.moved).toBe(mended.movedBound);
        const afresh = seatEveryone({ ...later, previous: undefined }, { seed: seed + 9, iterations: 500 });
        expect(found.moved).toBeLessThanOrEqual(check(later, afresh.rounds).moved / 20);
      }
    },
  );

  test('a table is taken away: its people move, nobody else does', () => {
    const wishes = realLife(40, 8, 3, 1);
    const open: TablesWishes = {
      ...wishes,
      people: wishes.people.map(({ host, manager, ...person }) => person),
      locks: [],
      mix: 'none',
    };
    const plan = seatEveryone(open, { seed: 1, iterations: 500 }).rounds;
    const fewer = { ...open, tables: 7, previous: plan };
    const mended = seatEveryone(fewer, { seed: 1, iterations: 1000 });
    const there = plan.reduce((sum, tables) => sum + tables[7]!.length, 0);
    expect(check(fewer, mended.rounds)).toMatchObject({ broken: [], moved: mended.movedBound });
    expect(mended.movedBound).toBeGreaterThanOrEqual(there);
    expect(mended.movedBound).toBeLessThanOrEqual(there + 3 * 2);
  });

  test('who wants new meetings more than the old seats gets them', () => {
    const wishes = realLife(34, 5, 3, 2);
    const plan = seatEveryone(wishes, { seed: 2, iterations: 1000 }).rounds;
    const later = afterOneRound(wishes, plan, 2);
    const seats = seatEveryone(later, { seed: 2, iterations: 3000 });
    const meetings = seatEveryone({ ...later, keep: 'meetings' }, { seed: 2, iterations: 3000 });
    expect(meetings.repeatedMeetings).toBeLessThan(seats.repeatedMeetings);
    expect(seats.moved).toBeLessThan(meetings.moved);
  });
});
