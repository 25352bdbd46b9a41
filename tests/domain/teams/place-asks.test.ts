// People of the reserve list are asked on working days, and have two of them to answer.
import { expect, test } from 'vitest';
import { asksAt, canTakePlace, placeKeptUntil } from '../../../src/domain/teams/place-asks.ts';

const holiday = '2026-12-25';
const isWorkday = (day: Temporal.PlainDate) => day.dayOfWeek <= 5 && day.toString() !== holiday;
const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Oslo').toInstant();
const wall = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Europe/Oslo').toPlainDateTime().toString({ smallestUnit: 'minute' });
const asked = (when: string) => wall(asksAt(at(when), 'Europe/Oslo', isWorkday));
const kept = (when: string) => wall(placeKeptUntil(at(when), 'Europe/Oslo', isWorkday));

test('somebody is asked at once in working hours, else at eight on the next working day', () => {
  expect(asked('2026-12-09T11:20')).toBe('2026-12-09T11:20');
  expect(asked('2026-12-09T06:00')).toBe('2026-12-09T08:00');
  expect(asked('2026-12-09T19:00')).toBe('2026-12-10T08:00');
  expect(asked('2026-12-11T18:00')).toBe('2026-12-14T08:00');
  expect(asked('2026-12-12T11:00')).toBe('2026-12-14T08:00');
  expect(asked('2026-12-24T19:00')).toBe('2026-12-28T08:00');
});

test('a place is kept for two working days after that, to the evening', () => {
  expect(kept('2026-12-09T11:20')).toBe('2026-12-11T18:00');
  expect(kept('2026-12-10T11:20')).toBe('2026-12-14T18:00');
  // Christmas Day and the weekend do not count.
  expect(kept('2026-12-23T11:20')).toBe('2026-12-28T18:00');
  expect(kept('2026-03-27T11:20')).toBe('2026-03-31T18:00');
});

test('a place can be taken until its time is over, and only while its person is asked', () => {
  const answerBy = at('2026-12-11T18:00');
  expect(canTakePlace({ state: 'asked', answerBy }, at('2026-12-11T17:59'))).toBe(true);
  expect(canTakePlace({ state: 'asked', answerBy }, answerBy)).toBe(false);
  expect(canTakePlace({ state: 'no', answerBy }, at('2026-12-10T12:00'))).toBe(false);
});
