import { expect, test } from 'vitest';
import { daysToDraft, draftsUntil } from '../../../src/domain/events/drafts.ts';

const now = Temporal.Instant.from('2026-11-09T23:30:00Z');

test('a draft is near from three weeks before its date, on the calendar of its zone', () => {
  // In Oslo it is the 10th already.
  expect(daysToDraft({ startsAt: '2026-12-01T16:00', timeZone: 'Europe/Oslo' }, now)).toBe(21);
  expect(daysToDraft({ startsAt: '2026-12-01T16:00', timeZone: 'UTC' }, now)).toBeNull();
  expect(daysToDraft({ startsAt: '2026-11-10T16:00', timeZone: 'Europe/Oslo' }, now)).toBe(0);
});

test('a draft whose date has passed is counted below zero', () => {
  expect(daysToDraft({ startsAt: '2026-11-01T16:00', timeZone: 'Europe/Oslo' }, now)).toBe(-9);
});

test('no near draft is left out by the first look, whatever its zone', () => {
  for (const timeZone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/Oslo']) {
    const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
    const startsAt = `${today.add({ days: 21 })}T23:59`;
    expect(daysToDraft({ startsAt, timeZone }, now)).toBe(21);
    expect(startsAt.slice(0, 10) <= draftsUntil(now)).toBe(true);
  }
});
