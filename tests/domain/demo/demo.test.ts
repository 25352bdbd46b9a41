import { describe, expect, test } from 'vitest';
import { demoDates } from '../../../src/domain/demo/dates.ts';
import { pickEvenly } from '../../../src/domain/demo/spread.ts';

describe('The dates of the demo programme', () => {
  test('whatever day it is made, the coming event is a Thursday 15 to 21 days ahead at 16:00 in Oslo', () => {
    for (let day = 0; day < 800; day++) {
      for (const hour of [0, 12, 22, 23]) {
        const now = Temporal.Instant.from('2026-01-01T00:30:00Z').add({ hours: day * 24 + hour });
        const dates = demoDates(now, 'Europe/Oslo');
        const today = now.toZonedDateTimeISO('Europe/Oslo').toPlainDate();
        const winter = Temporal.PlainDateTime.from(dates.winter);
        expect([winter.dayOfWeek, winter.toPlainTime().toString()]).toEqual([4, '16:00:00']);
        const ahead = today.until(winter.toPlainDate()).days;
        expect(ahead >= 15 && ahead <= 21).toBe(true);
        expect(Temporal.PlainDate.compare(dates.winterAnswersUntil, today)).toBe(1);
        expect(Temporal.PlainDate.compare(dates.votingClosesOn, today)).toBe(1);
        expect(
          Temporal.PlainDate.compare(Temporal.PlainDateTime.from(dates.autumn).toPlainDate(), today),
        ).toBe(-1);
        // Answers begin 170 hours and questions 157 hours ago: everybody had their letter by then.
        expect(dates.winterInvitedAt.until(now).total('hours')).toBeGreaterThan(175);
      }
    }
  });

  test('made on Sunday 22 November 2026 it is on 10 December, after 22 October and before 19 January', () => {
    const dates = demoDates(Temporal.Instant.from('2026-11-22T10:00:00Z'), 'Europe/Oslo');
    expect(dates).toMatchObject({
      winter: '2026-12-10T16:00',
      autumn: '2026-10-22T16:00',
      heatOnSite: '2027-01-19T12:00',
      winterAnswersUntil: '2026-12-03',
      votingClosesOn: '2026-12-04',
    });
  });
});

describe('Who voted in the demo programme', () => {
  const people = ['Amina', 'Jonas', 'Priya', 'Leo', 'Sofia'];

  test('are as many as asked for, each once, nobody of those left out, the same each time', () => {
    for (let turn = 0; turn < 20; turn++) {
      const voters = pickEvenly(people, 3, turn, ['Priya']);
      expect(new Set(voters).size).toBe(3);
      expect(voters).not.toContain('Priya');
      expect(pickEvenly(people, 3, turn, ['Priya'])).toEqual(voters);
    }
    expect(pickEvenly(people, 5, 3, []).sort()).toEqual([...people].sort());
  });

  test('are never more than there are', () => {
    expect(() => pickEvenly(people, 5, 0, ['Leo'])).toThrow('Only 4 people for 5 places');
  });
});
