import { describe, expect, test } from 'vitest';
import { endOf, hasBegun, isOver, lengthOf, minutesOf, startOf } from '../../../src/domain/events/times.ts';

const evening = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo', minutes: 135 };
const at = (text: string) => Temporal.Instant.from(text);

describe('when an event begins and ends', () => {
  test('it lasts as long as its run of show, counted from its own wall clock', () => {
    expect(minutesOf([{ minutes: 10 }, { minutes: 125 }])).toBe(135);
    expect(startOf(evening).toString()).toBe('2026-12-10T15:00:00Z');
    expect(endOf(evening).toString()).toBe('2026-12-10T17:15:00Z');
  });

  test('the length is in real minutes, also in the night in which the clocks go back', () => {
    const night = { startsAt: '2026-10-25T01:30', timeZone: 'Europe/Oslo', minutes: 120 };
    expect(endOf(night).toString()).toBe('2026-10-25T01:30:00Z');
  });

  test('an empty run of show lasts a minute', () => {
    expect(lengthOf({ minutes: minutesOf([]) })).toBe(1);
    expect(endOf({ ...evening, minutes: 0 }).toString()).toBe('2026-12-10T15:01:00Z');
  });

  test('it has begun at its first moment, and is over at its last', () => {
    expect(hasBegun(evening, at('2026-12-10T14:59:59.999Z'))).toBe(false);
    expect(hasBegun(evening, at('2026-12-10T15:00:00Z'))).toBe(true);
    expect(isOver(evening, at('2026-12-10T17:14:59.999Z'))).toBe(false);
    expect(isOver(evening, at('2026-12-10T17:15:00Z'))).toBe(true);
  });
});
