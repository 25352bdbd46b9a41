// Two people behind one address: one secretary reads the e-mails of both, and each stays a person of their own.
import { expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { disablePerson, savePerson } from '../../../src/actions/people/people.ts';
import { importPeople } from '../../../src/jobs/import-people.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as people from '../../../src/store/people/people.ts';
import { deliverAll } from '../../support/calendar/objects.ts';
import { published } from '../../support/events.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const office = 'office@halden.example';
const post = (path: string, fields: Record<string, string | string[]> = {}) =>
  world.post(path, fields, { as: world.organiser });
const text = (answer: Answer, selector: string) => page(answer)(selector).text().replace(/\s+/g, ' ').trim();

const typed = { name: 'Bo Li', email: 'OFFICE@halden.example', side: 'senior' };

/** Ada, whose address it is, and Bo, who shares it. */
async function adaAndBo() {
  const ada = await world.addPerson({ name: 'Ada Berg', email: office });
  const added = await post('/people', { ...typed, isShared: 'on' });
  expect(added.statusCode).toBe(303);
  const id = Number(/\/people\/(\d+)/.exec(String(added.headers.location))![1]);
  return { ada, bo: (await people.find(world.db, id))!, added };
}

test('a person at an address we have is asked about once: the same person, or two behind one address', async () => {
  const ada = await world.addPerson({ name: 'Ada Berg', email: office });
  const asked = await post('/people', typed);
  expect(asked.statusCode).toBe(422);
  expect(text(asked, '#email-error')).toContain('Ada Berg has this address already');
  expect(page(asked)(`#isShared a[href="/people/${ada.id}"]`)).toHaveLength(1);
  expect(page(asked)('[name=name]').val()).toBe('Bo Li');
  const added = await post('/people', { ...typed, isShared: 'on' });
  expect(added.statusCode).toBe(303);
  // The same form sent twice is one person.
  expect((await post('/people', { ...typed, isShared: 'on' })).headers.location).toBe(added.headers.location);
  // One name at one address is one person, whatever is pressed.
  const twin = await post('/people', { ...typed, name: 'ada berg', isShared: 'on' });
  expect(twin.statusCode).toBe(422);
  expect((await people.allWithEmail(world.db, office)).map(({ name }) => name)).toEqual([
    'Ada Berg',
    'Bo Li',
  ]);
});

test('the page of each says who else has the address, and a page of one alone does not', async () => {
  const { ada, bo } = await adaAndBo();
  const pageOf = (id: number) => world.get(`/people/${id}`, { as: world.organiser });
  expect(text(await pageOf(ada.id), '.notice')).toContain(`${office.toLowerCase()} also belongs to: Bo Li.`);
  expect(page(await pageOf(bo.id))(`.notice a[href="/people/${ada.id}"]`).text()).toBe('Ada Berg');
  expect((await pageOf(world.organiser.id)).body).not.toContain('also belongs to');
});

test('somebody who moves to an address we have is asked about, too', async () => {
  await world.addPerson({ name: 'Ada Berg', email: office });
  const bo = await world.addPerson({ name: 'Bo Li', email: 'bo@halden.example' });
  const fields = { ...typed, seen: String(bo.updatedAt.epochMilliseconds) };
  const asked = await post(`/people/${bo.id}`, fields);
  expect(asked.statusCode).toBe(422);
  expect(page(asked)('#isShared [name=isShared]')).toHaveLength(1);
  expect((await post(`/people/${bo.id}`, { ...fields, isShared: 'on' })).statusCode).toBe(303);
  expect(await people.find(world.db, bo.id)).toMatchObject({ sharesAddress: true, hasOwnUids: true });
});

test('each is invited by name, with a link and a calendar object of their own, and answers alone', async () => {
  const { ada, bo } = await adaAndBo();
  const event = await published(world, [ada, bo]);
  const letters = (await allLetters(world)).filter(({ kind }) => kind === 'invitation');
  expect(letters.map(({ personId, recipientName }) => [personId, recipientName])).toEqual([
    [ada.id, 'Ada Berg'],
    [bo.id, 'Bo Li'],
  ]);
  const links = letters.map(({ facts }) => facts.personalUrl);
  expect(new Set(links).size).toBe(2);
  const uids = letters.map(({ facts }) => (facts.calendar as { uid: string }).uid);
  expect(uids[0]).toBe(event.uid);
  expect(uids[1]).toBe(event.uid.replace('@', `-p${bo.id}@`));
  const reply = (uid: string, partstat: string) => ({
    method: 'REPLY' as const,
    uid,
    sequence: 0,
    stamp: world.clock.now.add({ minutes: 1 }),
    recurrenceAt: null,
    attendees: [{ address: office, partstat, delegatedTo: [] }],
    start: null,
    end: null,
    words: '',
  });
  const stateOf = async ({ id }: { id: number }) => (await rsvps.find(world.db, event.id, id))?.state;
  world.clock.advance({ minutes: 10 });
  const writer = { address: office, proved: true };
  const send = (uid: string, partstat: string) =>
    takeReply(world.ctx, reply(uid, partstat), writer, world.clock.now);
  expect(await send(uids[1]!, 'ACCEPTED')).toBe('counted');
  expect([await stateOf(ada), await stateOf(bo)]).toEqual(['invited', 'coming']);
  expect(await send(uids[0]!, 'DECLINED')).toBe('counted');
  expect([await stateOf(ada), await stateOf(bo)]).toEqual(['declined', 'coming']);
  // A number that was made up is nobody's.
  expect(await send(event.uid.replace('@', '-p999999@'), 'DECLINED')).toBe('nobody invited');
});

test('an entry moves to the shared address under a name of its own, and leaves the calendar before as it was named', async () => {
  await world.addPerson({ name: 'Ada Berg', email: office });
  const bo = await world.addPerson({ name: 'Bo Li', email: 'bo@halden.example' });
  const event = await published(world, [bo]);
  await deliverAll(world);
  const fresh = (await people.find(world.db, bo.id))!;
  const { name, side, department, jobTitle, language } = fresh;
  const saved = {
    name,
    side,
    department,
    jobTitle,
    language,
    email: office,
    manager: '',
    isOrganiser: false,
  };
  await savePerson(world.ctx, world.organiser.id, bo.id, fresh.updatedAt, { ...saved, isShared: true });
  const moved = (await allLetters(world)).slice(-2);
  const uids = moved.map(({ facts }) => (facts.calendar as { uid: string }).uid);
  expect(moved.map(({ recipientEmail }) => recipientEmail)).toEqual(['bo@halden.example', office]);
  expect(uids).toEqual([event.uid, event.uid.replace('@', `-p${bo.id}@`)]);
});

test('whoever types the code of a shared address is asked which of them signs in, and is that person alone', async () => {
  const { ada, bo } = await adaAndBo();
  const browser = world.newBrowser();
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email: office, next: '/account' });
  const letter = await signInLetter(world, office);
  const code = String(letter.code);
  const asked = await browser.post('/sign-in/code', { code });
  expect(asked.statusCode).toBe(200);
  const names = page(asked)('button[name=as]').toArray();
  expect(names.map((one) => page(asked)(one).text().trim())).toEqual(['Ada Berg', 'Bo Li']);
  expect((await browser.get('/account')).statusCode).not.toBe(200);
  // Nobody else can be chosen.
  expect((await browser.post('/sign-in/code', { code, as: String(world.organiser.id) })).statusCode).toBe(
    422,
  );
  const entered = await browser.post('/sign-in/code', { code, as: String(bo.id) });
  expect(entered.headers.location).toBe('/account');
  expect(text(await browser.get('/account'), 'main')).toContain('Bo Li');
  expect(ada.id).not.toBe(bo.id);
});

test('the link of a shared address asks, too, and the e-mail names both', async () => {
  const { ada } = await adaAndBo();
  const browser = world.newBrowser();
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email: office, next: '/account' });
  expect((await allLetters(world)).at(-1)!.facts.names).toEqual(['Ada', 'Bo']);
  const link = (await signInLetter(world, office)).path;
  expect(page(await browser.get(link))('button[name=as]')).toHaveLength(2);
  expect((await browser.post(link, { as: String(ada.id) })).headers.location).toBe('/account');
  expect(text(await browser.get('/account'), 'main')).toContain('Ada Berg');
});

test('a person who is deactivated leaves the other signed in, and the letter that was asked for good', async () => {
  const { ada, bo } = await adaAndBo();
  const browser = world.newBrowser();
  await browser.get('/sign-in');
  await browser.post('/sign-in', { email: office, next: '/account' });
  const letter = await signInLetter(world, office);
  const other = await world.browserOf(bo);
  await disablePerson(world.ctx, world.organiser.id, ada.id);
  expect((await other.get('/account')).statusCode).toBe(200);
  expect((await browser.post('/sign-in/code', { code: String(letter.code) })).headers.location).toBe(
    '/account',
  );
  expect(text(await browser.get('/account'), 'main')).toContain('Bo Li');
});

test('an import asks about a second name at an address, and one press adds both with their own manager', async () => {
  await world.addPerson({ name: 'Ada Berg', email: office });
  const browser = await world.browserOf(world.organiser);
  const bytes = [
    'Name;E-mail;Side;Manager',
    'Bo Li;office@halden.example;senior;',
    'Cy Ng;cy@halden.example;talent;Dee Poe',
    'Dee Poe;desk@halden.example;senior;Ada Berg',
    'Eli Roy;DESK@halden.example;senior;Dee Poe',
  ].join('\r\n');
  const file = { name: 'file', fileName: 'list.csv', bytes };
  const path = String((await browser.upload('/people/import', file)).headers.location);
  const shown = await world.get(path, { as: world.organiser });
  expect(text(shown, 'tbody')).toContain('The same address is in row 4');
  const buttons = page(shown)('tbody button[name=shared]').toArray();
  expect(buttons.map(({ attribs }) => attribs.value)).toEqual(['desk@halden.example', office]);
  for (const { attribs } of buttons) await post(`${path}/sharing`, { shared: attribs.value! });
  const again = await world.get(path, { as: world.organiser });
  expect(page(again)('tbody button[name=shared]')).toHaveLength(0);
  expect(page(again)('tbody button[name=single]').length).toBeGreaterThan(0);
  await post(`${path}/confirmation`);
  await importPeople(world.ctx, { importId: Number(path.split('/').at(-1)) });
  const of = async (email: string) =>
    (await people.allWithEmail(world.db, email)).map(({ name, sharesAddress }) => [name, sharesAddress]);
  expect(await of(office)).toEqual([
    ['Ada Berg', false],
    ['Bo Li', true],
  ]);
  const [dee, eli] = await people.allWithEmail(world.db, 'desk@halden.example');
  expect([dee!.name, eli!.name, eli!.hasOwnUids, eli!.managerId]).toEqual([
    'Dee Poe',
    'Eli Roy',
    true,
    dee!.id,
  ]);
  expect((await people.findByEmail(world.db, 'cy@halden.example'))?.managerId).toBe(dee!.id);
  // The same file again: everyone is found by name, and nobody is missing from it but those who are.
  const second = String((await browser.upload('/people/import', file)).headers.location);
  const same = await world.get(second, { as: world.organiser });
  expect(text(same, 'h1 + .quiet, .counts')).toContain('4the same');
  // A third name at such an address is nobody's until somebody says so.
  const third = 'Name;E-mail;Side\r\nFay Om;desk@halden.example;talent';
  const asked = String((await browser.upload('/people/import', { ...file, bytes: third })).headers.location);
  const row = await world.get(asked, { as: world.organiser });
  expect(text(row, 'tbody')).toContain('none of them has this name');
  await post(`${asked}/sharing`, { shared: 'desk@halden.example' });
  expect(text(await world.get(asked, { as: world.organiser }), '.counts')).toContain('1new');
});
