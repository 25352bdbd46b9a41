// The goals of table planning, each on the events it is about; all by seed and iterations.
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/planning/random.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { isLong } from '../../support/length.ts';
import { check } from './checker.ts';
import { golfers } from './golfers.ts';

/** An event whose first `seniors` people are seniors and all others talents. */
function event(people: number, seniors: number, tables: number, rounds: number): TablesWishes {
  return {
    people: Array.from(
      { length: people },
      (_, index): Attendee => ({
        id: `p${index}`,
        name: `Person ${index}`,
        side: index < seniors ? 'senior' : 'talent',
      }),
    ),
    tables,
    rounds,
  };
}

/** The same with `pairs` talents whose boss is among the seniors. */
function withBosses(wishes: TablesWishes, pairs: number, seed: number): TablesWishes {
  const random = randomFrom(seed);
  const seniors = wishes.people.filter(({ side }) => side === 'senior');
  const people = wishes.people.map((person, index) =>
    index >= seniors.length && index < seniors.length + pairs
      ? { ...person, manager: seniors[random.below(seniors.length)]!.id }
      : person,
  );
  return { ...wishes, people };
}

describe('nobody meets anybody twice', () => {
  test.each(golfers)('$tables-$seats-$rounds, whatever the seed', ({ tables, seats, rounds }) => {
    const wishes: TablesWishes = { ...event(tables * seats, 0, tables, rounds), mix: 'none' };
    for (let seed = 1; seed <= (isLong ? 10 : 2); seed += 1) {
      const answer = seatEveryone(wishes, { seed, iterations: 200_000 });
      const found = check(wishes, answer.rounds);
      expect([found.broken, found.repeats, answer.provenOptimal]).toEqual([[], 0, true]);
    }
  });
});

describe('search by itself, without a design', () => {
  test.each([
    [5, 3, 7],
    [5, 4, 5],
    [8, 4, 6],
    [10, 6, 5],
    [20, 6, 6],
    [84, 6, 5],
  ])('%i tables of %i over %i rounds: nobody twice, within 5,000 swaps', (tables, seats, rounds) => {
    const wishes: TablesWishes = { ...event(tables * seats, 0, tables, rounds), mix: 'none' };
    for (const seed of [1, 2, 3]) {
      const answer = seatEveryone(wishes, { seed, iterations: 5000 }, { designs: false });
      expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], repeats: 0 });
    }
  });

  test('500 people with 100 seniors at 84 tables over 5 rounds', () => {
    const wishes = event(500, 100, 84, 5);
    const answer = seatEveryone(wishes, { seed: 1, iterations: 5000 }, { designs: false });
    expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], repeats: 0, mix: 0 });
  });

  test.each([
    [8, 4, 9, 7],
    [10, 6, 7, 2],
    [8, 4, 10, 21],
  ])('%i tables of %i over %i rounds: at most %i repeats', (tables, seats, rounds, most) => {
    const wishes: TablesWishes = { ...event(tables * seats, 0, tables, rounds), mix: 'none' };
    const answer = seatEveryone(wishes, { seed: 1, iterations: 60_000 }, { designs: false });
    expect(check(wishes, answer.rounds).repeats).toBeLessThanOrEqual(most);
  });
});

test.each([
  [4, 8, 3],
  [4, 8, 4],
  [4, 6, 4],
  [3, 8, 4],
  [5, 6, 4],
  [5, 8, 4],
  [6, 8, 4],
  [6, 7, 4],
  [8, 10, 4],
  [4, 5, 6],
  [5, 3, 8],
])('%i tables of %i over %i rounds must repeat, and repeat no more than that', (tables, seats, rounds) => {
  const wishes: TablesWishes = { ...event(tables * seats, 0, tables, rounds), mix: 'none' };
  const answer = seatEveryone(wishes, { seed: 1, iterations: 100_000 });
  expect(check(wishes, answer.rounds).repeatedMeetings).toBe(answer.bound);
  expect(answer.provenOptimal).toBe(true);
});

describe('every table is mixed', () => {
  test('any number of seniors a table, any prime power of tables from 4 to 23, as many rounds as tables', () => {
    for (const tables of [4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23])
      for (let seats = 2; seats <= Math.min(tables, 8); seats += 1) {
        const least = isLong ? 1 : Math.max(1, Math.floor(seats / 2));
        for (let each = least; each < (isLong ? seats : least + 1); each += 1) {
          const wishes = event(tables * seats, tables * each, tables, tables);
          const answer = seatEveryone(wishes, { seed: 1, iterations: 0 });
          expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], repeats: 0, mix: 0 });
        }
      }
  });

  test('32 people, half of them seniors, over ten rounds: the 64 repeats that must be', () => {
    const wishes = event(32, 16, 8, 10);
    const answer = seatEveryone(wishes, { seed: 1, iterations: 20_000 });
    expect(check(wishes, answer.rounds)).toMatchObject({ repeatedMeetings: 64, mix: 0 });
    expect([answer.bound, answer.provenOptimal]).toEqual([64, true]);
  });
});

test.each([
  [32, 16, 8, 6, 13],
  [48, 16, 8, 5, 19],
  [60, 20, 10, 7, 24],
  [120, 40, 20, 8, 48],
])(
  '%i people with %i seniors at %i tables over %i rounds: nobody twice, and none of %i with their boss',
  (people, seniors, tables, rounds, pairs) => {
    for (const seed of [1, 2, 3]) {
      const wishes = withBosses(event(people, seniors, tables, rounds), pairs, seed);
      const answer = seatEveryone(wishes, { seed });
      expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], repeats: 0, apart: 0, mix: 0 });
      expect(answer.provenOptimal).toBe(true);
    }
  },
);

test('the same seed and iterations give the same plan; another seed another', () => {
  const wishes = withBosses(event(34, 10, 5, 3), 8, 4);
  const plan = (seed: number) => seatEveryone(wishes, { seed, iterations: 2000 });
  expect(plan(7)).toEqual(plan(7));
  expect(plan(8).rounds).not.toEqual(plan(7).rounds);
});
