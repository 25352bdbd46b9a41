// Mixed-integer programmes: what is optimal, stopped or impossible is said as it is, and in whole numbers.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conflictInWords, leastConflict } from '../../src/planning/conflict.ts';
import {
  addColumn,
  addRow,
  type Entry,
  newProgramme,
  openSolver,
  type Programme,
} from '../../src/planning/programme.ts';
import { optimiseInStages } from '../../src/planning/stages.ts';
import { byLength } from '../support/length.ts';

const limits = { stop: () => false, nodes: 1000, seed: 1 };

/** Up to ten things of which the most valuable are to be packed, within a size and a weight. */
const packings = fc.record({
  things: fc.array(fc.record({ size: fc.nat(9), weight: fc.nat(9), worth: fc.nat(9) }), {
    minLength: 1,
    maxLength: 10,
  }),
  room: fc.nat(30),
  strength: fc.nat(30),
});

function packing({ things, room, strength }: typeof packings extends fc.Arbitrary<infer P> ? P : never) {
  const programme = newProgramme();
  const columns = things.map(() => addColumn(programme));
  const sum = (part: 'size' | 'weight' | 'worth') =>
    columns.map((column, index): Entry => [column, things[index]![part]]);
  addRow(programme, 0, room, sum('size'));
  addRow(programme, 0, strength, sum('weight'));
  return { programme, worth: sum('worth'), size: sum('size') };
}

test('what is packed is worth as much as the best of all packings, and then as small', async () => {
  await fc.assert(
    fc.asyncProperty(packings, async (wish) => {
      const { programme, worth, size } = packing(wish);
      const solver = await openSolver(programme, limits);
      const { state, goals } = optimiseInStages(solver, [
        { name: 'worth', entries: worth, sense: 1, limit: () => 90 },
        { name: 'size', entries: size, sense: -1, limit: () => 0 },
      ]);
      solver.close();
      let best = [0, 0];
      for (let set = 0; set < 2 ** wish.things.length; set += 1) {
        const packed = wish.things.filter((_, index) => (set >> index) & 1);
        const total = (part: 'size' | 'weight' | 'worth') =>
          packed.reduce((sum, thing) => sum + thing[part], 0);
        if (total('size') > wish.room || total('weight') > wish.strength) continue;
        const value = [total('worth'), total('size')];
        if (value[0]! > best[0]! || (value[0] === best[0] && value[1]! < best[1]!)) best = value;
      }
      expect(state).toBe('optimal');
      expect(goals.map(({ value, bound }) => [value, bound])).toEqual(best.map((value) => [value, value]));
    }),
    { numRuns: byLength(30, 300), seed: 3 },
  );
});

/** A market split: hard to decide even with 25 columns (Cornuéjols and Dawande 1998). */
function split(columns: number): { programme: Programme; objective: Entry[] } {
  const programme = newProgramme();
  const all = Array.from({ length: columns }, () => addColumn(programme));
  const size = (row: number, column: number) =>
    ((column + 3) * (row + 7) * 7919 + column * column * 104729) % 100;
  for (let row = 0; row < 4; row += 1) {
    const entries = all.map((column): Entry => [column, size(row, column)]);
    const half = Math.floor(entries.reduce((sum, [, by]) => sum + by, 0) / 2);
    addRow(programme, 0, half, entries);
  }
  return { programme, objective: all.flatMap((column): Entry[] => [[column, size(9, column) + 1]]) };
}

test('stopped after a node it says so, with a value, and a bound that no solution passes', async () => {
  const { programme, objective } = split(40);
  const whole = await openSolver(programme, { ...limits, nodes: 1e6 });
  const best = whole.maximise(objective);
  whole.close();
  expect([best.state, best.value]).toEqual(['optimal', best.bound]);
  const solver = await openSolver(programme, { ...limits, nodes: 1 });
  const stopped = solver.maximise(objective);
  solver.close();
  expect(whole.nodes).toBeGreaterThan(1);
  expect(stopped.state).toBe('stopped');
  expect(stopped.value).toBeLessThanOrEqual(best.value!);
  expect(stopped.bound).toBeGreaterThanOrEqual(best.value!);
});

test('stopped before it began it has what it was given to start from, and looks for anything if asked', async () => {
  const { programme, objective } = split(40);
  const never = { ...limits, stop: () => true };
  const bare = await openSolver(programme, never);
  expect(bare.maximise(objective).values).toBe(undefined);
  expect(bare.anything().values?.length).toBe(40);
  bare.close();
  const start = new Float64Array(40);
  start[3] = 1;
  const begun = await openSolver(programme, { ...never, start });
  expect(begun.maximise(objective)).toMatchObject({ state: 'stopped', value: objective[3]![1] });
  begun.close();
});

test('a start that breaks a row is not believed', async () => {
  const programme = newProgramme();
  const entries = [addColumn(programme), addColumn(programme)].map((column): Entry => [column, 1]);
  addRow(programme, 0, 1, entries);
  const never = { ...limits, stop: () => true };
  const [good, bad] = await Promise.all(
    [
      [1, 0],
      [1, 1],
    ].map((values) => openSolver(programme, { ...never, start: Float64Array.from(values) })),
  );
  expect([good!.maximise(entries).value, bad!.maximise(entries).value]).toEqual([1, undefined]);
  good!.close();
  bad!.close();
});

test('a solver that is closed has given its memory back and solves nothing more', async () => {
  const solver = await openSolver(
    packing({ things: [{ size: 1, weight: 1, worth: 1 }], room: 1, strength: 1 }).programme,
    limits,
  );
  solver.close();
  expect(() => solver.maximise([[0, 1]])).toThrow('after disposal');
});

test('wishes that contradict each other are named, all of them needed and no other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          columns: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
          lower: fc.nat(2),
          upper: fc.nat(2),
        }),
        {
          minLength: 3,
          maxLength: 8,
        },
      ),
      async (wishes) => {
        const without = (left: ReadonlySet<number>) => {
          const programme = newProgramme();
          for (let column = 0; column < 4; column += 1) addColumn(programme);
          for (const [index, { columns, lower, upper }] of wishes.entries())
            if (!left.has(index))
              addRow(
                programme,
                lower,
                Math.max(lower, upper),
                columns.map((column) => [column, 1]),
                `wish ${index}`,
              );
          return programme;
        };
        const possible = (left: ReadonlySet<number>) =>
          Array.from({ length: 16 }, (_, set) => set).some((set) =>
            without(left).rows.every(({ lower, upper, entries }) => {
              const sum = entries.reduce((total, [column]) => total + ((set >> column) & 1), 0);
              return sum >= lower && sum <= upper;
            }),
          );
        const named = await leastConflict(without(new Set()), limits);
        if (possible(new Set())) return;
        const kept = new Set(named.map((wish) => Number(wish.slice(5))));
        const others = new Set(wishes.map((_, index) => index).filter((index) => !kept.has(index)));
        expect(possible(others)).toBe(false);
        for (const one of kept) expect(possible(new Set([...others, one]))).toBe(true);
      },
    ),
    { numRuns: byLength(20, 200), seed: 4 },
  );
});

test('a contradiction is put into one sentence', () => {
  expect(conflictInWords(['Film takes at most 2', 'Film is to have at least 3'])).toBe(
    'These wishes cannot all be kept: Film takes at most 2; Film is to have at least 3.',
  );
  expect(conflictInWords(['Film is to have at least 3'])).toBe(
    'This wish cannot be kept: Film is to have at least 3.',
  );
  expect(conflictInWords([])).toBe('The wishes cannot all be kept; there was no time to find out which.');
});
