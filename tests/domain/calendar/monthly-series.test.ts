import { describe, expect, test } from 'vitest';
import { everyMeeting, type MonthlyDay, meetingsOf } from '../../../src/domain/calendar/monthly-series.ts';

const series = (start: string, on: MonthlyDay, times: number, leftOut: string[] = []) => ({
  start,
  on,
  times,
  leftOut,
});

describe('a meeting that comes back every month', () => {
  test('on the first Tuesday, at the same hour on the wall', () => {
    expect(meetingsOf(series('2027-02-02T14:00', { weekday: 2, nth: 1 }, 4))).toEqual([
      '2027-02-02T14:00',
      '2027-03-02T14:00',
      '2027-04-06T14:00',
      '2027-05-04T14:00',
    ]);
  });

  test('on the last Friday, whether the month has four or five', () => {
    expect(meetingsOf(series('2027-01-29T09:30', { weekday: 5, nth: -1 }, 3))).toEqual([
      '2027-01-29T09:30',
      '2027-02-26T09:30',
      '2027-03-26T09:30',
    ]);
  });

  test('on the last day, over the turn of the year and a leap day', () => {
    expect(meetingsOf(series('2027-12-31T17:00', { day: -1 }, 3))).toEqual([
      '2027-12-31T17:00',
      '2028-01-31T17:00',
      '2028-02-29T17:00',
    ]);
  });

  test('without the one that is left out', () => {
    const may = series('2027-04-12T10:00', { day: 12 }, 3, ['2027-05-12T10:00']);
    expect(everyMeeting(may)).toHaveLength(3);
    expect(meetingsOf(may)).toEqual(['2027-04-12T10:00', '2027-06-12T10:00']);
  });

  test('B10: a first meeting on another day, a fifth weekday, a 29th, one time or hundreds, and a stranger left out are refused', () => {
    const tuesday = { weekday: 2, nth: 1 } as const;
    const strange = [
      series('2027-02-03T14:00', tuesday, 3),
      series('2027-03-30T14:00', { weekday: 2, nth: 5 as 4 }, 3),
      series('2027-03-29T14:00', { day: 29 }, 3),
      series('2027-03-29T14:00', { day: 0 }, 3),
      series('2027-02-02T14:00', { weekday: 8, nth: 1 }, 3),
      series('2027-02-02T14:00', tuesday, 1),
      series('2027-02-02T14:00', tuesday, 61),
      series('2027-02-02T14:00', tuesday, 2.5),
      series('2027-02-02T14:00', tuesday, 3, ['2027-02-09T14:00']),
    ];
    for (const one of strange) expect(() => meetingsOf(one)).toThrow(RangeError);
    expect(meetingsOf(series('2027-02-02T14:00', tuesday, 2))).toHaveLength(2);
  });
});
