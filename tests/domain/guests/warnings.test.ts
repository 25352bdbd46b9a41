import { expect, test } from 'vitest';
import { overlap } from '../../../src/domain/events/times.ts';
import { type PlanToCheck, warningsOf } from '../../../src/domain/guests/warnings.ts';

const now = Temporal.Instant.from('2026-11-09T08:00:00Z');
const plan: PlanToCheck = {
  startsAt: '2026-12-10T16:00',
  timeZone: 'Europe/Oslo',
  seats: { senior: 22, talent: 12 },
  quorum: { senior: 8, talent: 4 },
  invited: { senior: 30, talent: 12 },
  wanted: { senior: 8, talent: 4 },
  tables: [{ number: 1, hosts: [{ id: 1, name: 'Amina' }] }],
  elsewhere: [],
};
const warned = (change: Partial<PlanToCheck>) => warningsOf({ ...plan, ...change }, now);
const seats = { senior: 1, talent: 12 };

test('an ordinary plan has nothing to warn of, with some more invited than seats too', () => {
  expect(warned({})).toEqual([]);
});

test.each<[string, Partial<PlanToCheck>, object]>([
  [
    'five invited for one seat',
    { seats, invited: { senior: 5, talent: 12 }, quorum: { senior: 0, talent: 0 } },
    { kind: 'few-seats', side: 'senior', invited: 5, seats: 1 },
  ],
  ['a side without seats', { seats: { senior: 22, talent: 0 } }, { kind: 'no-seats', side: 'talent' }],
  [
    'a quorum that those invited cannot meet',
    { invited: { senior: 7, talent: 12 } },
    { kind: 'quorum', side: 'senior', least: 8, invited: 7 },
  ],
  [
    'a host at two tables at the same time',
    { tables: [1, 2].map((number) => ({ number, hosts: [{ id: 1, name: 'Amina' }] })) },
    { kind: 'two-tables', name: 'Amina', tables: [1, 2] },
  ],
  [
    'somebody who is coming to another event then',
    { elsewhere: ['Ada', 'Bo', 'Cy'].map((name) => ({ name, event: 'Lunch' })) },
    { kind: 'elsewhere', name: 'Ada', event: 'Lunch', others: 2 },
  ],
  ['a start at 03:30', { startsAt: '2026-12-10T03:30' }, { kind: 'odd-hour', time: '03:30' }],
  [
    'a public holiday',
    { holiday: 'Constitution Day' },
    { kind: 'holiday', day: '2026-12-10', name: 'Constitution Day' },
  ],
  ['a Sunday', { startsAt: '2026-12-13T16:00' }, { kind: 'weekend', day: '2026-12-13' }],
  ['two days’ notice', { startsAt: '2026-11-11T16:00' }, { kind: 'short-notice', days: 2 }],
])('%s is warned of', (_, change, warning) => expect(warned(change)).toEqual([warning]));

test('three days’ notice are enough', () => expect(warned({ startsAt: '2026-11-12T16:00' })).toEqual([]));

test('events overlap by their instants, and not where one ends as the other begins', () => {
  const event = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo', minutes: 60 };
  expect(overlap(event, { ...event, startsAt: '2026-12-10T15:30', timeZone: 'Europe/London' })).toBe(true);
  expect(overlap(event, { ...event, startsAt: '2026-12-10T17:00' })).toBe(false);
});
