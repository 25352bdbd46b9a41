// A team says when it can meet, and one press puts its first meeting into every calendar.

import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { disablePerson, enablePerson, savePerson } from '../../../src/actions/people/people.ts';
import { hashSecret } from '../../../src/actions/sign-in/secrets.ts';
import { dissolve } from '../../../src/actions/teams/teams.ts';
import * as feedTokens from '../../../src/store/calendar/feed-tokens.ts';
import type * as people from '../../../src/store/people/people.ts';
import { people as peopleRows, teamMeetings, teams as teamRows } from '../../../src/store/schema/index.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { objectsTo, short } from '../../support/calendar/objects.ts';
import { allLetters } from '../../support/letters.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const text = (answer: Answer, what: string) => page(answer)(what).text().replace(/\s+/g, ' ').trim();
const talent = (name: string, values: Partial<people.NewPerson> = {}) =>
  world.addPerson({
    name,
    side: 'talent',
    email: `${name.split(' ')[0]!.toLowerCase()}@halden.example`,
    ...values,
  });
type Person = Awaited<ReturnType<typeof talent>>;

/** Monday 9 November 2026; the team has said that it can meet on Tuesdays from nine to eleven. */
async function team() {
  const trend = await proposeTrend(world, 'Agents', { state: 'shortlisted' });
  const [ada, bo] = [await talent('Ada Aas'), await talent('Bo Berg')];
  const { id } = await formTeam(world, 'Team 1', trend.id, [ada.id, bo.id]);
  const at = `/teams/${id}`;
  await state(at, ada, '33', '34', '62');
  await state(at, bo, '33', '34');
  return { id, at, ada, bo };
}

const state = (at: string, as: Person, ...hours: string[]) => world.post(`${at}/hours`, { hours }, { as });

/** Plans the meeting that the page proposes. */
async function plan(at: string, as: Person) {
  const form = page(await world.get(at, { as }))(`#meetings form[action$="/meetings"]`);
  const fields = Object.fromEntries(
    ['formKey', 'date', 'time'].map((name) => [name, String(form.find(`[name=${name}]`).val())]),
  );
  return { fields, answer: await world.post(`${at}/meetings`, fields, { as }) };
}

const meetingId = async () => (await world.db.select().from(teamMeetings))[0]!.id;
const to = async (person: Person) => short(await objectsTo(world, person.email));

test('members say their hours, and the page shows those that all share, on the clock of its reader', async () => {
  const { at, ada, bo } = await team();
  const shown = await world.get(at, { as: ada });
  expect(text(shown, '#meetings')).toContain(
    'All 2 who said so can meet then: Tuesday 10 November, 09:00–11:00Tuesday 17 November, 09:00–11:00',
  );
  expect(
    page(shown)('.hours input:checked')
      .map((_, box) => page(shown)(box).val())
      .get(),
  ).toEqual(['33', '34', '62']);
  await world.db.update(peopleRows).set({ timeZone: 'Europe/London' }).where(eq(peopleRows.id, bo.id));
  expect(text(await world.get(at, { as: bo }), '#meetings')).toContain('Tuesday 10 November, 08:00–10:00');
  const cy = await talent('Cy Cole');
  expect(text(await world.get(at, { as: cy }), '#meetings')).toBe('');
  expect((await state(at, cy, '33')).statusCode).toBe(409);
  await world.db.transaction((tx) => teams.join(tx, Number(at.split('/')[2]), [cy.id]));
  expect(text(await world.get(at, { as: cy }), '#meetings')).toContain('Not said yet: Cy Cole.');
});

describe('a meeting', () => {
  test('is planned in one press, enters each calendar once, moves there and leaves it', async () => {
    const { at, ada, bo } = await team();
    const { fields, answer } = await plan(at, ada);
    expect(answer.headers.location).toBe(`${at}?said=planned#meetings`);
    // The same press twice is one meeting.
    await world.post(`${at}/meetings`, fields, { as: ada });
    const [own] = await objectsTo(world, ada.email);
    expect(own).toMatchObject({
      method: 'REQUEST',
      sequence: 0,
      status: 'CONFIRMED',
      start: '2026-11-10T09:00:00',
    });
    expect(own!.tzid).toBe('Europe/Oslo');
    expect(own!.attendee).toBe(`mailto:${ada.email}`);
    const letters = (await allLetters(world)).filter(({ kind }) => kind === 'team-meeting');
    expect(letters.map(({ recipientName }) => recipientName).toSorted()).toEqual(['Ada Aas', 'Bo Berg']);
    expect(text(await world.get(at, { as: bo }), '#meetings')).toContain(
      'Tuesday 10 November 2026, 09:00–10:00',
    );
    const here = `${at}/meetings/${await meetingId()}`;
    const form = page(await world.get(here, { as: bo }));
    const seen = String(form('[name=seen]').val());
    expect([form('#date').val(), form('#time').val(), form('#minutes').val()]).toEqual([
      '2026-11-10',
      '09:00',
      '60',
    ]);
    const moved = { date: '2026-11-12', time: '14:00', minutes: '90', place: 'Room 3', seen };
    expect((await world.post(here, moved, { as: bo })).headers.location).toBe(`${at}?said=moved#meetings`);
    // Saving the same again tells nobody; an older form is shown what is stored.
    await world.post(here, { ...moved, seen: '' }, { as: bo });
    const late = await world.post(here, { ...moved, place: 'Room 9' }, { as: ada });
    expect([late.statusCode, text(late, '.notice')]).toEqual([409, expect.stringContaining('Where: Room 3')]);
    const [, second] = await objectsTo(world, ada.email);
    expect(second).toMatchObject({
      method: 'REQUEST',
      sequence: 1,
      uid: own!.uid,
      start: '2026-11-12T14:00:00',
    });
    expect((await world.post(`${here}/cancellation`, {}, { as: ada })).statusCode).toBe(303);
    expect(await to(ada)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 1 CONFIRMED', 'CANCEL 2 CANCELLED']);
    expect(await to(bo)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 1 CONFIRMED', 'CANCEL 2 CANCELLED']);
    expect((await world.post(`${here}/cancellation`, {}, { as: ada })).statusCode).toBe(404);
  });

  test('follows who comes and goes: their own calendar alone, without a STATUS, and again with a higher SEQUENCE', async () => {
    const { id, at, ada, bo } = await team();
    await world.db.update(teamRows).set({ isOpen: true, most: 4 }).where(eq(teamRows.id, id));
    await plan(at, ada);
    const cy = await talent('Cy Cole');
    await world.post(`${at}/joining`, {}, { as: cy });
    expect(await to(cy)).toEqual(['REQUEST 0 CONFIRMED']);
    // Leaving can be undone: then no calendar hears of it.
    await world.post(`${at}/leaving`, {}, { as: cy });
    expect(await to(cy)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    const toast = page(await world.get(at, { as: cy }))('.toast');
    const press = String(toast.find('input[name=press]').val());
    await world.post(toast.attr('action')!, { press }, { as: cy });
    expect(await to(cy)).toEqual(['REQUEST 0 CONFIRMED']);
    world.clock.advance({ seconds: 1 });
    await world.post(`${at}/leaving`, {}, { as: cy });
    world.clock.advance({ seconds: 11 });
    await world.post(`${at}/joining`, {}, { as: cy });
    expect(await to(cy)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1', 'REQUEST 2 CONFIRMED']);
    await disablePerson(world.ctx, world.organiser.id, bo.id);
    expect(await to(bo)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    await enablePerson(world.ctx, bo.id, world.organiser.id);
    expect(await to(bo)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1', 'REQUEST 2 CONFIRMED']);
    // Nobody else's calendar was touched, and one cancellation is above all that each was sent.
    expect(await to(ada)).toEqual(['REQUEST 0 CONFIRMED']);
    await dissolve(world.ctx, id);
    expect((await to(ada)).at(-1)).toBe('CANCEL 1 CANCELLED');
    expect((await to(cy)).at(-1)).toBe('CANCEL 3 CANCELLED');
  });

  test('goes with a person to a new address, and is shown in their feed as it stands', async () => {
    const { at, ada, bo } = await team();
    await plan(at, ada);
    const feed = async () => {
      const secret = 'f'.repeat(27);
      await feedTokens.replace(world.db, bo.id, hashSecret(secret));
      const { body } = await world.get(`/feed/${secret}.ics`);
      return new ICAL.Component(ICAL.parse(body) as unknown[])
        .getAllSubcomponents('vevent')
        .map((event) =>
          ['summary', 'dtstart', 'sequence', 'status'].map((name) =>
            String(event.getFirstPropertyValue(name)),
          ),
        );
    };
    expect(await feed()).toEqual([['Meeting of Team 1', '2026-11-10T09:00:00', '0', 'CONFIRMED']]);
    const typed = { name: bo.name, email: 'bo.berg@halden.example', side: 'talent' as const, manager: '' };
    const rest = { department: '', jobTitle: '', language: '', isOrganiser: false };
    await savePerson(world.ctx, world.organiser.id, bo.id, bo.updatedAt, { ...typed, ...rest });
    expect(await to(bo)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    expect(short(await objectsTo(world, 'bo.berg@halden.example'))).toEqual(['REQUEST 2 CONFIRMED']);
    await world.post(`${at}/meetings/${await meetingId()}/cancellation`, {}, { as: ada });
    expect(await feed()).toEqual([['Meeting of Team 1', '2026-11-10T09:00:00', '3', 'CANCELLED']]);
  });

  test('is refused where the time is over or the clock skips it, with what was typed', async () => {
    const { at, ada } = await team();
    const formKey = crypto.randomUUID();
    const send = (fields: Record<string, string>) =>
      world.post(`${at}/meetings`, { formKey, minutes: '60', place: 'Room 3', ...fields }, { as: ada });
    const past = await send({ date: '2026-11-01', time: '09:00' });
    expect([past.statusCode, text(past, '#time-error')]).toEqual([
      422,
      'Error: This time is over. Choose a later one.',
    ]);
    expect([page(past)('#date').val(), page(past)('#place').val()]).toEqual(['2026-11-01', 'Room 3']);
    const skipped = await send({ date: '2027-03-28', time: '02:30' });
    expect(text(skipped, '#time-error')).toContain('02:30 does not exist');
    expect(text(await send({ date: '', time: '' }), '.error-summary')).toContain('Choose a day.');
    const cy = await talent('Cy Cole');
    expect(
      (await world.post(`${at}/meetings`, { formKey, date: '2026-12-01', time: '09:00' }, { as: cy }))
        .statusCode,
    ).toBe(404);
    expect((await world.get(`${at}/meetings/new`, { as: cy })).statusCode).toBe(404);
    expect(await world.db.select().from(teamMeetings)).toEqual([]);
  });
});
