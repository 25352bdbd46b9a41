import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Block,
  blockKinds,
  lengthInWords,
  runOfShow,
} from '../../../src/domain/run-of-show/run-of-show.ts';

const evening: Block[] = [
  { kind: 'gather', title: 'Arrive', minutes: 10 },
  { kind: 'frame', title: 'Welcome', minutes: 5 },
  { kind: 'talk', title: 'Round 1', minutes: 25 },
  { kind: 'move', title: 'Move', minutes: 5 },
  { kind: 'talk', title: 'Round 2', minutes: 25 },
  { kind: 'move', title: 'Move', minutes: 5 },
  { kind: 'talk', title: 'Round 3', minutes: 25 },
  { kind: 'harvest', title: 'Harvest', minutes: 20 },
  { kind: 'gather', title: 'Drinks', minutes: 15 },
];
const oslo = { start: '2026-12-10T16:00', timeZone: 'Europe/Oslo' };

describe('an evening with a date', () => {
  const show = runOfShow(evening, oslo);

  test('tells Margareta when each round begins', () => {
    expect(show.blocks.map((block) => `${block.at} ${block.title}`)).toEqual([
      '16:00 Arrive',
      '16:10 Welcome',
      '16:15 Round 1',
      '16:40 Move',
      '16:45 Round 2',
      '17:10 Move',
      '17:15 Round 3',
      '17:40 Harvest',
      '18:00 Drinks',
    ]);
  });

  test('says when it is over and how long it takes', () => {
    expect([show.starts, show.ends, show.minutes, show.length]).toEqual([
      '16:00',
      '18:15',
      135,
      '2 h 15 min',
    ]);
  });

  test('is labelled every three quarters of an hour', () => {
    expect(show.ticks.map((tick) => tick.label)).toEqual(['16:00', '16:45', '17:30', '18:15']);
  });

  test('keeps the number of a round for where its name has no room', () => {
    expect(show.blocks.map((block) => block.short)).toEqual([
      undefined,
      undefined,
      '1',
      undefined,
      '2',
      undefined,
      '3',
      undefined,
      undefined,
    ]);
  });
});

describe('a format without a date', () => {
  test('counts from nought', () => {
    const show = runOfShow(evening);
    expect(show.ticks.map((tick) => tick.label)).toEqual(['0', '45 min', '1 h 30', '2 h 15']);
    expect([show.starts, show.ends, show.blocks[2]?.at, show.blocks[2]?.after]).toEqual([
      undefined,
      undefined,
      undefined,
      15,
    ]);
  });

  test('of one hour is labelled each half hour', () => {
    const show = runOfShow([{ kind: 'talk', title: 'Topic', minutes: 60 }]);
    expect(show.ticks.map((tick) => tick.label)).toEqual(['0', '30 min', '1 h']);
  });

  test('of an odd length is labelled at both ends', () => {
    const show = runOfShow([{ kind: 'talk', title: 'Talk', minutes: 50 }]);
    expect(show.ticks).toEqual([
      { after: 0, label: '0' },
      { after: 50, label: '50 min' },
    ]);
  });

  test('with nothing in it takes no time', () => {
    expect(runOfShow([])).toEqual({ blocks: [], minutes: 0, length: '0 min', ticks: [] });
  });
});

describe('where the clocks change', () => {
  const night: Block[] = [
    { kind: 'talk', title: 'Before', minutes: 60 },
    { kind: 'talk', title: 'After', minutes: 60 },
  ];

  test('a night in spring seems to jump over an hour', () => {
    const show = runOfShow(night, { start: '2027-03-28T01:30', timeZone: 'Europe/Oslo' });
    expect([show.blocks.map((block) => block.at), show.ends, show.minutes]).toEqual([
      ['01:30', '03:30'],
      '04:30',
      120,
    ]);
  });

  test('a night in autumn comes by the same hour twice', () => {
    const show = runOfShow(night, { start: '2026-10-25T01:30', timeZone: 'Europe/Oslo' });
    expect([show.blocks.map((block) => block.at), show.ends]).toEqual([['01:30', '02:30'], '02:30']);
  });

  test('the same evening has the same wall times wherever no clock changes', () => {
    const show = runOfShow(evening, { start: '2026-10-25T16:00', timeZone: 'Asia/Singapore' });
    expect(show.ends).toBe('18:15');
  });
});

test('a block of a kind nobody knows any more is drawn as a frame', () => {
  expect(runOfShow([{ kind: 'fireworks', title: 'Surprise', minutes: 5 }]).blocks[0]?.kind).toBe('frame');
});

test.each([
  [5, '5 min'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [135, '2 h 15 min'],
  [1440, '24 h'],
])('%i minutes are said as %s', (minutes, words) => {
  expect(lengthInWords(minutes)).toBe(words);
});

test('blocks follow each other without a gap, and the last label is the end', () => {
  const block = fc.record({
    kind: fc.constantFrom(...blockKinds),
    title: fc.string(),
    minutes: fc.integer({ min: 1, max: 240 }),
  });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 30 }), (blocks) => {
      const show = runOfShow(blocks);
      show.blocks.forEach((each, index) => {
        const next = show.blocks[index + 1]?.after ?? show.minutes;
        expect(each.after + each.minutes).toBe(next);
      });
      expect([show.ticks[0]?.after, show.ticks.at(-1)?.after]).toEqual([0, show.minutes]);
      const apart = new Set(show.ticks.slice(1).map((tick, index) => tick.after - show.ticks[index]!.after));
      expect(apart.size).toBe(1);
    }),
  );
});
