import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockAfter, placesOf } from '../../../src/domain/events/fixed-starts.ts';

const oslo = { start: '2026-12-10T11:00', timeZone: 'Europe/Oslo' };
const clocks = (blocks: { minutes: number; fixedAt?: string | null }[], first = oslo) =>
  placesOf(blocks, first).starts.map((after) => clockAfter(first, after));

describe('lunch is at 12:00', () => {
  test('begins then when the talk before it is over earlier, and ten minutes are free', () => {
    const blocks = [{ minutes: 50 }, { minutes: 45, fixedAt: '12:00' }, { minutes: 20 }];
    expect(clocks(blocks)).toEqual(['11:00', '12:00', '12:45']);
    expect(placesOf(blocks, oslo)).toMatchObject({
      end: 125,
      clashes: [{ kind: 'gap', block: 1, minutes: 10 }],
    });
  });

  test('begins then when the talk before it runs on, which is said', () => {
    const blocks = [{ minutes: 75 }, { minutes: 45, fixedAt: '12:00' }];
    expect(clocks(blocks)).toEqual(['11:00', '12:00']);
    expect(placesOf(blocks, oslo).clashes).toEqual([{ kind: 'overlap', block: 1, minutes: 15 }]);
  });

  test('is no news when the talk ends at 12:00', () => {
    expect(placesOf([{ minutes: 60 }, { minutes: 45, fixedAt: '12:00' }], oslo).clashes).toEqual([]);
  });
});

test('an event ends with the block that ends last, also when a later one is over before', () => {
  expect(placesOf([{ minutes: 180 }, { minutes: 10, fixedAt: '12:00' }], oslo).end).toBe(180);
});

test('a start after midnight is on the next day', () => {
  const late = { start: '2026-12-10T22:00', timeZone: 'Europe/Oslo' };
  expect(placesOf([{ minutes: 120 }, { minutes: 30, fixedAt: '00:30' }], late).starts).toEqual([0, 150]);
});

test('on the night the clocks go back the hour that comes twice is the one nearest to the plan', () => {
  const night = { start: '2026-10-25T01:30', timeZone: 'Europe/Oslo' };
  expect(placesOf([{ minutes: 60 }, { minutes: 10, fixedAt: '02:30' }], night).starts[1]).toBe(60);
  expect(placesOf([{ minutes: 120 }, { minutes: 10, fixedAt: '02:30' }], night).starts[1]).toBe(120);
});

test('without a date blocks follow each other', () => {
  expect(placesOf([{ minutes: 10 }, { minutes: 5, fixedAt: '12:00' }])).toEqual({
    starts: [0, 10],
    end: 15,
    clashes: [],
  });
});

test('every fixed start is kept on the wall, and every other block begins as the one before it ends', () => {
  const anyBlock = fc.record({
    minutes: fc.integer({ min: 1, max: 90 }),
    fixedAt: fc.option(fc.constantFrom('09:15', '12:00', '17:30')),
  });
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 8 }), (blocks) => {
      const { starts } = placesOf(blocks, oslo);
      for (const [index, { fixedAt }] of blocks.entries()) {
        if (fixedAt) expect(clockAfter(oslo, starts[index]!)).toBe(fixedAt);
        else expect(starts[index]).toBe(index === 0 ? 0 : starts[index - 1]! + blocks[index - 1]!.minutes);
      }
    }),
  );
});
