import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placesOf } from '../../../src/domain/events/fixed-starts.ts';
import {
  type Shrinkable,
  shorten,
  thoseGiving,
  withoutTaken,
} from '../../../src/domain/run-of-show/shortening.ts';

const block = (kind: string, minutes: number, rest: Partial<Shrinkable> = {}) => ({ kind, minutes, ...rest });

const evening = [
  block('gather', 10, { shrinksTo: 5 }),
  block('talk', 25),
  block('move', 5),
  block('talk', 25, { mayDrop: true }),
  block('harvest', 20, { shrinksTo: 10 }),
  block('gather', 15, { shrinksTo: 10 }),
];

describe('an evening that ends too late', () => {
  test('takes five minutes from the drinks, which come last, and nothing else', () => {
    expect(shorten(evening, 5)).toEqual({
      taken: [{ block: 5, minutes: 5, isDropped: false }],
      missing: 0,
    });
  });

  test('goes on to the harvest, then to the arrival, when the drinks have given all they can', () => {
    expect(shorten(evening, 17).taken.map(({ block, minutes }) => [block, minutes])).toEqual([
      [0, 2],
      [4, 10],
      [5, 5],
    ]);
  });

  test('drops the round that may be dropped with the move to it, when shrinking is not enough, and then shrinks less', () => {
    expect(shorten(evening, 32)).toEqual({
      taken: [
        { block: 2, minutes: 5, isDropped: true },
        { block: 3, minutes: 25, isDropped: true },
        { block: 5, minutes: 2, isDropped: false },
      ],
      missing: 0,
    });
  });

  test('says how many minutes are missing when everything is taken that may be', () => {
    expect(shorten(evening, 60).missing).toBe(10);
  });

  test('leaves blocks outside the part alone', () => {
    expect(shorten(evening, 5, { from: 0, to: 2 }).taken).toEqual([
      { block: 0, minutes: 5, isDropped: false },
    ]);
  });

  test('names each block that could give the minutes alone, the last first', () => {
    expect(thoseGiving(evening, 5)).toEqual([5, 4, 0]);
  });
});

/** Fewest dropped blocks that can do, tried one by one: written anew, without the rule under test. */
function fewestDrops(blocks: readonly Shrinkable[], minutes: number): number {
  const may = blocks.flatMap(({ mayDrop }, index) => (mayDrop ? [index] : [])).toReversed();
  const gives = (gone: Set<number>) =>
    blocks.reduce((sum, { minutes: all, shrinksTo }, index) => {
      if (gone.has(index)) return sum + all;
      return sum + (shrinksTo == null || shrinksTo >= all ? 0 : all - Math.max(1, shrinksTo));
    }, 0);
  for (let drops = 0; drops <= may.length; drops += 1)
    if (gives(new Set(may.slice(0, drops))) >= minutes) return drops;
  return may.length;
}

const anyBlock = fc.record({
  kind: fc.constantFrom('gather', 'frame', 'report', 'harvest'),
  minutes: fc.integer({ min: 1, max: 60 }),
  shrinksTo: fc.option(fc.integer({ min: 0, max: 60 })),
  mayDrop: fc.boolean(),
  fixedAt: fc.option(fc.constantFrom('12:00', '13:30', '17:30'), { freq: 4 }),
});
const anyShow = fc.array(anyBlock, { maxLength: 9 });
const anyNeed = fc.integer({ min: 0, max: 200 });

describe('any run of show', () => {
  test('gives the minutes that were asked for and no more, unless a whole block had to go', () => {
    fc.assert(
      fc.property(anyShow, anyNeed, (blocks, need) => {
        const { taken, missing } = shorten(blocks, need);
        const gone = taken.reduce((sum, { minutes }) => sum + minutes, 0);
        const before = blocks.reduce((sum, { minutes }) => sum + minutes, 0);
        const after = withoutTaken(blocks, taken).reduce((sum, { minutes }) => sum + minutes, 0);
        expect(before - after).toBe(gone);
        if (taken.some(({ isDropped }) => isDropped)) expect(gone + missing).toBeGreaterThanOrEqual(need);
        else expect(gone + missing).toBe(need);
        // More than was asked for goes only where nothing else is taken beside what had to be dropped.
        if (gone > need) expect(taken.every(({ isDropped }) => isDropped)).toBe(true);
      }),
    );
  });

  test('never goes below what a block needs, and takes from each block once', () => {
    fc.assert(
      fc.property(anyShow, anyNeed, (blocks, need) => {
        const { taken } = shorten(blocks, need);
        expect(new Set(taken.map(({ block }) => block)).size).toBe(taken.length);
        for (const { block, minutes, isDropped } of taken) {
          const { minutes: had, shrinksTo, mayDrop } = blocks[block]!;
          if (isDropped) expect([mayDrop, minutes]).toEqual([true, had]);
          else expect(had - minutes).toBeGreaterThanOrEqual(Math.max(1, shrinksTo!));
        }
      }),
    );
  });

  test('drops as few blocks as can be, and shrinks no earlier block while a later one has minutes left', () => {
    fc.assert(
      fc.property(anyShow, anyNeed, (blocks, need) => {
        const { taken } = shorten(blocks, need);
        const dropped = new Set(taken.flatMap(({ block, isDropped }) => (isDropped ? [block] : [])));
        expect(dropped.size).toBe(fewestDrops(blocks, need));
        const shrunk = taken.filter(({ isDropped }) => !isDropped);
        const first = shrunk[0]?.block ?? blocks.length;
        for (const [index, { minutes, shrinksTo }] of blocks.entries()) {
          if (index <= first || dropped.has(index) || shrinksTo === null || shrinksTo >= minutes) continue;
          const given = shrunk.find(({ block }) => block === index)?.minutes ?? 0;
          expect(minutes - given).toBe(Math.max(1, shrinksTo));
        }
      }),
    );
  });

  test('keeps every fixed start where it was', () => {
    const first = { start: '2026-12-10T11:00', timeZone: 'Europe/Oslo' };
    fc.assert(
      fc.property(anyShow, anyNeed, (blocks, need) => {
        const fixedIn = (list: typeof blocks) =>
          placesOf(list, first).starts.flatMap((after, index) => (list[index]!.fixedAt ? [after] : []));
        const kept = blocks.filter(({ mayDrop, fixedAt }) => !mayDrop || !fixedAt);
        const { taken } = shorten(kept, need);
        expect(fixedIn(withoutTaken(kept, taken))).toEqual(fixedIn(kept));
      }),
    );
  });

  test('has nothing left to give for the same minutes: asked again for none, it takes none', () => {
    fc.assert(
      fc.property(anyShow, anyNeed, (blocks, need) => {
        const once = withoutTaken(blocks, shorten(blocks, need).taken);
        expect(shorten(once, 0)).toEqual({ taken: [], missing: 0 });
        const { missing } = shorten(blocks, need);
        // Where minutes were missing, nothing more can be had.
        if (missing > 0) expect(shorten(once, missing).taken).toEqual([]);
      }),
    );
  });
});
