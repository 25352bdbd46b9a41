import { expect, test } from 'vitest';
import { eventBlock } from '../../../src/mail/calendar/event.ts';
import { entryWith } from './reading.ts';

const endOf = (start: string, minutes: number) => {
  const block = eventBlock(entryWith({ start, minutes, timeZone: 'Europe/Brussels' }), {
    status: 'CONFIRMED',
  });
  return /^DTEND.*$/m.exec(block)?.[0];
};

test('F8: an end in the second half of the repeated hour is in UTC, every other on the wall clock', () => {
  expect(endOf('2027-10-31T01:30', 135)).toBe('DTEND:20271031T014500Z');
  expect(endOf('2027-10-31T01:30', 60)).toBe('DTEND;TZID=Europe/Brussels:20271031T023000');
  expect(endOf('2027-10-31T01:30', 180)).toBe('DTEND;TZID=Europe/Brussels:20271031T033000');
});
