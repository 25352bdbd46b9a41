import { describe, expect, test } from 'vitest';
import { mayChangeTrend, seesTallies } from '../../../src/domain/access.ts';
import { isComing } from '../../../src/domain/events/coming.ts';
import { canBeGiven, folded, takesInterest, votingOn } from '../../../src/domain/trends/trend.ts';

const at = (instant: string) => Temporal.Instant.from(instant);

describe('voting', () => {
  test('is open while no last day is set', () => {
    expect(votingOn(null, at('2099-01-01T00:00:00Z'), 'Europe/Oslo')).toBe('open');
  });

  test('runs to the end of its last day where the programme is, not where the server is', () => {
    expect(votingOn('2026-12-04', at('2026-12-04T22:59:59Z'), 'Europe/Oslo')).toBe('open');
    expect(votingOn('2026-12-04', at('2026-12-04T23:00:00Z'), 'Europe/Oslo')).toBe('closed');
    expect(votingOn('2026-12-04', at('2026-12-05T07:59:59Z'), 'America/Los_Angeles')).toBe('open');
    expect(votingOn('2026-12-04', at('2026-12-04T10:00:00Z'), 'Pacific/Kiritimati')).toBe('closed');
  });

  test('nobody but organisers sees numbers before it closes', () => {
    const [ida, amina] = [{ isOrganiser: true }, { isOrganiser: false }];
    expect([seesTallies(ida, 'open'), seesTallies(ida, 'closed')]).toEqual([true, true]);
    expect([seesTallies(amina, 'open'), seesTallies(amina, 'closed')]).toEqual([false, true]);
  });

  test('is about trends that are proposed or shortlisted, until it closes', () => {
    const states = ['proposed', 'shortlisted', 'parked', 'merged'] as const;
    expect(states.filter((state) => takesInterest({ state }, 'open'))).toEqual(['proposed', 'shortlisted']);
    expect(states.filter((state) => takesInterest({ state }, 'closed'))).toEqual([]);
    expect(states.filter((state) => canBeGiven({ state }))).toEqual(['proposed', 'shortlisted']);
  });
});

describe('rewording', () => {
  const [ida, amina, leo] = [
    { id: 1, isOrganiser: true },
    { id: 2, isOrganiser: false },
    { id: 3, isOrganiser: false },
  ];

  test('is for the proposer and for organisers', () => {
    const trend = { state: 'parked', proposerId: amina.id } as const;
    expect([ida, amina, leo].map((person) => mayChangeTrend(person, trend))).toEqual([true, true, false]);
  });

  test('is for nobody once another trend stands for it', () => {
    const trend = { state: 'merged', proposerId: amina.id } as const;
    expect([ida, amina, leo].map((person) => mayChangeTrend(person, trend))).toEqual([false, false, false]);
  });

  test('of a trend whose proposer was erased is for organisers', () => {
    const trend = { state: 'proposed', proposerId: null } as const;
    expect([ida, amina].map((person) => mayChangeTrend(person, trend))).toEqual([true, false]);
  });
});

test('an event is coming until its own day is over', () => {
  const event = { startsAt: '2026-12-10T16:00', timeZone: 'Europe/Oslo' };
  expect(isComing(event, at('2026-12-10T22:59:00Z'))).toBe(true);
  expect(isComing(event, at('2026-12-10T23:00:00Z'))).toBe(false);
});

test('the same words are the same however they were typed', () => {
  expect(folded('  E-Bikes\u00a0 for  Caf\u0065\u0301s ')).toBe(folded('e-bikes for CAFÉS'));
  expect(folded('e-bikes')).not.toBe(folded('ebikes'));
});
