import { describe, expect, test } from 'vitest';
import {
  decideOnAfterMove,
  isReached,
  isToBeDecided,
  missingFor,
} from '../../../src/domain/guests/quorum.ts';

const at = (text: string) => Temporal.Instant.from(text);
const event = {
  state: 'published',
  startsAt: '2026-12-10T16:00',
  timeZone: 'Europe/Oslo',
  decideOn: '2026-12-04',
  decidedAt: null,
} as const;

describe('a quorum', () => {
  test('is reached when enough of each side come, not when enough come altogether', () => {
    expect(isReached({ senior: 12, talent: 6 }, { senior: 12, talent: 6 })).toBe(true);
    expect(isReached({ senior: 12, talent: 6 }, { senior: 30, talent: 5 })).toBe(false);
    expect(missingFor({ senior: 12, talent: 6 }, { senior: 9, talent: 8 })).toEqual({ senior: 3, talent: 0 });
  });

  test('nobody set asks for nobody', () => {
    expect(isReached({ senior: 0, talent: 0 }, { senior: 0, talent: 0 })).toBe(true);
  });
});

describe('somebody has to say go', () => {
  test('from eight in the morning of that day, at the event’s place, until it begins', () => {
    expect(isToBeDecided(event, at('2026-12-04T06:59:59Z'))).toBe(false);
    expect(isToBeDecided(event, at('2026-12-04T07:00:00Z'))).toBe(true);
    expect(isToBeDecided(event, at('2026-12-10T14:59:59Z'))).toBe(true);
    expect(isToBeDecided(event, at('2026-12-10T15:00:00Z'))).toBe(false);
  });

  test('not once they have, and never for a draft, a cancelled event or one without a day', () => {
    const now = at('2026-12-05T10:00:00Z');
    expect(isToBeDecided(event, now)).toBe(true);
    expect(isToBeDecided({ ...event, decidedAt: at('2026-12-04T08:00:00Z') }, now)).toBe(false);
    expect(isToBeDecided({ ...event, state: 'draft' }, now)).toBe(false);
    expect(isToBeDecided({ ...event, state: 'cancelled' }, now)).toBe(false);
    expect(isToBeDecided({ ...event, decideOn: null }, now)).toBe(false);
  });
});

test('the day moves along with the event', () => {
  const later = { startsAt: '2027-01-14T12:00' };
  expect(decideOnAfterMove('2026-12-04', event, later)).toBe('2027-01-08');
  expect(decideOnAfterMove(null, event, later)).toBeNull();
});
