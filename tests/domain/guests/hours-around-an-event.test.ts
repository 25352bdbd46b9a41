import { expect, test } from 'vitest';
import { doorHours } from '../../../src/domain/guests/door-hours.ts';
import { linkHasEnded } from '../../../src/domain/guests/personal-link.ts';

const evening = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo', minutes: 120 };
const at = (text: string) => Temporal.Instant.from(text);

test('the door is open from 12 hours before the event until 36 hours after it', () => {
  const { opens, closes } = doorHours(evening);
  expect([opens.toString(), closes.toString()]).toEqual(['2026-12-10T03:00:00Z', '2026-12-12T05:00:00Z']);
});

test('a personal link works until 14 days after the event', () => {
  expect(linkHasEnded(evening, at('2026-12-24T17:00:00Z'))).toBe(false);
  expect(linkHasEnded(evening, at('2026-12-24T17:00:00.001Z'))).toBe(true);
});
