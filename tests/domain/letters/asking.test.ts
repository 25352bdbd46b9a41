import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTurn } from '../../../src/domain/letters/asking.ts';
import { asksReader, purposes } from '../../../src/domain/letters/kinds.ts';
import { letterNames } from '../../../src/domain/letters/names.ts';
import { letters } from '../../mail/letters-on-the-desk.ts';

const zone = 'Europe/Oslo';
const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate().toString();

describe('kinds of e-mails', () => {
  test('each has a name and a purpose, and none is forgotten', () => {
    expect(Object.keys(purposes).toSorted()).toEqual(Object.keys(letterNames).toSorted());
  });

  test('those with a last day to answer, or a link that opens one form, ask; a kept seat was asked for by a colleague', () => {
    const withForm = [
      'answerBy',
      'closesOn',
      'rulesUrl',
      'rankUrl',
      'datesUrl',
      'prepareBy',
      'questions',
      'things',
    ];
    const asking = letters
      .filter((facts) => withForm.some((field) => field in facts))
      .map(({ kind }) => kind);
    expect(asking.length).toBeGreaterThan(6);
    // Voting that is open again has a last day, and nothing that its reader must do.
    expect(new Set(asking.filter((kind) => purposes[kind] !== 'asks'))).toEqual(new Set(['voting-reopened']));
    expect(asksReader('invitation', {})).toBe(true);
    expect(asksReader('invitation', { keptFor: { by: 'Ada', until: '2026-12-01T09:00' } })).toBe(false);
  });
});

describe('turns', () => {
  test('over random weeks there is never one on a day off, a second one a day or a fourth on seven days', () => {
    const start = Temporal.ZonedDateTime.from(`2026-03-02T00:00[${zone}]`);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 * 24 * 40 }), { minLength: 1, maxLength: 60 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }),
        (presses, off) => {
          const holidays = new Set(off.map((n) => start.add({ days: n }).toPlainDate().toString()));
          const left: Temporal.Instant[] = [];
          for (const minute of presses.toSorted((a, b) => a - b)) {
            const now = start.add({ minutes: minute }).toInstant();
            const last = left.at(-1);
            // One waits while another has its turn ahead: they would leave in one e-mail.
            if (last && Temporal.Instant.compare(last, now) > 0) continue;
            const isOff = (one: Temporal.PlainDate) => holidays.has(one.toString());
            left.push(nextTurn(now, { timeZone: zone, isOff, asked: left }));
          }
          const days = left.map(day);
          expect(new Set(days).size).toBe(days.length);
          for (const one of days) {
            expect(holidays.has(one)).toBe(false);
            expect(['Saturday', 'Sunday']).not.toContain(
              new Date(`${one}T12:00Z`).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }),
            );
            const from = Date.parse(one) - 6 * 86_400_000;
            const week = days.filter(
              (other) => Date.parse(other) >= from && Date.parse(other) <= Date.parse(one),
            );
            expect(week.length).toBeLessThanOrEqual(3);
          }
        },
      ),
    );
  });
});
