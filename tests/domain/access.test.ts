import { describe, expect, test } from 'vitest';
import { isHost, mayLead, maySeeEvent, seesGuestList, worksOnTeam } from '../../src/domain/access.ts';

const ida = { id: 1, isOrganiser: true };
const amina = { id: 2, isOrganiser: false };
const leo = { id: 3, isOrganiser: false };
const everyone = [ida, amina, leo];

describe('who runs an event', () => {
  test('organisers run every event, and Amina the one she facilitates', () => {
    expect(everyone.map((person) => mayLead(person, { facilitatorId: amina.id }))).toEqual([
      true,
      true,
      false,
    ]);
    expect(everyone.map((person) => mayLead(person, { facilitatorId: null }))).toEqual([true, false, false]);
  });
});

describe('who hosts an event', () => {
  test('young talents on its list, but for a pair, where both are guests', () => {
    const on = (shape: string, state = 'published') => ({ shape, state });
    const [talent, senior] = [{ side: 'talent' } as const, { side: 'senior' } as const];
    expect(['tables', 'panel', 'room', 'pair'].map((shape) => isHost(talent, on(shape), true))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([
      isHost(talent, on('tables'), false),
      isHost(talent, on('tables', 'draft'), true),
      isHost(senior, on('tables'), true),
    ]).toEqual([false, false, false]);
  });
});

describe('who sees an event', () => {
  test('people on its list once it is no draft, organisers always, nobody else', () => {
    expect([
      maySeeEvent(amina, { state: 'published' }, true),
      maySeeEvent(amina, { state: 'draft' }, true),
    ]).toEqual([true, false]);
    expect([
      maySeeEvent(leo, { state: 'published' }, false),
      maySeeEvent(ida, { state: 'draft' }, false),
    ]).toEqual([false, true]);
  });

  test('guests see each other unless the organiser turned it off; organisers always', () => {
    expect(everyone.map((person) => seesGuestList(person, { guestListShown: true }))).toEqual([
      true,
      true,
      true,
    ]);
    expect(everyone.map((person) => seesGuestList(person, { guestListShown: false }))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test('members of a team and organisers work on it', () => {
  const team = { members: [{ id: amina.id }] };
  expect(everyone.map((person) => worksOnTeam(person, team))).toEqual([true, true, false]);
});
