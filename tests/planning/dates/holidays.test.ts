import { expect, test } from 'vitest';
import { publicHolidayOn } from '../../../src/planning/dates/holidays.ts';

test('a public holiday is known by the country of the time zone', async () => {
  expect(await publicHolidayOn('2026-05-17', 'Europe/Oslo')).toBe('Constitution Day');
  expect(await publicHolidayOn('2026-05-17', 'Europe/Berlin')).toBe('');
  expect(await publicHolidayOn('2027-05-18', 'Europe/Oslo')).toBe('');
  expect(await publicHolidayOn('2026-07-21', 'Europe/Brussels')).not.toBe('');
  expect(await publicHolidayOn('2026-11-26', 'America/New_York')).not.toBe('');
});

test('where no country is known there is none', async () => {
  expect(await publicHolidayOn('2027-01-01', 'UTC')).toBe('');
});
