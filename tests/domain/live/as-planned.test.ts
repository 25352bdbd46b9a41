// An evening that nobody runs from a phone.
import { expect, test } from 'vitest';
import { asPlanned } from '../../../src/domain/live/as-planned.ts';
import { liveNow } from '../../../src/domain/live/now.ts';
import { builtInFormat } from '../../../src/domain/run-of-show/built-in-formats.ts';

const event = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo' };
const { blocks } = builtInFormat('perspective-challenger')!;
const at = (time: string) => {
  const now = Temporal.ZonedDateTime.from(`2026-12-10T${time}[Europe/Oslo]`).toInstant();
  const state = asPlanned(event, blocks, now);
  const on = liveNow(state, now);
  return (
    on && {
      title: on.title,
      round: on.round,
      lastRound: on.lastRound,
      nextRound: on.nextRound,
      left: on.left / 60_000,
    }
  );
};

test('its blocks follow the clock of the plan', () => {
  expect(at('15:59')).toBeNull();
  expect(at('16:00')).toMatchObject({ round: null, lastRound: null, nextRound: 1, left: 10 });
  expect(at('16:20')).toMatchObject({ round: 1, lastRound: 1, nextRound: 2, left: 20 });
  expect(at('16:41')).toMatchObject({ round: null, lastRound: 1, nextRound: 2, left: 4 });
  expect(at('17:20')).toMatchObject({ round: 3, lastRound: 3, nextRound: null });
  expect(at('18:14')).toMatchObject({ lastRound: 3, left: 1 });
  expect(at('18:15')).toBeNull();
});

test('a block with a fixed beginning is waited for', () => {
  const lunch = [
    { kind: 'frame', title: 'Welcome', minutes: 10 },
    { kind: 'gather', title: 'Lunch', minutes: 20, fixedAt: '16:30' },
  ];
  const now = Temporal.ZonedDateTime.from('2026-12-10T16:20[Europe/Oslo]').toInstant();
  expect(liveNow(asPlanned(event, lunch, now), now)).toMatchObject({ title: 'Welcome' });
  const later = now.add({ minutes: 15 });
  expect(liveNow(asPlanned(event, lunch, later), later)).toMatchObject({ title: 'Lunch', left: 15 * 60_000 });
});
