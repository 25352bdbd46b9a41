import { expect, test } from 'vitest';
import { landing } from '../../../src/domain/sign-in/landing.ts';

const [led, team, next] = [{ id: 7 }, { id: 3 }, { slug: 'winter-round' }];
const nothing = { led: null, team: null, next: null };
const senior = { isOrganiser: false, side: 'senior' } as const;
const talent = { isOrganiser: false, side: 'talent' } as const;

test('everyone lands where their next thing is', () => {
  expect(landing({ ...senior, isOrganiser: true }, { led, team, next })).toBe('/events');
  expect(landing(senior, { led, team: null, next })).toBe('/events/7/live');
  expect(landing(talent, { led: null, team, next })).toBe('/teams/3');
  expect(landing(senior, { led: null, team: null, next })).toBe('/e/winter-round');
  expect(landing(talent, { led: null, team: null, next })).toBe('/e/winter-round');
  expect(landing(senior, nothing)).toBe('/trends');
});
