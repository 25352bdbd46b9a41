import { describe, expect, test } from 'vitest';
import {
  type CalendarFacts,
  consequenceOf,
  isToldOf,
  type RsvpState,
} from '../../../src/domain/events/changes.ts';

const facts: CalendarFacts = {
  startsAt: '2026-12-10T16:00',
  minutes: 135,
  timeZone: 'Europe/Oslo',
  place: 'The Atrium',
  joinUrl: '',
};

describe('a change to an event', () => {
  test.each<[string, Partial<CalendarFacts>, { moved: boolean; relocated: boolean }]>([
    ['another start', { startsAt: '2026-12-10T17:00' }, { moved: true, relocated: false }],
    ['another length', { minutes: 60 }, { moved: true, relocated: false }],
    ['another zone', { timeZone: 'Europe/London' }, { moved: true, relocated: false }],
    ['another place', { place: 'Canteen 2' }, { moved: false, relocated: true }],
    ['another link', { joinUrl: 'https://meet.example/1' }, { moved: false, relocated: true }],
    ['nothing a calendar shows', {}, { moved: false, relocated: false }],
  ])('%s', (_what, change, expected) => {
    expect(consequenceOf(facts, { ...facts, ...change })).toEqual(expected);
  });

  test('of another time everyone hears but those taken off the list', () => {
    const hear = (state: RsvpState) => isToldOf(state, { moved: true, relocated: false });
    expect((['invited', 'coming', 'waiting', 'maybe', 'declined'] as const).map(hear)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(hear('uninvited')).toBe(false);
  });

  test('of another place whoever cannot come hears nothing', () => {
    const hear = (state: RsvpState) => isToldOf(state, { moved: false, relocated: true });
    expect((['invited', 'coming', 'waiting', 'maybe'] as const).map(hear)).toEqual([true, true, true, true]);
    expect((['declined', 'uninvited'] as const).map(hear)).toEqual([false, false]);
  });
});
