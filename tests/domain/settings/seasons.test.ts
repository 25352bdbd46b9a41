import { expect, test } from 'vitest';
import {
  endDay,
  isReadOnly,
  isTaken,
  lastDayOfVoting,
  proposeNext,
} from '../../../src/domain/settings/seasons.ts';

test.each([
  ['Reverse mentoring 2026–2027', 'Reverse mentoring 2027–2028'],
  ['Reverse mentoring 2026/27', 'Reverse mentoring 2027/28'],
  ['Spring 2027', 'Spring 2028'],
  ['2099-00 round', '2100-01 round'],
  ['Season', 'Season 2'],
  ['Season 9', 'Season 10'],
  ['Room 20267', 'Room 20267 2'],
  ['🌱', '🌱 2'],
])('after “%s” comes “%s”', (name, next) => {
  expect(proposeNext({ name, startsOn: null, endsOn: null })).toEqual({
    name: next,
    startsOn: null,
    endsOn: null,
  });
});

test('a season that begins on a Monday is followed by one that does', () => {
  const { startsOn, endsOn } = proposeNext({ name: 'A', startsOn: '2026-08-17', endsOn: '2027-06-30' });
  expect([startsOn, endsOn]).toEqual(['2027-08-16', '2028-06-30']);
  expect(Temporal.PlainDate.from(startsOn!).dayOfWeek).toBe(1);
  expect(proposeNext({ name: 'A', startsOn: null, endsOn: '2028-02-29' }).endsOn).toBe('2029-02-28');
});

test('a season is read only from the moment the next one starts', () => {
  expect(isReadOnly({ endedAt: null })).toBe(false);
  expect(isReadOnly({ endedAt: Temporal.Instant.from('2027-06-30T10:00:00Z') })).toBe(true);
});

test('two seasons cannot have one name, whatever its capitals and spaces', () => {
  expect(isTaken(' reverse  MENTORING ', [{ name: 'Reverse mentoring' }])).toBe(true);
  expect(isTaken('Reverse mentoring 2', [{ name: 'Reverse mentoring' }])).toBe(false);
});

test('a season that was ended early ends on that day in its zone, and its voting is never said to close later', () => {
  const early = {
    endsOn: '2027-06-30',
    endedAt: Temporal.Instant.from('2026-11-30T23:30:00Z'),
    timeZone: 'Europe/Oslo',
  };
  expect(endDay(early)).toBe('2026-12-01');
  expect(endDay({ ...early, endedAt: Temporal.Instant.from('2027-08-01T10:00:00Z') })).toBe('2027-06-30');
  expect(lastDayOfVoting({ ...early, votingClosesOn: '2026-12-11' })).toBe('2026-12-01');
  expect(lastDayOfVoting({ ...early, votingClosesOn: '2026-10-01' })).toBe('2026-10-01');
  expect(lastDayOfVoting({ ...early, votingClosesOn: null })).toBe('2026-12-01');
  expect(lastDayOfVoting({ ...early, endedAt: null, votingClosesOn: '2026-12-11' })).toBe('2026-12-11');
});
