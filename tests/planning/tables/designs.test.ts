// Exact designs: nobody ever meets anybody twice, on every table size they are offered for.
import { describe, expect, test } from 'vitest';
import { spend } from '../../../src/planning/effort.ts';
import { randomFrom } from '../../../src/planning/random.ts';
import { abelianGroup } from '../../../src/planning/tables/designs/abelian-group.ts';
import { columnDesign, fullDesign } from '../../../src/planning/tables/designs/catalogue.ts';
import { designOfStarter, findStarter } from '../../../src/planning/tables/designs/cyclic-starter.ts';
import type { Design } from '../../../src/planning/tables/designs/design.ts';
import { findDifferenceMatrix } from '../../../src/planning/tables/designs/difference-search.ts';
import { galoisField } from '../../../src/planning/tables/designs/galois-field.ts';
import { hermitianTables, tablesOfFour } from '../../../src/planning/tables/designs/kirkman.ts';
import { symmetricStarter } from '../../../src/planning/tables/designs/symmetric-starter.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { check } from './checker.ts';
import { golfers } from './golfers.ts';

/** Pairs that meet twice, and the sizes of tables, counted from the design's table numbers. */
function look(design: Design): { again: number; sizes: number[] } {
  const met = new Set<number>();
  const sizes = new Set<number>();
  let again = 0;
  for (let round = 0; round < design.rounds; round += 1) {
    const tables = Array.from({ length: design.tables }, (): number[] => []);
    for (let point = 0; point < design.points; point += 1)
      tables[design.tableOf[round * design.points + point]!]!.push(point);
    for (const table of tables) {
      sizes.add(table.length);
      for (const [index, a] of table.entries())
        for (const b of table.slice(index + 1)) {
          if (met.has(a * design.points + b)) again += 1;
          met.add(a * design.points + b);
        }
    }
  }
  return { again, sizes: [...sizes] };
}

test.each(golfers)(
  '$tables tables of $seats meet nobody twice in $rounds rounds ($source)',
  ({ tables, seats, rounds }) => {
    const design = fullDesign(tables, seats, rounds);
    expect(design.rounds).toBe(rounds);
    expect(look(design)).toEqual({ again: 0, sizes: [seats] });
  },
);

test('a field adds, takes away, multiplies and divides like a field', () => {
  for (const q of [2, 3, 4, 5, 7, 8, 9, 16, 25, 27, 49, 64, 81]) {
    const field = galoisField(q)!;
    const all = Array.from({ length: q }, (_, element) => element);
    for (const a of all) {
      expect(field.subtract(field.add(a, 1), 1)).toBe(a);
      expect(new Set(all.map((b) => field.add(a, b))).size).toBe(q);
      if (a > 0) expect(field.multiply(a, field.power(a, q - 2))).toBe(1);
      for (const b of all.slice(0, 9))
        for (const c of all.slice(0, 9))
          expect(field.multiply(a, field.add(b, c))).toBe(
            field.add(field.multiply(a, b), field.multiply(a, c)),
          );
    }
  }
  expect([6, 10, 12, 1, 0, 36].map(galoisField)).toEqual(new Array(6).fill(undefined));
});

test('in columns every table has one person of each column, column 0 never moves, and nobody meets twice', () => {
  for (let tables = 2; tables <= 40; tables += 1)
    for (let seats = 1; seats <= Math.min(tables, 8); seats += 1) {
      const design = columnDesign(tables, seats, 12)!;
      expect(look(design)).toEqual({ again: 0, sizes: [seats] });
      for (let round = 0; round < design.rounds; round += 1)
        for (let column = 0; column < seats; column += 1) {
          const at = Array.from(
            design.tableOf.subarray(round * design.points, (round + 1) * design.points),
          ).filter((_, point) => design.columnOf![point] === column);
          expect(at.toSorted((a, b) => a - b)).toEqual([...at.keys()]);
          if (column === 0) expect(at).toEqual([...at.keys()]);
        }
    }
});

test('with any prime power of tables from 4 to 23 there are as many rounds as tables', () => {
  for (const tables of [4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23])
    for (let seats = 2; seats <= Math.min(tables, 8); seats += 1)
      expect(columnDesign(tables, seats, tables)!.rounds).toBe(tables);
});

test("Bose's tables let everybody meet everybody exactly once", () => {
  for (const q of [5, 9, 13, 17, 25, 29]) {
    const design = tablesOfFour(q)!;
    expect(look(design)).toEqual({ again: 0, sizes: [4] });
    expect(design.rounds * 3).toBe(design.points - 1);
  }
  for (const q of [2, 3, 4, 5]) {
    const design = hermitianTables(q)!;
    expect(look(design)).toEqual({ again: 0, sizes: [q + 1] });
    expect(design.rounds * q).toBe(design.points - 1);
  }
  expect([tablesOfFour(7), tablesOfFour(21), hermitianTables(6)]).toEqual([undefined, undefined, undefined]);
});

test('what the bank keeps can be found again: Kirkman’s schoolgirls, ten days of golf, a matrix for ten tables', () => {
  const girls = { tables: 5, seats: 3, turn: 7, bases: 1, still: 1 };
  const starter = findStarter(girls, randomFrom(1), spend({ seed: 1, iterations: 5000 }, 0))!;
  expect(look(designOfStarter(girls, starter))).toEqual({ again: 0, sizes: [3] });
  const eight = { tables: 8, seats: 4, turn: 5, bases: 2, still: 2 };
  const symmetry = { multiplier: 2, circles: [1, 2, 3, 0, 5, 4], still: [1, 0] };
  const ten = symmetricStarter(eight, symmetry, randomFrom(1), spend({ seed: 1, iterations: 5000 }, 0))!;
  expect(look(designOfStarter(eight, ten))).toEqual({ again: 0, sizes: [4] });
  const shape = { rows: 7, columns: 5, paired: true };
  const group = abelianGroup([10]);
  const entries = findDifferenceMatrix(
    group,
    { ...shape, paired: false },
    randomFrom(1),
    spend({ seed: 1, iterations: 9000 }, 0),
  )!;
  for (let i = 0; i < 5; i += 1)
    for (let j = 0; j < i; j += 1) {
      const differences = Array.from({ length: 7 }, (_, row) =>
        group.subtract(entries[row * 5 + i]!, entries[row * 5 + j]!),
      );
      expect(new Set(differences).size).toBe(7);
    }
});

describe('tables with more seats than there are tables', () => {
  test.each([
    [50, 5, 5, 5, 250],
    [63, 7, 7, 5, 140],
    [32, 4, 0, 4, 96],
    [80, 8, 0, 4, 96],
    [47, 5, 5, 5, 220],
  ])(
    '%i people at %i tables, %i captains who stay, %i rounds: the repeats that must be, without search',
    (people, tables, captains, rounds, repeats) => {
      const wishes: TablesWishes = {
        people: Array.from({ length: people }, (_, index) => ({
          id: `p${index}`,
          name: `P${index}`,
          side: 'talent',
          ...(index < captains ? { host: true } : {}),
        })),
        tables,
        rounds,
        mix: 'none',
      };
      const answer = seatEveryone(wishes, { seed: 1, iterations: 0 });
      const found = check(wishes, answer.rounds);
      expect(found.broken).toEqual([]);
      expect([found.repeatedMeetings, answer.bound, answer.provenOptimal]).toEqual([repeats, repeats, true]);
    },
  );
});
