import { describe, expect, test } from 'vitest';
import * as people from '../../../src/store/people/people.ts';
import { people as peopleTable } from '../../../src/store/schema/index.ts';
import { readCsv } from '../../../src/web/csv.ts';
import { drafted, published } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();

const get = (path: string, headers?: Record<string, string>) =>
  world.get(path, { as: world.organiser, ...(headers ? { headers } : {}) });
const post = (path: string, fields: Record<string, string>) =>
  world.post(path, fields, { as: world.organiser });
const all = (answer: Answer, selector: string) => {
  const $ = page(answer);
  return $(selector)
    .map((_, each) => $(each).text())
    .get();
};
const namesIn = (answer: Answer) => all(answer, 'tbody th a');
const text = (answer: Answer, selector: string) => page(answer)(selector).text().replace(/\s+/g, ' ').trim();
const chip = (answer: Answer, name: string) =>
  page(answer)('.chip')
    .filter((_, link) => page(answer)(link).text().startsWith(name))
    .attr('href');

async function fillHouse() {
  const boss = await world.addPerson({
    name: 'Henrik Falk',
    email: 'hf@halden.example',
    department: 'Finance',
  });
  await world.addPerson({ name: 'Zoë Ørsted', side: 'talent', department: 'Sales', managerId: boss.id });
  await world.addPerson({ name: 'Jonas Berg', side: 'talent', department: 'Finance', jobTitle: 'Graduate' });
  await world.addPerson({ name: 'Mats Eriksen', department: 'Finance', disabledAt: world.clock.now });
  return boss;
}

const typed = {
  name: 'Ada Berg',
  email: 'ada@halden.example',
  side: 'talent',
  department: '',
  jobTitle: '',
  language: '',
  manager: '',
};

describe('who may look', () => {
  const paths = [
    '/people',
    '/people/new',
    '/people/1',
    '/people/export.csv',
    '/people/import',
    '/people/import/empty.csv',
  ];

  test('organisers see every page', async () => {
    for (const path of paths) expect([path, (await get(path)).statusCode]).toEqual([path, 200]);
  });

  test('for anybody else there is nothing, and nothing happens', async () => {
    const talent = await world.addPerson({ side: 'talent' });
    for (const path of paths)
      expect([path, (await world.get(path, { as: talent })).statusCode]).toEqual([path, 404]);
    for (const path of ['/people', '/people/1', '/people/1/disabling', '/people/1/enabling']) {
      expect([path, (await world.post(path, typed, { as: talent })).statusCode]).toEqual([path, 404]);
    }
    expect((await get('/people/1')).statusCode).toBe(200);
  });

  test('strangers are asked to sign in', async () => {
    expect((await world.get('/people')).headers.location).toBe('/sign-in?next=%2Fpeople');
  });
});

describe('the list', () => {
  test('names everyone by last name, with side, department, manager and state', async () => {
    await fillHouse();
    const answer = await get('/people');
    expect(namesIn(answer)).toEqual([
      'Jonas Berg',
      'Mats Eriksen',
      'Henrik Falk',
      'Ida Nordby',
      'Zoë Ørsted',
    ]);
    expect(text(answer, '.page-head p')).toBe(
      '5 people: 3 senior managers and 2 young talents, from 2 departments.',
    );
    expect(text(answer, 'tbody tr:nth-child(2)')).toMatch(/Last invitedDeactivated on 9 November/);
    expect(text(answer, 'tbody tr:nth-child(5)')).toMatch(/Sales Reports toHenrik Falk/);
  });

  test('is searched by name, address, department and title, whatever the accents and capitals', async () => {
    await fillHouse();
    expect(namesIn(await get('/people?find=ZOE+orsted'))).toEqual(['Zoë Ørsted']);
    expect(namesIn(await get('/people?find=hf%40halden'))).toEqual(['Henrik Falk']);
    expect(namesIn(await get('/people?find=graduate'))).toEqual(['Jonas Berg']);
    expect(namesIn(await get('/people?find=finance+a'))).toEqual([
      'Jonas Berg',
      'Mats Eriksen',
      'Henrik Falk',
    ]);
    expect(namesIn(await get('/people?find=%25'))).toHaveLength(5);
  });

  test('is filtered by links that keep the search and show how many there are', async () => {
    await fillHouse();
    const all = await get('/people?find=e');
    expect(text(all, '.filters')).toBe(
      'SideEveryone 5Senior managers 3Young talents 2DepartmentAllFinance 3Sales 1InvitedAllNot invited yet 4Deactivated 1',
    );
    expect(chip(all, 'Young talents')).toBe('/people?find=e&side=talent');
    expect(namesIn(await get(chip(all, 'Young talents')!))).toEqual(['Jonas Berg', 'Zoë Ørsted']);
    expect(namesIn(await get(chip(all, 'Finance')!))).toEqual(['Jonas Berg', 'Mats Eriksen', 'Henrik Falk']);
    expect(namesIn(await get(chip(all, 'Deactivated')!))).toEqual(['Mats Eriksen']);
    expect(namesIn(await get(chip(all, 'Not invited')!))).toEqual([
      'Jonas Berg',
      'Henrik Falk',
      'Ida Nordby',
      'Zoë Ørsted',
    ]);
  });

  test('says what people were invited to last, and who never was; being on a draft is no invitation yet', async () => {
    const [ada, bo] = [
      await world.addPerson({ name: 'Ada Berg' }),
      await world.addPerson({ name: 'Bo Chen' }),
    ];
    await published(world, [ada], { name: 'Winter round' });
    await drafted(world, [ada, bo], { name: 'Spring round' });
    const answer = await get('/people');
    expect(text(answer, 'tbody tr:nth-child(1) td:nth-child(5)')).toBe('Last invitedWinter roundNo answer');
    expect(text(answer, 'tbody tr:nth-child(2) td:nth-child(5)')).toBe('Last invitedNot invited yet');
    expect(namesIn(await get('/people?only=uninvited'))).toEqual(['Bo Chen', 'Ida Nordby']);
    expect(text(answer, '.filters')).toContain('Not invited yet 2');
    expect(text(await get(`/people/${ada.id}`), '.page-head')).toContain(
      'Last invited to Winter round: No answer yet',
    );
  });

  test('of many comes in pages', async () => {
    for (let i = 0; i < 30; i += 1) await world.addPerson({ name: `Person A${String(i).padStart(2, '0')}` });
    const first = await get('/people');
    expect([namesIn(first).length, text(first, '.pager .quiet'), text(first, '.pager a')]).toEqual([
      25,
      '1 to 25 of 31, by last name',
      'Next 6',
    ]);
    const second = await get(page(first)('.pager a').attr('href')!);
    expect([namesIn(second).length, text(second, '.pager .quiet'), text(second, '.pager a')]).toEqual([
      6,
      '26 to 31 of 31, by last name',
      'Back',
    ]);
    expect(namesIn(await get('/people?page=99'))).toEqual(namesIn(second));
    expect(namesIn(await get('/people?page=x&side=y&only=z'))).toEqual(namesIn(first));
  });

  test('without anybody else offers what to do next', async () => {
    const answer = await get('/people');
    expect(text(answer, '.empty strong')).toBe('You’re the only person so far');
    expect(
      page(answer)('.empty a')
        .map((_, link) => page(answer)(link).attr('href'))
        .get(),
    ).toEqual(['/people/import', '/people/new']);
  });

  test('that finds nobody names the nearest', async () => {
    await world.addPerson({ name: 'Margareta Lindqvist' });
    const answer = await get('/people?find=Lindquist');
    expect(text(answer, '.empty')).toContain(
      'Nobody called “Lindquist” hereOne name is close: Margareta Lindqvist.',
    );
    expect(namesIn(await get(page(answer)('.empty a').attr('href')!))).toEqual(['Margareta Lindqvist']);
  });

  test('goes out as a file that an import reads again, and in which nothing runs', async () => {
    const boss = await fillHouse();
    await world.addPerson({ name: '=HYPERLINK("x")', side: 'talent', managerId: boss.id, language: 'nl' });
    const answer = await get('/people/export.csv?side=talent', { 'accept-language': 'nl-BE,nl;q=0.9' });
    expect(answer.headers['content-disposition']).toBe('attachment; filename="people.csv"');
    expect(answer.body).toContain('"\'=HYPERLINK(""x"")"');
    const file = readCsv(answer.rawPayload);
    expect([file.delimiter, file.header.length, file.rows.map(({ cells }) => cells[0])]).toEqual([
      ';',
      7,
      ['=HYPERLINK("x")', 'Jonas Berg', 'Zoë Ørsted'],
    ]);
    expect(file.rows[2]!.cells.slice(2, 5)).toEqual(['talent', 'Sales', 'hf@halden.example']);
  });
});

describe('adding a person', () => {
  test('shows them afterwards', async () => {
    const answer = await post('/people', { ...typed, isOrganiser: 'on' });
    const ada = (await people.findByEmail(world.db, 'ada@halden.example'))!;
    expect([answer.statusCode, answer.headers.location, ada.isOrganiser]).toEqual([
      303,
      `/people/${ada.id}?said=added`,
      true,
    ]);
    const shown = await get(answer.headers.location as string);
    expect([text(shown, 'h1'), text(shown, '#status')]).toEqual(['Ada Berg', 'Added. Nobody was e-mailed.']);
  });

  test('with mistakes names each of them and keeps what was typed', async () => {
    const answer = await post('/people', {
      ...typed,
      name: ' ',
      email: 'ada@halden',
      jobTitle: 'Lead',
      isOrganiser: 'on',
    });
    expect(answer.statusCode).toBe(422);
    expect(all(answer, '.error-summary li')).toEqual([
      'Write the first and the last name.',
      'The address stops after “halden”. Write it in full, for example ada@halden.com.',
    ]);
    expect(page(answer)('#email').val()).toBe('ada@halden');
    expect(page(answer)('#jobTitle').val()).toBe('Lead');
    expect(page(answer)('#isOrganiser').attr('checked')).toBe('checked');
    expect(page(answer)('title').text()).toMatch(/^Error: /);
    expect((await world.db.select().from(peopleTable)).length).toBe(1);
  });

  test('without a side asks for one', async () => {
    const { side, ...rest } = typed;
    expect(side).toBe('talent');
    expect(text(await post('/people', rest), '.error-summary li')).toBe(
      'Choose young talent or senior manager.',
    );
  });

  test('with an address somebody has says whose it is', async () => {
    const answer = await post('/people', { ...typed, email: 'IDA.nordby@halden.example' });
    expect([answer.statusCode, text(answer, '#email-error')]).toEqual([
      422,
      'Error: Ida Nordby has this address already. Use another, or edit Ida Nordby.',
    ]);
  });

  test('with a field nobody asked for is refused as a whole', async () => {
    expect((await post('/people', { ...typed, disabledAt: 'now' })).statusCode).toBe(400);
    expect(await people.findByEmail(world.db, 'ada@halden.example')).toBe(null);
  });
});

describe('editing a person', () => {
  const seenBy = async (id: number) => String(page(await get(`/people/${id}`))('[name=seen]').val());

  test('shows what there is and saves what is typed', async () => {
    const boss = await fillHouse();
    const ada = await world.addPerson({ name: 'Ada', side: 'talent', managerId: boss.id, language: 'nl' });
    const shown = await get(`/people/${ada.id}`);
    expect([
      page(shown)('#manager').val(),
      page(shown)('#language').val(),
      page(shown)('[name=side]:checked').val(),
    ]).toEqual(['hf@halden.example', 'nl', 'talent']);
    const answer = await post(`/people/${ada.id}`, { ...typed, side: 'senior', seen: await seenBy(ada.id) });
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      `/people/${ada.id}?said=address-saved`,
    ]);
    expect(await people.find(world.db, ada.id)).toMatchObject({
      name: 'Ada Berg',
      side: 'senior',
      managerId: null,
      language: '',
    });
  });

  test('that somebody else saved in between says so, keeps what was typed and shows what is stored', async () => {
    const ada = await world.addPerson({
      ...typed,
      side: 'talent',
      jobTitle: 'Developer',
      ...{ manager: undefined },
    });
    const seen = await seenBy(ada.id);
    world.clock.advance({ minutes: 1 });
    await post(`/people/${ada.id}`, { ...typed, jobTitle: 'Lead', seen });
    const answer = await post(`/people/${ada.id}`, { ...typed, jobTitle: 'Boss', seen });
    expect(answer.statusCode).toBe(409);
    expect(text(answer, '.error-summary li')).toBe(
      'Someone else has saved Ada Berg in the meantime. Compare, then save again.',
    );
    expect(text(answer, '.notice li')).toBe('Title: Lead');
    expect(page(answer)('#jobTitle').val()).toBe('Boss');
    expect((await people.find(world.db, ada.id))!.jobTitle).toBe('Lead');
    const again = await post(`/people/${ada.id}`, {
      ...typed,
      jobTitle: 'Boss',
      seen: String(page(answer)('[name=seen]').val()),
    });
    expect([again.statusCode, (await people.find(world.db, ada.id))!.jobTitle]).toEqual([303, 'Boss']);
  });

  test('a mistake does not forget what was seen', async () => {
    const ada = await world.addPerson({ name: 'Ada', side: 'talent' });
    const seen = await seenBy(ada.id);
    world.clock.advance({ minutes: 1 });
    await post(`/people/${ada.id}`, { ...typed, jobTitle: 'Lead', seen });
    const mistaken = await post(`/people/${ada.id}`, { ...typed, name: '', seen });
    expect([mistaken.statusCode, page(mistaken)('[name=seen]').val()]).toEqual([422, seen]);
  });

  test('never takes the last organiser’s role', async () => {
    const ida = world.organiser;
    const answer = await post(`/people/${ida.id}`, {
      ...typed,
      name: ida.name,
      email: ida.email,
      side: 'senior',
      seen: await seenBy(ida.id),
    });
    expect([answer.statusCode, text(answer, '#isOrganiser-error')]).toEqual([
      422,
      'Error: This is the only organiser. Make someone else an organiser first.',
    ]);
    expect((await people.find(world.db, ida.id))!.isOrganiser).toBe(true);
  });

  test('who does not exist finds nothing', async () => {
    for (const path of ['/people/4711', '/people/0', '/people/x', '/people/99999999999'])
      expect((await get(path)).statusCode).toBe(404);
    expect((await post('/people/4711', { ...typed, seen: '0' })).statusCode).toBe(404);
  });

  test('a name with markup in it is shown as it was typed', async () => {
    const evil = await world.addPerson({
      name: '<div hx-delete="/people/1" hx-trigger="load">',
      department: '<b>',
    });
    for (const path of ['/people', `/people/${evil.id}`]) {
      const answer = await get(path);
      expect(page(answer)('[hx-delete]').length).toBe(0);
      expect(text(answer, 'main')).toContain('<div hx-delete="/people/1" hx-trigger="load">');
    }
  });
});

describe('disabling a person', () => {
  test('signs them out at once, keeps the list one was in, and can be taken back', async () => {
    const talent = await world.addPerson({ name: 'Ada', side: 'talent' });
    expect((await world.get('/trends', { as: talent })).statusCode).toBe(200);
    const answer = await post(`/people/${talent.id}/disabling`, { back: '/people?side=talent&page=1' });
    expect(answer.headers.location).toBe('/people?side=talent&page=1&said=disabled');
    const list = await get(answer.headers.location as string);
    expect([text(list, '#status'), text(list, '.menu button')]).toEqual([
      'Deactivated, and signed out everywhere.',
      'Activate again',
    ]);
    expect((await world.get('/trends', { as: talent })).headers.location).toBe(
      '/sign-in?next=%2Ftrends&why=ended',
    );
    expect(text(await get(`/people/${talent.id}`), '#access')).toBe('Deactivated on Monday 9 November 2026');
    const back = await post(`/people/${talent.id}/enabling`, {});
    expect(back.headers.location).toBe(`/people/${talent.id}?said=enabled`);
    expect((await people.find(world.db, talent.id))!.disabledAt).toBe(null);
  });

  test('is refused for oneself, and never leads away from the site', async () => {
    expect((await post(`/people/${world.organiser.id}/disabling`, {})).statusCode).toBe(409);
    expect((await people.find(world.db, world.organiser.id))!.disabledAt).toBe(null);
    const ada = await world.addPerson();
    const answer = await post(`/people/${ada.id}/disabling`, { back: 'https://evil.example/people' });
    expect(answer.headers.location).toBe(`/people/${ada.id}?said=disabled`);
  });
});
