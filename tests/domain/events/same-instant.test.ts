import { expect, test } from 'vitest';
import { consequenceOf } from '../../../src/domain/events/changes.ts';

test('F6: the same instant in another zone is no change of time, another instant at the same wall time is', () => {
  const oslo = {
    startsAt: '2026-12-10T16:00',
    minutes: 90,
    timeZone: 'Europe/Oslo',
    place: 'The Atrium',
    joinUrl: '',
  };
  expect(consequenceOf(oslo, { ...oslo, timeZone: 'Europe/Brussels' }).moved).toBe(false);
  const london = { ...oslo, startsAt: '2026-12-10T15:00', timeZone: 'Europe/London' };
  expect(consequenceOf(oslo, london).moved).toBe(false);
  expect(consequenceOf(oslo, { ...oslo, timeZone: 'Europe/London' }).moved).toBe(true);
});
