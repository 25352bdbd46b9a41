import { describe, expect, test } from 'vitest';
import {
  absenceOf,
  expectedEvening,
  isExpected,
  proposedTables,
} from '../../../src/domain/tables/attendance.ts';

describe('how likely somebody does not come', () => {
  test('hosts nearly always come, a yes nine times in ten, and who is not sure may well stay away', () => {
    expect(absenceOf({ state: 'coming', hosts: true })).toBe(0.05);
    expect(absenceOf({ state: 'coming', hosts: false })).toBe(0.1);
    expect(absenceOf({ state: 'maybe', hosts: true })).toBe(0.45);
  });

  test('from five events on their own record counts, and never says that somebody is sure to come or stay away', () => {
    expect(absenceOf({ state: 'coming', hosts: false }, { yeses: 4, missed: 4 })).toBe(0.1);
    expect(absenceOf({ state: 'coming', hosts: false }, { yeses: 5, missed: 3 })).toBeCloseTo(3.1 / 6);
    expect(absenceOf({ state: 'coming', hosts: false }, { yeses: 9, missed: 0 })).toBeCloseTo(0.01);
    expect(absenceOf({ state: 'coming', hosts: false }, { yeses: 50, missed: 50 })).toBe(0.9);
    expect(absenceOf({ state: 'maybe', hosts: false }, { yeses: 9, missed: 0 })).toBe(0.45);
  });
});

test('people who come, who are not sure, and whose no can still be taken back have a seat', () => {
  const states = ['invited', 'coming', 'waiting', 'maybe', 'declined', 'uninvited'];
  expect(states.filter((state) => isExpected({ state, seatKeptUntil: null }))).toEqual(['coming', 'maybe']);
  expect(isExpected({ state: 'declined', seatKeptUntil: 1 })).toBe(true);
});

describe('the evening to be expected', () => {
  test('of 34 who said yes 31 come, between 28 and 33 nine evenings in ten', () => {
    expect(expectedEvening(Array.from({ length: 34 }, () => ({ absence: 0.1 })))).toEqual({
      mean: 31,
      low: 28,
      high: 33,
    });
  });

  test('two people with even odds: both in one evening of four, so nine in ten have none to two', () => {
    expect(expectedEvening([{ absence: 0.5 }, { absence: 0.5 }])).toEqual({ mean: 1, low: 0, high: 2 });
    expect(expectedEvening([])).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('there are as many tables as topics where teams have them, else tables of six or seven', () => {
    const evening = { mean: 31, low: 28, high: 33 };
    expect(proposedTables([{ hosted: true }, { hosted: false }], evening)).toBe(2);
    expect(proposedTables([{ hosted: false }], evening)).toBe(5);
    expect(proposedTables([], { mean: 0, low: 0, high: 0 })).toBe(1);
  });
});
