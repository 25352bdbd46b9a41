import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, placeInZone, wallTimeOf } from '../../../src/domain/events/wall-time.ts';
import { whyNoWork } from '../../../src/domain/events/working-days.ts';
import {
  isDue,
  isMeantFor,
  isStillTrue,
  isTooLate,
  mayBeAsked,
  type Planned,
  plannedKinds,
  plannedReminders,
  prepareByOf,
  type RemindedEvent,
} from '../../../src/domain/letters/reminders.ts';

// what goes out by the clock around an event

const at = (text: string) => Temporal.Instant.from(text);

const winter: RemindedEvent = {
  startsAt: '2026-12-10T16:00',
  timeZone: 'Europe/Oslo',
  answerBy: '2026-12-03',
  prepareBy: '2026-11-30',
  publishedAt: at('2026-11-10T08:00:00Z'),
};

const said = (event: RemindedEvent) =>
  plannedReminders(event).map(({ kind, at: moment }) => `${kind} ${wallTimeOf(moment, event.timeZone)}`);

test('a Thursday evening: two reminders to answer, one to the unsure and one to hosts, two to those coming', () => {
  expect(said(winter)).toEqual([
    'answer-first 2026-11-19T08:30',
    'answer-second 2026-11-26T08:30',
    'host 2026-11-27T08:30',
    'maybe 2026-11-30T08:30',
    'coming 2026-12-08T16:00',
    'today 2026-12-10T14:00',
  ]);
});

test('hosts hear of their table three days and the afternoon before, on working days, once each, late rather than never', () => {
  const tables = (event: Partial<RemindedEvent>) =>
    said({ ...winter, hasTables: true, ...event }).filter((one) => one.startsWith('tables'));
  expect(tables({})).toEqual(['tables 2026-12-07T08:30', 'tables-again 2026-12-09T16:00']);
  expect(tables({ startsAt: '2026-12-14T16:00' })).toEqual([
    'tables 2026-12-11T08:30',
    'tables-again 2026-12-11T16:00',
  ]);
  expect(tables({ startsAt: '2026-12-15T09:00' })[0]).toBe('tables 2026-12-11T08:30');
  expect(tables({ publishedAt: at('2026-12-10T07:00:00Z') })).toEqual(['tables 2026-12-10T08:00']);
  expect(tables({ hasTables: false })).toEqual([]);
});

test('all of it moves with the event', () => {
  const moved = { ...winter, startsAt: '2026-12-17T10:00', answerBy: '2026-12-10', prepareBy: '2026-12-07' };
  expect(said(moved)).toEqual([
    'answer-first 2026-11-26T08:30',
    'answer-second 2026-12-03T08:30',
    'host 2026-12-04T08:30',
    'maybe 2026-12-07T08:30',
    'coming 2026-12-15T10:00',
    'today 2026-12-17T08:00',
  ]);
});

test('at short notice whoever was just invited is left in peace for two days', () => {
  expect(said({ ...winter, publishedAt: at('2026-11-25T08:00:00Z') })).toEqual([
    'host 2026-11-27T08:30',
    'maybe 2026-11-30T08:30',
    'answer-first 2026-12-01T08:30',
    'coming 2026-12-08T16:00',
    'today 2026-12-10T14:00',
  ]);
  expect(said({ ...winter, prepareBy: null, publishedAt: at('2026-12-09T08:00:00Z') })).toEqual([
    'today 2026-12-10T14:00',
  ]);
});

test('without a deadline people may answer until the day itself', () => {
  expect(said({ ...winter, answerBy: null }).filter((one) => one.startsWith('answer'))).toEqual([
    'answer-first 2026-11-26T08:30',
    'answer-second 2026-12-03T08:30',
  ]);
});

test('what falls on a weekend goes out on the Friday before; two letters on one Friday are one', () => {
  const soon = (startsAt: string) =>
    said({ ...winter, startsAt, answerBy: null }).filter((one) => /^(coming|today)/.test(one));
  expect(soon('2026-12-14T09:00')).toEqual(['coming 2026-12-11T09:00', 'today 2026-12-14T07:00']);
  expect(soon('2026-12-15T09:00')).toEqual(['coming 2026-12-11T09:00', 'today 2026-12-15T07:00']);
  expect(soon('2026-12-14T01:00')).toEqual(['today 2026-12-11T16:00']);
  expect(soon('2026-12-12T10:00')).toEqual(['coming 2026-12-10T10:00', 'today 2026-12-11T16:00']);
  expect(soon('2026-12-13T10:00')).toEqual(['today 2026-12-11T16:00']);
});

describe('the nights of 2027 when the clocks change', () => {
  const hoursBetween = (from: Planned, to: string, timeZone: string) =>
    from.at.until(instantOf(to, timeZone)).total('hours');
  const of = (kind: string, startsAt: string, timeZone: string) =>
    plannedReminders({ ...winter, startsAt, timeZone, answerBy: null }).find((one) => one.kind === kind)!;

  test.each([
    ['Europe/Oslo', '2027-03-30T14:00'],
    ['Europe/Oslo', '2027-11-02T14:00'],
    ['America/New_York', '2027-03-16T14:00'],
    ['America/New_York', '2027-11-09T14:00'],
    ['Australia/Lord_Howe', '2027-04-06T14:00'],
  ])(
    'in %s an event at %s is told of at 14:00 on the Friday, and two real hours ahead',
    (timeZone, startsAt) => {
      const coming = of('coming', startsAt, timeZone);
      expect(wallTimeOf(coming.at, timeZone).slice(11)).toBe('14:00');
      expect(hoursBetween(of('today', startsAt, timeZone), startsAt, timeZone)).toBe(2);
    },
  );

  test('across a change in the middle of the week the clock on the wall stays, and the hours between do not', () => {
    // In Cairo the clocks go forward on Friday 30 April 2027 at midnight.
    const coming = of('coming', '2027-04-30T14:00', 'Africa/Cairo');
    expect(wallTimeOf(coming.at, 'Africa/Cairo')).toBe('2027-04-28T14:00');
    expect(hoursBetween(coming, '2027-04-30T14:00', 'Africa/Cairo')).toBe(47);
  });

  test('two hours before an event in the morning after the change are two hours, whatever the wall says', () => {
    const today = of('today', '2027-04-30T02:00', 'Africa/Cairo');
    expect(wallTimeOf(today.at, 'Africa/Cairo')).toBe('2027-04-29T23:00');
  });
});

describe('a planned letter', () => {
  const [first] = plannedReminders(winter) as [Planned];
  const zone = winter.timeZone;

  test('is due from its moment on while it is of use', () => {
    expect(isDue(first, first.at.subtract({ seconds: 1 }), zone)).toBe(false);
    expect(isDue(first, first.at, zone)).toBe(true);
    expect(isDue(first, first.goodUntil, zone)).toBe(false);
    expect(isTooLate(first, first.goodUntil)).toBe(true);
  });

  test('that nobody sent on Friday waits for Monday', () => {
    const friday = plannedReminders(winter).find(({ kind }) => kind === 'host')!;
    expect(wallTimeOf(friday.at, zone)).toBe('2026-11-27T08:30');
    expect(isDue(friday, at('2026-11-28T09:00:00Z'), zone)).toBe(false);
    expect(isDue(friday, at('2026-11-30T05:00:00Z'), zone)).toBe(true);
  });

  test('is for those it is meant for, and never for somebody who said no', () => {
    const meant = Object.fromEntries(
      (['invited', 'coming', 'waiting', 'maybe', 'declined', 'uninvited'] as const).map((state) => [
        state,
        plannedKinds.filter((kind) => isMeantFor(kind, state, true)),
      ]),
    );
    expect(meant).toEqual({
      invited: ['answer-first', 'answer-second', 'host'],
      coming: ['host', 'tables', 'tables-again', 'coming', 'today'],
      waiting: [],
      maybe: ['maybe', 'host', 'tables', 'tables-again'],
      declined: [],
      uninvited: [],
    });
  });
});

test('nobody is asked more than twice, nor twice within two days', () => {
  const now = at('2026-11-26T07:30:00Z');
  const ago = (hours: number) => now.subtract({ hours });
  expect(mayBeAsked([], now)).toBe(true);
  expect(mayBeAsked([ago(47)], now)).toBe(false);
  expect(mayBeAsked([ago(48)], now)).toBe(true);
  expect(mayBeAsked([ago(200), ago(100)], now)).toBe(false);
});

test('a letter that waited goes out only while what it says is true', () => {
  const letter = {
    kind: 'reminder',
    answer: 'invited',
    start: winter.startsAt,
    timeZone: winter.timeZone,
  } as const;
  const event = { state: 'published', startsAt: winter.startsAt, timeZone: winter.timeZone };
  const now = at('2026-11-26T07:30:00Z');
  expect(isStillTrue(letter, event, 'invited', now)).toBe(true);
  for (const state of ['coming', 'maybe', 'declined', 'uninvited'] as const)
    expect(isStillTrue(letter, event, state, now)).toBe(false);
  expect(isStillTrue(letter, { ...event, state: 'cancelled' }, 'invited', now)).toBe(false);
  expect(isStillTrue(letter, { ...event, startsAt: '2026-12-11T16:00' }, 'invited', now)).toBe(false);
  expect(isStillTrue(letter, event, 'invited', at('2026-12-10T15:00:00Z'))).toBe(false);
  const preparation = { ...letter, kind: 'preparation' } as const;
  expect(isStillTrue(preparation, event, 'coming', now)).toBe(true);
  expect(isStillTrue(preparation, event, 'declined', now)).toBe(false);
});

test('hosts prepare until so many days before the event, or not at all', () => {
  expect(prepareByOf('2026-12-10T16:00', 10)).toBe('2026-11-30');
  expect(prepareByOf('2026-12-10T16:00', 0)).toBeNull();
});

describe('whatever the event', () => {
  const zones = [
    'Europe/Oslo',
    'America/New_York',
    'Asia/Kolkata',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ];
  const event = fc
    .record({
      minutes: fc.integer({ min: 0, max: 730 * 24 * 60 }),
      timeZone: fc.constantFrom(...zones),
      answerDays: fc.option(fc.integer({ min: 0, max: 30 })),
      prepareDays: fc.integer({ min: 0, max: 20 }),
      noticeHours: fc.integer({ min: 1, max: 24 * 90 }),
    })
    .map(({ minutes, timeZone, answerDays, prepareDays, noticeHours }) => {
      const start = Temporal.PlainDateTime.from('2026-06-01T00:00').add({ minutes });
      const startsAt = start.toString({ smallestUnit: 'minute' });
      if (!placeInZone(startsAt, timeZone).ok) return null;
      const answerBy =
        answerDays === null ? null : start.toPlainDate().subtract({ days: answerDays }).toString();
      const publishedAt = instantOf(startsAt, timeZone).subtract({ hours: noticeHours });
      return { startsAt, timeZone, answerBy, prepareBy: prepareByOf(startsAt, prepareDays), publishedAt };
    })
    .filter((one) => one !== null);

  test('nothing goes out at a weekend, before the invitation or after the start, and each kind once', () => {
    fc.assert(
      fc.property(event, (one) => {
        const planned = plannedReminders(one);
        const start = instantOf(one.startsAt, one.timeZone);
        for (const { at: moment, goodUntil } of planned) {
          expect(whyNoWork(moment, one.timeZone, () => false)).toBe(null);
          expect(Temporal.Instant.compare(moment, one.publishedAt)).not.toBe(-1);
          expect(Temporal.Instant.compare(moment, start)).toBe(-1);
          expect(Temporal.Instant.compare(moment, goodUntil)).toBe(-1);
          expect(Temporal.Instant.compare(goodUntil, start)).not.toBe(1);
        }
        expect(new Set(planned.map(({ kind }) => kind)).size).toBe(planned.length);
        expect(planned.map((each) => each.at.epochMilliseconds)).toEqual(
          planned.map((each) => each.at.epochMilliseconds).toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('a week later everything is a week later on the wall, whatever the clocks do in between', () => {
    fc.assert(
      fc.property(event, (one) => {
        const later = (day: string | null) => day && Temporal.PlainDate.from(day).add({ days: 7 }).toString();
        const startsAt = Temporal.PlainDateTime.from(one.startsAt)
          .add({ days: 7 })
          .toString({ smallestUnit: 'minute' });
        // Where the clocks leave this hour out on a day before, the reminder of that day comes later, in that week alone.
        const hours = Array.from({ length: 21 }, (_, days) =>
          Temporal.PlainDateTime.from(startsAt).subtract({ days }).toString({ smallestUnit: 'minute' }),
        );
        fc.pre(hours.every((hour) => placeInZone(hour, one.timeZone).ok));
        const early = { ...one, publishedAt: at('2025-01-01T00:00:00Z') };
        const moved = { ...early, startsAt, answerBy: later(one.answerBy), prepareBy: later(one.prepareBy) };
        const walls = (from: RemindedEvent, days: number) =>
          plannedReminders(from)
            .filter(({ kind }) => kind !== 'today')
            .map(({ kind, at: moment }) => [
              kind,
              Temporal.PlainDateTime.from(wallTimeOf(moment, from.timeZone))
                .add({ days })
                .toString({ smallestUnit: 'minute' }),
            ]);
        const sorted = (list: string[][]) => list.map((each) => each.join(' ')).toSorted();
        expect(sorted(walls(moved, 0))).toEqual(sorted(walls(early, 7)));
      }),
      { numRuns: 300 },
    );
  });
});
