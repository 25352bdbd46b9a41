import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDay,
  formatRange,
  formatShortDay,
  formatTimes,
  instantOf,
  isTimeZone,
  placeInZone,
  span,
  wallTimeOf,
  zoneLabel,
  zoneName,
} from '../../../src/domain/events/wall-time.ts';
import { english } from '../../support/words.ts';

// when an organiser types a time

function problemOf(wall: string, zone: string) {
  const placed = placeInZone(wall, zone);
  if (placed.ok) throw new Error(`${placed.at} was accepted`);
  const { kind, sentence, values } = placed.problem;
  return {
    kind,
    said: english.t(sentence, values.day ? { ...values, day: formatDay(values.day, 'en-GB') } : values),
  };
}

test('14:00 in Brussels is 13:00 in UTC before the clock change and 12:00 after it', () => {
  expect(instantOf('2027-03-26T14:00', 'Europe/Brussels').toString()).toBe('2027-03-26T13:00:00Z');
  expect(instantOf('2027-03-29T14:00', 'Europe/Brussels').toString()).toBe('2027-03-29T12:00:00Z');
});

test('an hour that the clocks skip is refused, with what to choose instead', () => {
  expect(problemOf('2027-03-28T02:30', 'Europe/Oslo')).toEqual({
    kind: 'gap',
    said: '02:30 does not exist on Sunday 28 March 2027 in Europe/Oslo: the clocks go forward. Choose 01:30 or 03:30, or another time.',
  });
  expect(placeInZone('2027-03-28T01:59', 'Europe/Oslo').ok).toBe(true);
  expect(placeInZone('2027-03-28T03:00', 'Europe/Oslo').ok).toBe(true);
});

test('an hour that comes twice is refused', () => {
  expect(problemOf('2027-10-31T02:30', 'Europe/Oslo')).toEqual({
    kind: 'twice',
    said: '02:30 comes twice on Sunday 31 October 2027 in Europe/Oslo: the clocks go back. Choose a time before or after that hour.',
  });
  expect(placeInZone('2027-10-31T03:00', 'Europe/Oslo').ok).toBe(true);
});

test('what is no time or no zone is refused', () => {
  for (const wall of [
    '',
    '16:00',
    '2026-12-10',
    '2026-12-10 16:00',
    '2026-02-30T10:00',
    '2026-12-10T24:00',
    '2026-12-10T16:00Z',
  ]) {
    expect(problemOf(wall, 'Europe/Oslo').kind).toBe('not-a-time');
  }
  for (const zone of ['', 'Oslo', 'Europe/Atlantis', '+02:00', 'Europe/Oslo\n', '../etc']) {
    expect(problemOf('2026-12-10T16:00', zone).kind).toBe('unknown-zone');
    expect(isTimeZone(zone)).toBe(false);
  }
});

test('a zone keeps its own spelling', () => {
  expect(['europe/oslo', 'US/Eastern', 'UTC'].map(zoneName)).toEqual(['Europe/Oslo', 'US/Eastern', 'UTC']);
  expect(() => zoneName('Europe/Atlantis')).toThrow(RangeError);
});

test('any accepted time is the time on the clock at its moment', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), zones, (minutes, zone) => {
      const wall = Temporal.PlainDateTime.from('2026-01-01T00:00')
        .add({ minutes })
        .toString({ smallestUnit: 'minute' });
      const placed = placeInZone(wall, zone);
      if (placed.ok) expect(wallTimeOf(placed.at.toInstant(), zone)).toBe(wall);
      else expect(['gap', 'twice']).toContain(placed.problem.kind);
    }),
    { numRuns: 500 },
  );
});

test('a length is counted in real minutes, also in the night of a clock change', () => {
  const { start, end } = span({ start: '2027-03-28T01:30', minutes: 60, timeZone: 'Europe/Oslo' });
  expect(end.epochMilliseconds - start.epochMilliseconds).toBe(3_600_000);
  expect(wallTimeOf(end.toInstant(), 'Europe/Oslo')).toBe('2027-03-28T03:30');
  for (const minutes of [0, -5, 1.5, Number.NaN]) {
    expect(() => span({ start: '2027-03-28T01:30', minutes, timeZone: 'Europe/Oslo' })).toThrow(RangeError);
  }
});

describe('how people read it', () => {
  const winter = { start: '2026-12-10T16:00', minutes: 135, timeZone: 'Europe/Oslo' };

  test('day, hours and zone', () => {
    expect(formatRange(winter, 'en-GB')).toBe('Thursday 10 December 2026, 16:00–18:15 (Europe/Oslo)');
    expect(formatTimes(winter, 'en-GB')).toBe('Thursday 10 December 2026, 16:00–18:15');
    expect(formatShortDay(winter.start, 'en-GB')).toBe('10 December');
    expect(zoneLabel('America/New_York')).toBe('America/New York');
  });

  test('both days where it ends on another one', () => {
    expect(formatTimes({ ...winter, start: '2026-12-31T22:00', minutes: 180 }, 'en-GB')).toBe(
      'Thursday 31 December 2026, 22:00 – Friday 1 January 2027, 01:00',
    );
  });

  test('in the reader’s language', () => {
    expect(formatDay('2026-12-10', 'nl')).toBe('donderdag 10 december 2026');
    expect(formatDay('2026-12-10', 'fr')).toBe('jeudi 10 décembre 2026');
  });
});
