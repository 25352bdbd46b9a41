import { describe, expect, test } from 'vitest';
import {
  acceptedLanguages,
  likelyZone,
  offsetLabel,
  zoneGroups,
} from '../../../src/domain/events/time-zones.ts';
import { isTimeZone } from '../../../src/domain/events/wall-time.ts';

const winter = Temporal.Instant.from('2026-11-09T08:00:00Z');
const summer = Temporal.Instant.from('2026-07-09T08:00:00Z');

describe('the list of time zones', () => {
  const groups = zoneGroups(winter);
  const all = groups.flatMap((group) => group.zones);

  test('has every zone once, and each of them can be used', () => {
    expect(all.length).toBeGreaterThan(400);
    expect(new Set(all.map((zone) => zone.id)).size).toBe(all.length);
    expect(all.filter((zone) => !isTimeZone(zone.id))).toEqual([]);
  });

  test('is by continent, then by city as people read it', () => {
    expect(groups.map((group) => group.name)).toEqual([
      'Africa',
      'America',
      'Antarctica',
      'Arctic',
      'Asia',
      'Atlantic',
      'Australia',
      'Europe',
      'Indian',
      'Pacific',
      'UTC',
    ]);
    expect(all.find((zone) => zone.id === 'Europe/Oslo')?.label).toBe('Oslo (UTC+1)');
    expect(all.find((zone) => zone.id === 'America/New_York')?.label).toBe('New York (UTC−5)');
    expect(all.find((zone) => zone.id === 'America/Indiana/Vevay')?.label).toBe('Vevay, Indiana (UTC−5)');
  });

  test('knows cities by their names of today', () => {
    expect(all.find((zone) => zone.label.startsWith('Kyiv'))).toEqual({
      id: 'Europe/Kyiv',
      also: 'Europe/Kiev',
      label: 'Kyiv (UTC+2)',
    });
    expect(all.find((zone) => zone.label.startsWith('Kolkata'))?.label).toBe('Kolkata (UTC+5:30)');
  });

  test('shows the clock as it stands at that moment', () => {
    expect(offsetLabel('Europe/Oslo', winter)).toBe('UTC+1');
    expect(offsetLabel('Europe/Oslo', summer)).toBe('UTC+2');
    expect(offsetLabel('America/St_Johns', winter)).toBe('UTC−3:30');
    expect(offsetLabel('UTC', winter)).toBe('UTC+0');
  });
});

describe('the zone that is offered first', () => {
  test('is the computer’s own', () => {
    expect(likelyZone('Europe/Oslo', ['nl-BE'])).toBe('Europe/Oslo');
    expect(likelyZone('Asia/Calcutta', [])).toBe('Asia/Kolkata');
  });

  test('is that of the reader’s country where the computer only knows UTC', () => {
    expect(likelyZone('UTC', ['en', 'nl-BE'])).toBe('Europe/Brussels');
    expect(likelyZone('Etc/UTC', ['de-DE'])).toBe('Europe/Berlin');
  });

  test('is not guessed for a country of many clocks', () => {
    expect(likelyZone('UTC', ['en-US', 'en'])).toBe('UTC');
  });

  test('languages come with weights, and nonsense is left out', () => {
    expect(acceptedLanguages('en;q=0.5, nl-BE, fr;q=0, *;q=0.1, %%%')).toEqual(['nl-BE', 'en']);
    expect(acceptedLanguages('')).toEqual([]);
  });
});
