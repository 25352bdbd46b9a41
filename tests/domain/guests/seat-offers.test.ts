import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { howSeatsMove, type InLine, whoIsAsked } from '../../../src/domain/guests/seat-offers.ts';

const event = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo' };
const oslo = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Oslo').toInstant();
const waiting = (count: number, asked: Record<number, Temporal.Instant> = {}): InLine[] =>
  Array.from({ length: count }, (_, i) => ({
    personId: i + 1,
    side: 'senior' as const,
    waitingNumber: i + 1,
    offeredAt: asked[i + 1] ?? null,
  }));
const asked = (line: InLine[], at: string, free = 1) =>
  whoIsAsked(event, { senior: free, talent: 0 }, line, oslo(at)).map(({ personId }) => personId);

test.each([
  ['2026-12-09T17:59', 'up'],
  ['2026-12-09T18:00', 'by-asking'],
  ['2026-12-10T15:59', 'by-asking'],
  ['2026-12-10T16:00', 'not'],
])('at %s of the event’s clock seats move “%s”', (at, how) =>
  expect(howSeatsMove(event, oslo(at))).toBe(how),
);

test('the clock is the event’s: 18:00 in Tokyo is the morning in Oslo', () => {
  const inTokyo = { startsAt: '2026-12-10T16:00', timeZone: 'Asia/Tokyo' };
  expect(howSeatsMove(inTokyo, oslo('2026-12-09T09:59'))).toBe('up');
  expect(howSeatsMove(inTokyo, oslo('2026-12-09T10:00'))).toBe('by-asking');
});

describe('once a seat is offered', () => {
  test('the first three in line are asked, and nobody before 18:00', () => {
    expect(asked(waiting(5), '2026-12-09T17:59')).toEqual([]);
    expect(asked(waiting(5), '2026-12-09T18:00')).toEqual([1, 2, 3]);
  });

  test('the next three are asked two hours later, or as soon as none of the first is left', () => {
    const first = oslo('2026-12-10T08:00');
    const line = waiting(8, { 1: first, 2: first, 3: first });
    expect(asked(line, '2026-12-10T09:59')).toEqual([]);
    expect(asked(line, '2026-12-10T10:00')).toEqual([4, 5, 6]);
    expect(asked(line.slice(3), '2026-12-10T08:10')).toEqual([4, 5, 6]);
  });

  test('between 21:00 and 7:00 nobody is asked and no time runs', () => {
    const first = oslo('2026-12-09T20:30');
    const line = waiting(8, { 1: first, 2: first, 3: first });
    expect(asked(waiting(3), '2026-12-09T21:00')).toEqual([]);
    expect(asked(waiting(3), '2026-12-10T06:59')).toEqual([]);
    expect(asked(waiting(3), '2026-12-10T07:00')).toEqual([1, 2, 3]);
    expect(asked(line, '2026-12-10T08:29')).toEqual([]);
    expect(asked(line, '2026-12-10T08:30')).toEqual([4, 5, 6]);
  });

  test('in the last hour everyone is asked at once, at night too', () => {
    expect(asked(waiting(8), '2026-12-10T14:59')).toEqual([1, 2, 3]);
    expect(asked(waiting(8), '2026-12-10T15:00')).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const late = { startsAt: '2026-12-10T22:30', timeZone: 'Europe/Oslo' };
    expect(whoIsAsked(late, { senior: 1, talent: 0 }, waiting(4), oslo('2026-12-10T21:30'))).toHaveLength(4);
  });

  test('two free seats ask six, and a second seat asks three more at once', () => {
    expect(asked(waiting(8), '2026-12-10T08:00', 2)).toEqual([1, 2, 3, 4, 5, 6]);
    const first = oslo('2026-12-10T08:00');
    expect(asked(waiting(8, { 1: first }), '2026-12-10T08:01', 2)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test('no side is asked for a seat of the other', () => {
    const talent: InLine = { personId: 9, side: 'talent', waitingNumber: 1, offeredAt: null };
    expect(asked([talent, ...waiting(1)], '2026-12-10T08:00')).toEqual([1]);
  });
});

test('whenever it is looked at, people are asked in line, once each, and all of them before the event begins', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 60 });
  const property = fc.property(steps, fc.integer({ min: 1, max: 12 }), (minutes, count) => {
    const line = waiting(count);
    const order: number[] = [];
    let now = oslo('2026-12-09T17:00');
    const look = () => {
      for (const one of whoIsAsked(event, { senior: 1, talent: 0 }, line, now)) {
        order.push(one.personId);
        line[one.personId - 1]!.offeredAt = now;
      }
      const { hour } = now.toZonedDateTimeISO('Europe/Oslo');
      const isNight = hour >= 21 || hour < 7;
      return !isNight || !line.some(({ offeredAt }) => offeredAt?.equals(now));
    };
    for (const step of minutes) {
      now = now.add({ minutes: step });
      if (!look()) return false;
      if (Temporal.Instant.compare(now, oslo('2026-12-10T16:00')) >= 0) break;
    }
    if (Temporal.Instant.compare(now, oslo('2026-12-10T15:59')) < 0) now = oslo('2026-12-10T15:59');
    look();
    const inLine = order.every((id, i) => id === i + 1);
    const wasLast = Temporal.Instant.compare(now, oslo('2026-12-10T16:00')) < 0;
    return inLine && (!wasLast || order.length === count);
  });
  fc.assert(property);
});
