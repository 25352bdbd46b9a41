// Lists and forms that name people we have: the same person, somebody else, or somebody who has left.
import { expect, test } from 'vitest';
import { importPeople } from '../../../src/jobs/import-people.ts';
import * as people from '../../../src/store/people/people.ts';
import { readCsv } from '../../../src/web/csv.ts';
import { published } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const get = (path: string) => world.get(path, { as: world.organiser });
const post = (path: string, fields: Record<string, string | string[]> = {}) =>
  world.post(path, fields, { as: world.organiser });
const text = (answer: Answer, selector: string) => page(answer)(selector).text().replace(/\s+/g, ' ').trim();
const inHouse = async (email: string) => people.findByEmail(world.db, email);

async function preview(...rows: string[]): Promise<string> {
  const bytes = ['Name;E-mail;Side', ...rows].join('\r\n');
  const browser = await world.browserOf(world.organiser);
  const answer = await browser.upload('/people/import', { name: 'file', fileName: 'list.csv', bytes });
  return String(answer.headers.location);
}

async function importFile(...rows: string[]): Promise<string> {
  const path = await preview(...rows);
  await post(`${path}/confirmation`);
  await importPeople(world.ctx, { importId: Number(path.split('/').at(-1)) });
  return path;
}

const typed = { name: 'Nys, Dr. Eva', email: 'eva.nys@new.example', side: 'talent', department: 'Law' };

test('a new address with a known name asks whether it is the same person, and keeps what was typed', async () => {
  const eva = await world.addPerson({ name: 'Éva Nys', email: 'eva@halden.example' });
  const asked = await post('/people', typed);
  expect(asked.statusCode).toBe(422);
  expect(text(asked, '.error-summary')).toContain('There is a Éva Nys already. Same person?');
  expect(page(asked)(`#isOther a[href="/people/${eva.id}"]`)).toHaveLength(1);
  expect(page(asked)('[name=department]').val()).toBe('Law');
  expect(await inHouse(typed.email)).toBeNull();
  const added = await post('/people', { ...typed, isOther: 'on' });
  expect(added.statusCode).toBe(303);
  expect((await inHouse(typed.email))?.name).toBe('Nys, Dr. Eva');
  // The same form sent twice stays one person, without another question.
  expect((await post('/people', { ...typed, isOther: 'on' })).headers.location).toBe(added.headers.location);
});

test('another name asks nothing, and an address we have is said to be taken', async () => {
  await world.addPerson({ name: 'Eva Nysa', email: 'eva@halden.example' });
  expect((await post('/people', typed)).statusCode).toBe(303);
  const taken = await post('/people', { ...typed, name: 'Eva Nysa', email: 'EVA@halden.example' });
  expect(taken.statusCode).toBe(422);
  expect(text(taken, '#email-error')).toContain('has this address already');
});

test('an import names new rows that may be people we have, also deactivated ones, and nobody twice', async () => {
  const eva = await world.addPerson({ name: 'Eva Nys', email: 'eva@halden.example' });
  await world.addPerson({ name: 'Bo Li', email: 'bo@halden.example', disabledAt: world.clock.now });
  await world.addPerson({ name: 'Cy Ng', email: 'cy@halden.example' });
  const path = await preview(
    'Nys, Eva;eva.nys@new.example;talent',
    'BO LI;bo.li@new.example;senior',
    'Cy Ng;cy@halden.example;senior',
    'Cy Ng;another.cy@halden.example;talent',
  );
  const shown = await get(`${path}?show=new`);
  expect(text(shown, '.notice')).toContain('2 new people have names of people you have.');
  expect(text(shown, 'tbody')).toContain('Same person as Eva Nys with eva@halden.example?');
  expect(text(shown, 'tbody')).toContain('Same person as Bo Li, deactivated, with bo@halden.example?');
  expect(text(shown, 'tbody')).not.toContain('Same person as Cy Ng');
  expect(page(shown)(`tbody a[href="/people/${eva.id}"]`)).toHaveLength(1);
});

test('people missing from a new file are listed, and one press deactivates them', async () => {
  const stay = Array.from({ length: 9 }, (_, n) => `Stays ${n};stays${n}@halden.example;senior`);
  await importFile(...stay, 'Ada Left;ada@halden.example;senior');
  const ada = (await inHouse('ada@halden.example'))!;
  const event = await published(world, [ada]);
  const changed = ['Stays 0;stays0@halden.example;talent', ...stay.slice(1)];
  const seen = await get(await preview(...stay));
  expect(text(seen, '#missing h2')).toBe('1 person is not in the file');
  const path = await importFile(...changed);
  const done = await get(path);
  expect(text(done, '#missing h2')).toBe('1 person is not in the file');
  expect(page(done)(`#missing input[value="${ada.id}"][checked]`)).toHaveLength(1);
  expect(text(done, '#missing')).not.toContain('Ida Nordby');
  const stranger = await inHouse('stays1@halden.example');
  await post(`${path}/missing`, { person: [String(ada.id), String(stranger!.id), '999'] });
  expect((await inHouse('ada@halden.example'))?.disabledAt).not.toBeNull();
  expect((await inHouse('stays1@halden.example'))?.disabledAt).toBeNull();
  expect(page(await get(path))('#missing')).toHaveLength(0);
  expect(text(await get(`/events/${event.id}/people`), 'main')).not.toContain('Ada Left');
  // A second organiser who still has the list in front of them does no harm.
  expect((await post(`${path}/missing`, { person: String(ada.id) })).headers.location).toContain('said=none');
});

test('also a list that changes nothing leads to the press, before anything is imported', async () => {
  const stay = Array.from({ length: 9 }, (_, n) => `Stays ${n};stays${n}@halden.example;senior`);
  await importFile(...stay, 'Ada Left;ada@halden.example;senior');
  const path = await preview(...stay);
  const { id } = (await inHouse('ada@halden.example'))!;
  const pressed = await post(`${path}/missing`, { person: String(id) });
  expect(pressed.headers.location).toBe(`${path}?said=disabled`);
  expect((await inHouse('ada@halden.example'))?.disabledAt).not.toBeNull();
  expect(page(await get(path))('#missing')).toHaveLength(0);
});

test('a file that holds a part of the people ticks nobody', async () => {
  for (let n = 0; n < 6; n++) await world.addPerson();
  const done = await get(await importFile('Ada Berg;ada@halden.example;talent'));
  expect(text(done, '#missing h2')).toBe('6 people are not in the file');
  expect(page(done)('#missing input[checked]')).toHaveLength(0);
  expect(text(done, '#missing')).toContain('a part of your people only');
});

test('nasty cells: invisible signs, signs of nothing, broken and decomposed accents, German headings', async () => {
  const bytes = [
    'Vor- und Nachname;E-Mail-Adresse;Zielgruppe;Abteilung;Vorgesetzter',
    '\u200b Ze\u0301lie\u00a0Dupont \u2060;ze\u200blie@mu\u0308nchen.example;Nachwuchskraft;#N/A;-',
    'SÃ©bastien Roy;seb@halden.example;Führungskraft;Recht;',
    '\u3164\u200b;blank@halden.example;talent;;',
    'NULL;null@halden.example;talent;;',
    'Zélie Dupont;zelie@xn--mnchen-3ya.example;talent;;',
  ].join('\r\n');
  const browser = await world.browserOf(world.organiser);
  const answer = await browser.upload('/people/import', { name: 'file', fileName: 'liste.csv', bytes });
  const path = String(answer.headers.location);
  const rows = text(await get(path), 'tbody');
  expect(rows).toContain('“SÃ©bastien Roy” was probably meant to be “Sébastien Roy”');
  expect(rows.match(/There is no name/g)).toHaveLength(2);
  expect(rows).toContain('The same address is in row 2');
  await post(`${path}/confirmation`);
  await importPeople(world.ctx, { importId: Number(path.split('/').at(-1)) });
  const added = (await inHouse('zelie@xn--mnchen-3ya.example'))!;
  expect([added.name, added.department, added.managerId, added.side]).toEqual([
    'Zélie Dupont',
    '',
    null,
    'talent',
  ]);
});

test('the guest list is a file with everyone’s answer, for organisers, and formulas stay text', async () => {
  const ada = await world.addPerson({ name: '=cmd|A1', email: 'ada@halden.example', department: 'Law' });
  const event = await published(world, [ada]);
  const path = `/events/${event.id}/people/guests.csv`;
  expect(page(await get(`/events/${event.id}/people`))(`a[href="${path}"]`)).toHaveLength(1);
  const sent = await get(path);
  expect(sent.headers['content-disposition']).toContain('winter-round-guests.csv');
  expect(sent.body).toContain("\n'=cmd|A1,");
  const { header, rows } = readCsv(sent.rawPayload);
  expect(header).toEqual(['Name', 'E-mail', 'Side', 'Department', 'Job title', 'Answer']);
  expect(rows.map(({ cells }) => cells.slice(1))).toEqual([
    ['ada@halden.example', 'senior', 'Law', '', 'No answer'],
  ]);
  expect((await world.get(path, { as: ada })).statusCode).toBe(404);
  expect(text(await get('/settings/audit-log'), 'main')).toContain('exported the guest list of Winter round');
});
