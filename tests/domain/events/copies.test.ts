import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysUntilEvent, proposedDay } from '../../../src/domain/events/copies.ts';
import { placeInZone } from '../../../src/domain/events/wall-time.ts';

const at = (moment: string) => Temporal.Instant.from(moment);
const oslo = (startsAt: string) => ({ startsAt, timeZone: 'Europe/Oslo' });

describe('the day proposed for a copy', () => {
  test('is the same weekday, four weeks or more after today where the event was held', () => {
    // Thursday 29 October; today is Monday 30 November.
    expect(proposedDay(oslo('2026-10-29T16:00'), at('2026-11-30T08:00:00Z'))).toBe('2026-12-31');
  });

  test('is four weeks after the event where that is still ahead', () => {
    expect(proposedDay(oslo('2026-12-10T16:00'), at('2026-11-30T08:00:00Z'))).toBe('2027-01-07');
  });

  test('counts today on the wall clock of the event', () => {
    // In Auckland it is Tuesday 1 December already, so a Tuesday four weeks on is the 29th.
    const event = { startsAt: '2026-11-03T10:00', timeZone: 'Pacific/Auckland' };
    expect(proposedDay(event, at('2026-11-30T12:00:00Z'))).toBe('2026-12-29');
  });

  test('passes over a night on which the clocks skip its hour', () => {
    // Four weeks after Sunday 28 February 2027 is 28 March, when 02:30 does not exist in Oslo.
    expect(proposedDay(oslo('2027-02-28T02:30'), at('2027-01-01T08:00:00Z'))).toBe('2027-04-04');
  });

  test('is always a day to come, of the same weekday, at an hour that exists once', () => {
    const days = fc.integer({ min: -900, max: 900 });
    const zones = fc.constantFrom('Europe/Oslo', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo');
    const hours = fc.constantFrom('00:00', '01:30', '02:15', '16:00');
    fc.assert(
      fc.property(days, zones, hours, (ago, timeZone, hour) => {
        const now = at('2026-11-30T08:00:00Z');
        const was = Temporal.PlainDate.from('2026-11-30').add({ days: ago });
        const day = Temporal.PlainDate.from(proposedDay({ startsAt: `${was}T${hour}`, timeZone }, now));
        const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
        expect(day.dayOfWeek).toBe(was.dayOfWeek);
        expect(today.until(day).days).toBeGreaterThanOrEqual(28);
        expect(was.until(day).days).toBeGreaterThanOrEqual(28);
        expect(placeInZone(`${day}T${hour}`, timeZone).ok).toBe(true);
      }),
    );
  });
});

test('a deadline is so many days before its event, or there is none', () => {
  expect(daysUntilEvent('2026-12-03', '2026-12-10T16:00')).toBe(7);
  expect(daysUntilEvent('2026-12-10', '2026-12-10T16:00')).toBe(0);
  expect(daysUntilEvent(null, '2026-12-10T16:00')).toBeNull();
});
