import { describe, expect, test } from 'vitest';
import { isPast, proposedDeadline, savedDeadline } from '../../../src/domain/events/deadlines.ts';

const week = { day: '2026-12-03', days: 7 };

describe('a deadline of seven days before the event', () => {
  test('follows the date while nobody has typed one', () => {
    expect(savedDeadline(week, '2026-12-03', '2026-12-17T16:00')).toEqual({ day: '2026-12-10', days: 7 });
  });

  test('stands where it was typed, or taken away, and no longer follows', () => {
    const typed = savedDeadline(week, '2026-12-05', '2026-12-17T16:00');
    expect(typed).toEqual({ day: '2026-12-05', days: null });
    expect(savedDeadline(typed, '2026-12-05', '2026-12-24T16:00')).toEqual(typed);
    expect(savedDeadline(week, null, '2026-12-17T16:00')).toEqual({ day: null, days: null });
  });
});

describe('a deadline that has passed', () => {
  const event = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo' };
  const at = (text: string) => Temporal.Instant.from(text);

  test('is known by the event’s own calendar, and not on the day itself', () => {
    expect(isPast('2026-12-03', 'Europe/Oslo', at('2026-12-03T22:59:00Z'))).toBe(false);
    expect(isPast('2026-12-03', 'Europe/Oslo', at('2026-12-03T23:00:00Z'))).toBe(true);
    expect(isPast(null, 'Europe/Oslo', at('2026-12-03T23:00:00Z'))).toBe(false);
  });

  test.each([
    ['2026-11-20T08:00:00Z', '2026-12-03'],
    ['2026-12-04T08:00:00Z', '2026-12-07'],
    ['2026-12-10T08:00:00Z', '2026-12-10'],
  ])('at %s is better set to %s', (now, day) => expect(proposedDeadline(event, 7, at(now))).toBe(day));
});
