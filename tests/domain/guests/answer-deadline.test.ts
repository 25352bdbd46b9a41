import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answersCloseAt,
  isLate,
  isTooLateForYes,
  keptUntil,
} from '../../../src/domain/guests/answer-deadline.ts';

const at = (text: string) => Temporal.Instant.from(text);
const oslo = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo', answerBy: '2026-12-03' };
const early = { invitedAt: at('2026-11-09T08:00:00Z'), seatKeptUntil: null };

describe('answers close', () => {
  test('with the end of the day, where the event is', () => {
    expect(answersCloseAt(oslo).toString()).toBe('2026-12-03T23:00:00Z');
    expect(answersCloseAt({ ...oslo, timeZone: 'America/New_York' }).toString()).toBe('2026-12-04T05:00:00Z');
  });

  test('when the event begins, where no day was set or that day is its own', () => {
    expect(answersCloseAt({ ...oslo, answerBy: null }).toString()).toBe('2026-12-10T15:00:00Z');
    expect(answersCloseAt({ ...oslo, answerBy: '2026-12-10' }).toString()).toBe('2026-12-10T15:00:00Z');
  });

  test('on a day of 25 hours with its last hour', () => {
    const autumn = { startsAt: '2027-11-04T16:00', timeZone: 'Europe/Oslo', answerBy: '2027-10-31' };
    expect(answersCloseAt(autumn).toString()).toBe('2027-10-31T23:00:00Z');
  });
});

describe('a yes comes too late', () => {
  test('from the first moment after the day to answer by', () => {
    expect(isTooLateForYes(oslo, early, at('2026-12-03T22:59:59Z'))).toBe(false);
    expect(isTooLateForYes(oslo, early, at('2026-12-03T23:00:00Z'))).toBe(true);
  });

  test('never for whoever was invited after it, or has a seat kept', () => {
    const now = at('2026-12-05T10:00:00Z');
    expect(isTooLateForYes(oslo, early, now)).toBe(true);
    expect(isTooLateForYes(oslo, { ...early, invitedAt: at('2026-12-04T09:00:00Z') }, now)).toBe(false);
    expect(isTooLateForYes(oslo, { ...early, seatKeptUntil: at('2026-12-06T00:00:00Z') }, now)).toBe(false);
  });

  test('never where there is no day to answer by', () => {
    expect(isTooLateForYes({ ...oslo, answerBy: null }, early, at('2026-12-10T14:59:00Z'))).toBe(false);
  });
});

test('a seat given back is late within 48 hours of the beginning, and not a minute before', () => {
  expect(isLate(oslo, at('2026-12-08T15:00:00Z'))).toBe(false);
  expect(isLate(oslo, at('2026-12-08T15:00:01Z'))).toBe(true);
});

test('48 hours are hours, also over the night in which a clock changes', () => {
  const event = { startsAt: '2027-03-28T12:00', timeZone: 'Europe/Oslo' };
  expect(isLate(event, at('2027-03-26T10:00:00Z'))).toBe(false);
  expect(isLate(event, at('2027-03-26T10:00:01Z'))).toBe(true);
});

test('a seat is kept for a substitute for two days, to an hour that does not tell the minute, and never beyond the beginning', () => {
  for (const minute of ['07:01', '08:37', '11:00'])
    expect(keptUntil(oslo, at(`2026-12-01T${minute}:00Z`)).toString()).toBe('2026-12-03T11:00:00Z');
  expect(keptUntil(oslo, at('2026-12-01T19:00:01Z')).toString()).toBe('2026-12-04T07:00:00Z');
  expect(keptUntil(oslo, at('2026-12-09T09:00:00Z')).toString()).toBe('2026-12-10T15:00:00Z');
});

test('in whatever zone, a yes is in time on each day up to the last, and on none after it', () => {
  const zones = fc.constantFrom('Europe/Oslo', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia');
  fc.assert(
    fc.property(
      zones,
      fc.integer({ min: -20, max: 6 }),
      fc.integer({ min: 0, max: 1439 }),
      (timeZone, days, minute) => {
        const event = { ...oslo, timeZone };
        const day = Temporal.PlainDate.from(oslo.answerBy).add({ days });
        const now = day.toZonedDateTime({
          timeZone,
          plainTime: new Temporal.PlainTime(Math.floor(minute / 60), minute % 60),
        });
        return isTooLateForYes(event, { ...early, invitedAt: null }, now.toInstant()) === days > 0;
      },
    ),
  );
});
