import { expect, test } from 'vitest';
import { joinObstacle, mayLeave, peopleMissing, placesFree } from '../../../src/domain/teams/open-team.ts';

const team = { isOpen: true, least: 2, most: 3 };
const talent = { side: 'talent' as const, isMember: false, otherTeams: [] };

test('an open team has places up to its most, and needs people up to its least', () => {
  const numbers = [0, 1, 2, 3, 4].map((members) => [placesFree(team, members), peopleMissing(team, members)]);
  expect(numbers).toEqual([
    [3, 2],
    [2, 1],
    [1, 0],
    [0, 0],
    [0, 0],
  ]);
  const closed = { ...team, isOpen: false };
  expect([placesFree(closed, 1), peopleMissing(closed, 1)]).toEqual([0, 0]);
});

test('a talent without a team joins an open one with a free place, and everyone else is told why not', () => {
  expect(joinObstacle(team, 2, talent)).toBe(null);
  expect(joinObstacle(team, 2, { ...talent, side: 'senior' })).toBe('no-talent');
  expect(joinObstacle(team, 3, { ...talent, isMember: true })).toBe('member');
  expect(joinObstacle({ ...team, isOpen: false }, 2, talent)).toBe('closed');
  expect(joinObstacle(team, 3, talent)).toBe('full');
  expect(joinObstacle(team, 2, { ...talent, otherTeams: ['Team 9'] })).toBe('other-team');
});

test('only members leave, and only while the team is open', () => {
  expect(mayLeave(team, { isMember: true })).toBe(true);
  expect(mayLeave(team, { isMember: false })).toBe(false);
  expect(mayLeave({ isOpen: false }, { isMember: true })).toBe(false);
});
