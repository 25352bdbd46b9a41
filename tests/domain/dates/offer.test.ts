import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datesByRule, isPollOpen, offerProblem, proposedDay } from '../../../src/domain/dates/offer.ts';
import { closest, type Said, tallies, type Voice } from '../../../src/domain/dates/tally.ts';

const now = Temporal.Instant.from('2026-11-09T08:00:00Z');
const oslo = 'Europe/Oslo';

describe('a rule', () => {
  test('gives every such day from the first to the last, and none where the last comes first', () => {
    const rule = { weekdays: [2, 4], at: '12:00', from: '2027-03-01', until: '2027-03-11' };
    expect(datesByRule(rule)).toEqual([
      '2027-03-02T12:00',
      '2027-03-04T12:00',
      '2027-03-09T12:00',
      '2027-03-11T12:00',
    ]);
    expect(datesByRule({ ...rule, from: '2027-03-12' })).toEqual([]);
    expect(datesByRule({ ...rule, until: '2099-01-01' }).length).toBeLessThan(110);
  });
});

describe('an offer', () => {
  const two = ['2026-12-01T12:00', '2026-12-03T12:00'];
  test.each([
    [two, '2026-11-16', null],
    [two.slice(1), '2026-11-16', 'few'],
    [[...two, '2026-11-09T08:30'], '2026-11-16', 'past'],
    [[...two, '2027-03-28T02:30'], '2026-11-16', 'no-such-time'],
    [two, '2026-11-09', 'past'],
    [two, '2026-12-01', 'too-late'],
    [['2027-01-01T12:00', '2027-01-02T12:00'], '2026-11-24', 'too-long'],
  ])('of %j until %s: %s', (dates, answerBy, problem) => {
    expect(offerProblem(dates, answerBy, oslo, now)?.problem ?? null).toBe(problem);
  });

  test('proposes a week to answer, or less where the first date is near', () => {
    expect(proposedDay(two, oslo, now)).toBe('2026-11-16');
    expect(proposedDay(['2026-11-12T12:00'], oslo, now)).toBe('2026-11-11');
  });

  test('is open until the end of its last day in the event’s zone', () => {
    const late = Temporal.Instant.from('2026-11-16T15:30:00Z');
    expect([oslo, 'Asia/Tokyo'].map((zone) => isPollOpen('2026-11-16', zone, late))).toEqual([true, false]);
  });
});

const voice = fc.record({
  personId: fc.nat(1000),
  name: fc.constantFrom('Ada', 'Bo', 'Cy'),
  side: fc.constantFrom('senior' as const, 'talent' as const),
  isHost: fc.boolean(),
  said: fc
    .array(fc.constantFrom<Said | null>('yes', 'maybe', 'no', null), { minLength: 4, maxLength: 4 })
    .map((all) => new Map(all.flatMap((one, id) => (one === null ? [] : [[id, one] as const])))),
});

test('a date is enough where no host and nobody who is needed is missing, whatever people said', () => {
  const check = (voices: Voice[], seniors: number, talents: number) => {
    for (const tally of tallies([0, 1, 2, 3], voices, { seniors, talents })) {
      const come = voices.filter(({ said }) => ['yes', 'maybe'].includes(said.get(tally.dateId) ?? 'no'));
      const isEnough =
        voices.every((one) => !one.isHost || come.includes(one)) &&
        come.filter(({ side }) => side === 'senior').length >= seniors &&
        come.filter(({ side }) => side === 'talent').length >= talents;
      expect(tally.isEnough).toBe(isEnough);
      expect(tally.yes + tally.maybe).toBe(come.length);
    }
  };
  fc.assert(fc.property(fc.array(voice, { maxLength: 12 }), fc.nat(4), fc.nat(4), check));
});

test('the date that comes closest misses fewest hosts, then fewest people', () => {
  const side = 'senior' as const;
  const said = (...days: number[]) => new Map(days.map((id) => [id, 'yes' as const]));
  const voices = [
    { personId: 1, name: 'Host', side: 'talent' as const, isHost: true, said: said(1) },
    ...[2, 3, 4].map((personId) => ({ personId, name: 'G', side, isHost: false, said: said(0) })),
    { personId: 5, name: 'G', side, isHost: false, said: said(1, 0) },
  ];
  expect(closest(tallies([0, 1], voices, { seniors: 2, talents: 0 }))?.dateId).toBe(1);
  expect(closest([])).toBeUndefined();
});
