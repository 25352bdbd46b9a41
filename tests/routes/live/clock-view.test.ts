import { expect, test } from 'vitest';
import { liveNow } from '../../../src/domain/live/now.ts';
import { planOf } from '../../../src/domain/live/plan.ts';
import { runOf } from '../../../src/domain/live/run.ts';
import type { PressKind } from '../../../src/domain/live/state.ts';
import { clockOf } from '../../../src/routes/live/clock-view.ts';
import { english } from '../../support/words.ts';

const timeZone = 'Europe/Amsterdam';
const evening = { startsAt: '2026-12-17T16:00', timeZone };
const at = (time: string) =>
  Temporal.PlainDateTime.from(`2026-12-17T${time}`).toZonedDateTime(timeZone).epochMilliseconds;

function clockAt(time: string, pausedAt: string | null) {
  const plan = planOf(evening, [
    { kind: 'frame', title: 'Welcome', minutes: 5 },
    { kind: 'talk', title: 'Round 1', minutes: 25 },
  ]);
  const presses: [string, PressKind][] = [['16:00', { kind: 'start', ends: 'later' }]];
  if (pausedAt) presses.push([pausedAt, { kind: 'pause' }]);
  const state = runOf(
    plan,
    presses.map(([when, press]) => ({ ...press, key: when, at: at(when) })),
  );
  const { left, ends } = clockOf(
    english,
    liveNow(state, Temporal.Instant.fromEpochMilliseconds(at(time)))!,
    timeZone,
  );
  return `${left} ${ends}`;
}

test('a clock stopped when the time was up says how much is over, one stopped before does not', () => {
  expect(clockAt('16:03', null)).toBe('2:00 Welcome, ends 16:05');
  expect(clockAt('16:20', '16:03')).toBe('2:00 Welcome, the clock stands still');
  expect(clockAt('16:07', null)).toBe('+2:00 Welcome, ends 16:05');
  expect(clockAt('16:20', '16:07')).toBe('+2:00 Welcome, 2 minutes over, the clock stands still');
  expect(clockAt('16:20', '16:05')).toBe('0:00 Welcome, the clock stands still');
});
