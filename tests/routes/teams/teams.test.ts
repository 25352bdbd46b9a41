// Research teams: made by hand, seen by everyone.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { people as peopleTable } from '../../../src/store/schema/index.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { eventWith, formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name: string) => world.addPerson({ name, side: 'talent', department: 'Finance' });
const disabled = (name: string) => world.addPerson({ name, side: 'talent', disabledAt: world.clock.now });
const newTeam = (fields: Record<string, string | string[]> = {}) => ({
  name: 'Team 1',
  trendId: '',
  formKey: randomUUID(),
  ...fields,
});

describe('making a team', () => {
  test('takes a name, talents and a trend, and everyone can see it', async () => {
    const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
    const trend = await proposeTrend(world, 'Work after the degree', { state: 'shortlisted' });
    const form = page(await world.get(`/teams/new?trend=${trend.id}`, { as: world.organiser }));
    expect(form('#name').val()).toBe('Team 1');
    expect(form('#trendId option[selected]').text()).toBe('Work after the degree (shortlisted)');
    expect(
      form('#members label b')
        .map((_i, name) => form(name).text())
        .get(),
    ).toEqual(['Noor Haddad', 'Oskar Lindholm']);

    const sent = newTeam({ trendId: String(trend.id), members: [String(noor.id), String(oskar.id)] });
    const answer = await world.post('/teams', sent, { as: world.organiser });
    expect(answer.headers.location).toBe('/teams/1?said=made');
    const senior = await world.addPerson({ name: 'Henrik Falk' });
    const shown = page(await world.get('/teams/1', { as: senior }));
    expect(shown('h1').text()).toBe('Work after the degree');
    expect(
      shown('#members-h')
        .parent()
        .find('.person > span:last-child')
        .map((_i, one) => shown(one).text())
        .get(),
    ).toEqual(['Noor HaddadFinance', 'Oskar LindholmFinance']);
    expect(shown('#desk-h').length).toBe(0);
  });

  test('finds one talent among hundreds, keeps who was chosen and what was typed, and makes no team by that', async () => {
    const [noor, oskar] = [
      await world.addPerson({ name: 'Noor Zaman', side: 'talent' }),
      await world.addPerson({ name: 'Oskar Öberg', side: 'talent', department: 'Risk' }),
    ];
    for (let n = 0; n < 30; n += 1) await world.addPerson({ name: `Talent Adams-${n}`, side: 'talent' });
    const names = (answer: Answer) => {
      const form = page(answer);
      return form('#members label b')
        .map((_i, name) => form(name).text())
        .get();
    };
    const first = await world.get('/teams/new', { as: world.organiser });
    expect([names(first).length, names(first).includes('Oskar Öberg')]).toEqual([25, false]);
    const sent = { ...newTeam({ name: 'Cool heads', members: String(noor.id) }), find: 'oberg', do: 'find' };
    const found = await world.post('/teams', sent, { as: world.organiser });
    expect([found.statusCode, names(found)]).toEqual([200, ['Noor Zaman', 'Oskar Öberg']]);
    const form = page(found);
    expect([form('#name').val(), form(`#member-${noor.id}`).attr('checked')]).toEqual([
      'Cool heads',
      'checked',
    ]);
    expect(form('input[name=formKey]').val()).toBe(sent.formKey);
    expect(await teams.withMembers(world.db)).toEqual([]);
    const { do: _, ...whole } = { ...sent, members: [String(noor.id), String(oskar.id)] };
    await world.post('/teams', whole, { as: world.organiser });
    const [team] = await teams.withMembers(world.db);
    expect(team!.members.map(({ name }) => name)).toEqual(['Noor Zaman', 'Oskar Öberg']);
  });

  test('is done once when the form is sent twice', async () => {
    const sent = newTeam();
    await world.post('/teams', sent, { as: world.organiser });
    const again = await world.post('/teams', sent, { as: world.organiser });
    expect(again.headers.location).toBe('/teams/1?said=made');
    expect(await teams.withMembers(world.db)).toHaveLength(1);
  });

  test('is for organisers', async () => {
    const noor = await talent('Noor Haddad');
    expect((await world.get('/teams/new', { as: noor })).statusCode).toBe(404);
    expect((await world.post('/teams', newTeam(), { as: noor })).statusCode).toBe(404);
    expect((await world.post('/teams', newTeam(), { as: world.organiser })).statusCode).toBe(303);
  });

  test('asks for a name, and keeps who was ticked', async () => {
    const noor = await talent('Noor Haddad');
    await talent('Oskar Lindholm');
    const answer = await world.post('/teams', newTeam({ name: ' ', members: String(noor.id) }), {
      as: world.organiser,
    });
    expect(answer.statusCode).toBe(422);
    expect(page(answer)('#name-error').text()).toBe('Error: Give the team a name.');
    expect(
      page(answer)('#members input[checked]')
        .map((_i, box) => page(answer)(box).val())
        .get(),
    ).toEqual([String(noor.id)]);
  });

  test('takes active talents only, and trends that are open', async () => {
    const gone = await disabled('Gone Away');
    const senior = await world.addPerson({ name: 'Henrik Falk' });
    const parked = await proposeTrend(world, 'Parked', { state: 'parked', parkedReason: 'Later.' });
    const error = async (fields: Record<string, string>) => {
      const answer = await world.post('/teams', newTeam(fields), { as: world.organiser });
      return [answer.statusCode, page(answer)('.error-summary li').text()];
    };
    const refused = [422, 'Someone you chose is no young talent here any more. Look through the list again.'];
    expect(await error({ members: String(gone.id) })).toEqual(refused);
    expect(await error({ members: String(senior.id) })).toEqual(refused);
    expect(await error({ trendId: String(parked.id) })).toEqual([
      422,
      'This trend was parked or merged in the meantime. Choose another one.',
    ]);
    expect(await teams.withMembers(world.db)).toEqual([]);
  });
});

describe('the list of teams', () => {
  test('shows a talent their own team first, and in which teams someone is twice', async () => {
    const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
    await formTeam(world, 'Team 1', null, [oskar.id]);
    await formTeam(world, 'Team 10', null, [noor.id, oskar.id]);
    await formTeam(world, 'Team 2', null, []);
    const list = page(await world.get('/teams', { as: noor }));
    expect(
      list('h2')
        .map((_i, head) => list(head).text())
        .get(),
    ).toEqual(['Your team', 'Other teams']);
    expect(
      list('.teamcard h3')
        .map((_i, name) => list(name).text())
        .get(),
    ).toEqual(['Team 10', 'Team 1', 'Team 2']);
    const shown = page(await world.get('/teams/2', { as: noor }));
    expect(shown('#members-h').text()).toBe('Your team');
    expect(
      shown('.person small')
        .map((_i, note) => shown(note).text())
        .get(),
    ).toEqual(['Finance', 'Finance, also in Team 1']);
  });

  test('says what fills it while it is empty', async () => {
    const noor = await talent('Noor Haddad');
    expect(page(await world.get('/teams', { as: noor }))('.empty a').attr('href')).toBe('/trends');
    expect(page(await world.get('/teams', { as: world.organiser }))('.empty a').attr('href')).toBe(
      '/teams/new',
    );
  });

  test('leaves out people who cannot take part any more, and has them again when they return', async () => {
    const noor = await talent('Noor Haddad');
    const gone = await disabled('Gone Away');
    const team = await formTeam(world, 'Team 1', null, [noor.id, gone.id]);
    expect((await teams.find(world.db, team.id))!.members.map((member) => member.name)).toEqual([
      'Noor Haddad',
    ]);
    const sent = { name: 'Team 1', trendId: '', members: String(noor.id) };
    await world.post(`/teams/${team.id}`, sent, { as: world.organiser });
    await world.db.update(peopleTable).set({ disabledAt: null }).where(eq(peopleTable.id, gone.id));
    expect((await teams.find(world.db, team.id))!.members.map((member) => member.name)).toEqual([
      'Gone Away',
      'Noor Haddad',
    ]);
  });
});

describe('changing a team', () => {
  test('changes name, people and trend at once', async () => {
    const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
    const trend = await proposeTrend(world, 'Heat');
    await formTeam(world, 'Team 1', null, [noor.id]);
    const sent = { name: 'Cool heads', trendId: String(trend.id), members: String(oskar.id) };
    expect((await world.post('/teams/1', sent, { as: world.organiser })).headers.location).toBe(
      '/teams/1?said=saved',
    );
    const team = (await teams.find(world.db, 1))!;
    expect([team.name, team.trendId, team.members.map((member) => member.id)]).toEqual([
      'Cool heads',
      trend.id,
      [oskar.id],
    ]);
    expect((await world.post('/teams/9', sent, { as: world.organiser })).statusCode).toBe(404);
    expect((await world.post('/teams/1', sent, { as: noor })).statusCode).toBe(404);
  });

  test('keeps a trend that was parked meanwhile, and says so on its page', async () => {
    const trend = await proposeTrend(world, 'Heat', { state: 'parked', parkedReason: 'In March.' });
    await formTeam(world, 'Team 1', trend.id, []);
    expect(page(await world.get('/teams/1', { as: world.organiser }))('.notice p').text()).toBe(
      'This trend is parked. In March. Give the team another trend',
    );
    const sent = { name: 'Team one', trendId: String(trend.id) };
    expect((await world.post('/teams/1', sent, { as: world.organiser })).statusCode).toBe(303);
    expect((await teams.find(world.db, 1))!.trendId).toBe(trend.id);
  });
});

describe('deleting a team', () => {
  test('leaves its people and its trend', async () => {
    const noor = await talent('Noor Haddad');
    const trend = await proposeTrend(world, 'Heat');
    await formTeam(world, 'Team 1', trend.id, [noor.id]);
    expect((await world.post('/teams/1/deletion', {}, { as: noor })).statusCode).toBe(404);
    expect((await world.post('/teams/1/deletion', {}, { as: world.organiser })).headers.location).toBe(
      '/teams?said=deleted',
    );
    expect((await world.get('/teams/1', { as: noor })).statusCode).toBe(404);
    expect((await world.get(`/trends/${trend.id}`, { as: noor })).statusCode).toBe(200);
  });

  test('is refused while it has a table at a coming event', async () => {
    const trend = await proposeTrend(world, 'Heat', { state: 'shortlisted' });
    await formTeam(world, 'Team 1', trend.id, []);
    await eventWith(world, [trend.id], { teamIds: [1] });
    const answer = await world.post('/teams/1/deletion', {}, { as: world.organiser });
    expect(answer.statusCode).toBe(409);
    expect(page(answer)('.error-summary li').text()).toBe(
      'This team has table 1 at Winter round. Give that table to another team first, then delete this one.',
    );
    world.clock.now = Temporal.Instant.from('2026-12-11T08:00:00Z');
    expect((await world.post('/teams/1/deletion', {}, { as: world.organiser })).statusCode).toBe(303);
  });
});
