// Plans that survive the day: expected thin tables are counted right, bounded right, and fewer where odds differ.
import { describe, expect, test } from 'vitest';
import { exactThin, repeatsIn, simulated } from '../../../bench/robust-checker.ts';
import { evening, sizes } from '../../../bench/robust-events.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { byLength, isLong } from '../../support/length.ts';
import { check, mixFaults } from './checker.ts';
import { oddEvent } from './odd-events.ts';

const without = ({ absence, ...wishes }: TablesWishes): TablesWishes => wishes;

describe('of plans that are equally good the one with the fewest thin tables is taken', () => {
  test.each(sizes.slice(0, isLong ? 3 : 2))('%i people, %i tables, %i rounds', (people, tables, rounds) => {
    const ratios: number[] = [];
    for (let seed = 1; seed <= (isLong ? 5 : 2); seed += 1) {
      const wishes = evening(people, tables, rounds, seed);
      const plain = seatEveryone(without(wishes), { seed, iterations: 6000 });
      const plan = seatEveryone(wishes, { seed, iterations: 6000 });
      expect(check(wishes, plan.rounds)).toMatchObject({ broken: [], apart: 0, mix: 0 });
      expect(repeatsIn(plan.rounds)).toBeLessThanOrEqual(repeatsIn(plain.rounds));
      const thin = exactThin(wishes, plan.rounds);
      expect(plan.expected!.thinTables).toBeCloseTo(thin, 9);
      expect(plan.expected!.bound).toBeLessThanOrEqual(thin + 1e-9);
      const drawn = simulated(wishes, plan.rounds, 2000, randomFrom(seed));
      expect(Math.abs(drawn.mean - thin)).toBeLessThan(4 * drawn.error);
      ratios.push(thin / exactThin(wishes, plain.rounds));
    }
    expect(ratios.reduce((sum, one) => sum + one, 0) / ratios.length).toBeLessThanOrEqual(0.78);
  });
});

test('with the same odds for everybody there is nothing to gain, and that is said', () => {
  const wishes: TablesWishes = { ...evening(34, 5, 3, 1), absence: 0.15 };
  const plan = seatEveryone(wishes, { seed: 1, iterations: 3000 });
  const plain = seatEveryone(without(wishes), { seed: 1, iterations: 3000 });
  expect(exactThin(wishes, plain.rounds)).toBeCloseTo(plan.expected!.thinTables, 9);
  expect(plan.sentences.join(' ')).toContain('With the same odds for everybody there is nothing to gain');
  expect(plan.expected!.attendance.mean).toBeCloseTo(34 * 0.85, 9);
});

test('no seating of a round is below the bound, of all there are that are mixed', () => {
  const seen = { events: 0, bounded: 0 };
  for (let seed = 1; seed <= byLength(80, 900); seed += 1) {
    const { past, previous, met, closed, ...drawn } = oddEvent(700_000 + seed, 8);
    const random = randomFrom(seed);
    const absence = Object.fromEntries(
      drawn.people.map(({ id }) => [id, [0.05, 0.1, 0.45, 0.3][random.below(4)]!]),
    );
    const wishes: TablesWishes = {
      ...drawn,
      rounds: 1,
      absence,
      people: drawn.people.map(({ from, until, ...one }) => one),
      locks: [],
    };
    if (faultsOf(wishes).length > 0) continue;
    const { expected, rounds } = seatEveryone(wishes, { seed, iterations: 300 });
    const sizesNow = rounds[0]!.map((table) => table.length).toSorted((a, b) => a - b);
    const mixed = mixFaults(wishes, rounds) === 0 && wishes.mix !== 'none';
    let least = Number.POSITIVE_INFINITY;
    for (const plan of everySeating(wishes)) {
      if (
        plan
          .map((table) => table.length)
          .toSorted((a, b) => a - b)
          .join() !== sizesNow.join()
      )
        continue;
      if (mixed && mixFaults(wishes, [plan]) > 0) continue;
      least = Math.min(least, exactThin(wishes, [plan]));
    }
    expect(expected!.bound, `event ${seed}`).toBeLessThanOrEqual(least + 1e-9);
    seen.events += 1;
    if (expected!.bound > 0.9 * least) seen.bounded += 1;
  }
  expect(seen.events).toBeGreaterThan(50);
  expect(seen.bounded).toBeGreaterThan(seen.events / 2);
});

/** All ways to seat everybody in one round, tables in any order. */
function* everySeating({ people, tables }: TablesWishes): Generator<string[][]> {
  const lists: string[][] = Array.from(
    { length: typeof tables === 'number' ? tables : tables.length },
    () => [],
  );
  function* place(index: number): Generator<string[][]> {
    if (index === people.length) {
      yield lists.map((list) => [...list]);
      return;
    }
    for (const [table, list] of lists.entries()) {
      if (list.length === 0 && lists.findIndex((one) => one.length === 0) < table) continue;
      list.push(people[index]!.id);
      yield* place(index + 1);
      list.pop();
    }
  }
  yield* place(0);
}

describe('tables for the evening that is expected', () => {
  const people = evening(34, 5, 3, 1).people.map(({ host, ...person }) => person);

  test('as many as the people who come need', () => {
    const plan = seatEveryone(
      { people, tables: 'fit', seatsPerTable: [5, 8], rounds: 2, absence: 0.2 },
      { seed: 1, iterations: 500 },
    );
    expect(plan.rounds[0]).toHaveLength(5);
    expect(plan.sentences[0]).toBe(
      '5 tables: 27.2 of 34 people are expected in the fullest round, 5.4 at each.',
    );
  });

  test('not where a table is named, or no number fits', () => {
    const ask = (more: object) => () =>
      seatEveryone({ people, tables: 'fit', seatsPerTable: [5, 8], rounds: 2, ...more }, { seed: 1 });
    expect(ask({ locks: [{ person: 'p1', table: '1' }] })).toThrow(
      'How many tables there are is not known yet, but p1 is locked to table 1.',
    );
    expect(ask({ seatsPerTable: [40, 50] })).toThrow('No number of tables gives 40 to 50 people at each');
    expect(ask({ seatsPerTable: undefined })).toThrow('seatsPerTable says how many people a table is for');
  });
});

test('what changes is said for each person', () => {
  const event = without(evening(34, 5, 3, 1));
  const plan = seatEveryone(event, { seed: 1, iterations: 500 }).rounds;
  const previous = plan.map((round) => round.map((table) => table.filter((id) => id !== 'p30')));
  const late = event.people.map((person) => (person.id === 'p20' ? { ...person, from: 2 } : person));
  const answer = seatEveryone({ ...event, people: late, previous }, { seed: 1, iterations: 1500 });
  const seatOf = (rounds: typeof plan, round: number, id: string) => {
    const table = rounds[round]!.findIndex((one) => one.includes(id));
    return table < 0 ? null : String(table + 1);
  };
  const changes: Record<string, unknown[]> = {};
  for (const { id } of event.people)
    for (const round of [0, 1, 2]) {
      const [before, now] = [seatOf(previous, round, id), seatOf(answer.rounds, round, id)];
      if (before !== now) changes[id] = [...(changes[id] ?? []), [before, now, round + 1]];
    }
  expect(answer.changes).toEqual(changes);
  expect(Object.keys(changes)).toEqual(expect.arrayContaining(['p20', 'p30']));
});
