// Hours at which members can meet, each on their own clock.
import { expect, test } from 'vitest';
import { sharedHours } from '../../../src/actions/teams/shared-hours.ts';
import {
  canMeet,
  hourNumber,
  hoursAmong,
  meetingSlots,
  stretchesOf,
} from '../../../src/domain/teams/hours.ts';

const isWorkday = (day: Temporal.PlainDate) => day.dayOfWeek <= 5;
const at = (wall: string, zone = 'Europe/Oslo') =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant();
const wall = (instant: Temporal.Instant, zone = 'Europe/Oslo') =>
  instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
const now = at('2026-12-07T12:00');
const member = (personId: number, hours: number[], timeZone = 'Europe/Oslo') => ({
  personId,
  hours,
  timeZone,
});
const tuesday = (...hours: number[]) => hours.map((hour) => hourNumber(1, hour));

test('only hours of the grid count, each once', () => {
  expect(hoursAmong([33, 33, 9, 3, 500, -1])).toEqual([9, 33]);
});

test('somebody can meet while every hour that is touched is one of theirs', () => {
  const ada = member(1, tuesday(9, 10));
  expect(canMeet(ada, at('2026-12-08T09:00'), 60)).toBe(true);
  expect(canMeet(ada, at('2026-12-08T09:30'), 90)).toBe(true);
  expect(canMeet(ada, at('2026-12-08T10:30'), 60)).toBe(false);
  expect(canMeet(ada, at('2026-12-09T09:00'), 60)).toBe(false);
});

test('hours are those of each one’s own clock: nine in Oslo is half past one in Kolkata', () => {
  const team = [member(1, tuesday(9, 10, 11)), member(2, tuesday(13, 14), 'Asia/Kolkata')];
  const when = { now, timeZone: 'Europe/Oslo', minutes: 60 };
  const starts = meetingSlots(team, when, isWorkday).map(({ start }) => wall(start));
  expect(starts).toEqual(['2026-12-08T09:00', '2026-12-15T09:00']);
});

test('the hours are right on both sides of a change of the clocks', () => {
  const team = [member(1, tuesday(9)), member(2, tuesday(9, 10), 'America/New_York')];
  // New York changes on 14 March 2027, Oslo two weeks later: for two weeks they are five hours apart, not six.
  const in14 = { now: at('2027-03-05T12:00'), timeZone: 'America/New_York', minutes: 60 };
  expect(meetingSlots(team, in14, isWorkday)).toEqual([]);
  const overlapping = [member(1, tuesday(15)), member(2, tuesday(10), 'America/New_York')];
  const starts = meetingSlots(overlapping, in14, isWorkday).map(({ start }) => wall(start));
  expect(starts).toEqual(['2027-03-16T15:00']);
});

test('the planner of dates finds what everyone shares, and else the first moment at which most can', async () => {
  const when = { now, timeZone: 'Europe/Oslo', minutes: 60 };
  const three = [member(1, tuesday(9, 10, 14)), member(2, tuesday(9, 10)), member(3, tuesday(9, 10, 14))];
  const found = await sharedHours(three, when, isWorkday);
  expect(found.shared.map(({ start, end }) => [wall(start), wall(end)])).toEqual([
    ['2026-12-08T09:00', '2026-12-08T11:00'],
    ['2026-12-15T09:00', '2026-12-15T11:00'],
  ]);
  expect(wall(found.best!.start)).toBe('2026-12-08T09:00');
  const apart = [member(1, tuesday(14)), member(2, tuesday(9)), member(3, tuesday(14))];
  const most = await sharedHours(apart, when, isWorkday);
  expect([most.shared, wall(most.best!.start), most.best!.personIds]).toEqual([
    [],
    '2026-12-08T14:00',
    [1, 3],
  ]);
  expect(await sharedHours([member(1, tuesday(9)), member(2, tuesday(10))], when, isWorkday)).toEqual({
    shared: [],
    best: null,
  });
});

test('slots that follow each other are one stretch, and a day’s end ends it', () => {
  const starts = [at('2026-12-08T09:00'), at('2026-12-08T10:00'), at('2026-12-08T14:00')];
  expect(stretchesOf(starts).map(({ start, end }) => [wall(start), wall(end)])).toEqual([
    ['2026-12-08T09:00', '2026-12-08T11:00'],
    ['2026-12-08T14:00', '2026-12-08T15:00'],
  ]);
});
