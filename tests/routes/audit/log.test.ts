import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { forgetOldAuditLog, type Note, note } from '../../../src/actions/audit/note.ts';
import { setNamelessAsking } from '../../../src/actions/questions/nameless.ts';
import type { ActName } from '../../../src/domain/audit/acts.ts';
import { readCsv } from '../../../src/web/csv.ts';
import { linkOf, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

const noted = (act: ActName, more: Partial<Note> = {}) =>
  world.db.transaction((tx) => note(world.ctx, tx, { by: world.organiser.id, act, ...more }));

const look = async (query = '') =>
  page(await world.get(`/settings/audit-log${query}`, { as: world.organiser }));

/** Each entry as it reads: kind, who and what. */
async function read(query = ''): Promise<string[]> {
  const shown = await look(query);
  return shown('.audit > li')
    .toArray()
    .map((li) =>
      ['.audit-kind', '.audit-actor > span:last-child', 'p']
        .map((part) => shown(li).find(part).text().replace(/\s+/g, ' ').trim())
        .join(' | '),
    );
}

describe('the audit log', () => {
  test('is for organisers: for anybody else there is none', async () => {
    const talent = await world.addPerson({ side: 'talent' });
    for (const path of ['/settings/audit-log', '/settings/audit-log.csv']) {
      expect((await world.get(path, { as: talent })).statusCode).toBe(404);
      expect((await world.get(path)).statusCode).toBe(303);
      expect((await world.get(path, { as: world.organiser })).statusCode).toBe(200);
    }
  });

  test('nothing yet: the page says what will appear', async () => {
    expect((await look())('.empty strong').text()).toBe('Nothing yet');
  });

  test('is reached from every page of an organiser', async () => {
    const shown = page(await world.get('/people', { as: world.organiser }));
    expect(shown('nav[aria-label="Main"] a[href="/settings/programme"]').text()).toBe('Settings');
    const settings = page(await world.get('/settings/programme', { as: world.organiser }));
    expect(settings('a[href="/settings/audit-log"]').text()).toBe('Audit log');
    expect((await look())('nav[aria-label="Main"] a[aria-current="page"]').text()).toBe('Settings');
  });

  test('says who did what, day by day, with no time of day', async () => {
    const ada = await world.addPerson({ name: 'Ada Holm', side: 'talent' });
    await noted('made-organiser', { about: ada });
    world.clock.advance({ days: 2, hours: 5 });
    await noted('exported-people');
    const shown = await look();
    expect(
      shown('h3.day')
        .toArray()
        .map((day) => shown(day).text()),
    ).toEqual(['Wednesday 11 November 2026', 'Monday 9 November 2026']);
    expect(shown('main').text()).not.toMatch(/\d{1,2}:\d{2}/);
  });

  test('counts what somebody did again on the same day in one entry', async () => {
    for (let n = 0; n < 3; n++)
      await noted('exported-questions', { about: 'Winter round', numbers: { n: 4 } });
    expect(await read()).toEqual([
      'Export | Ida Nordby | exported the questions and answers of Winter round, 3 times4 rows',
    ]);
  });

  test('orders a day by kind and name, so that the order tells nothing about when', async () => {
    const people = [];
    for (const name of ['Cy Dahl', 'Ada Holm', 'Bo Chen']) people.push(await world.addPerson({ name }));
    for (const { id } of people) {
      await noted('signed-in-by-code', { by: id });
      world.clock.advance({ minutes: 1 });
    }
    await noted('organisers-only', { by: people[0]!.id, about: 'People' });
    const names = async () => (await read()).map((line) => line.split(' | ').slice(0, 2).join(' '));
    expect(await names()).toEqual([
      'Refused Cy Dahl',
      'Sign-in Ada Holm',
      'Sign-in Bo Chen',
      'Sign-in Cy Dahl',
    ]);
    const columns = await world.db.execute<{ name: string; type: string }>(
      sql`SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
        WHERE attrelid = 'audit_log'::regclass AND attnum > 0 ORDER BY attname`,
    );
    expect(columns.filter(({ type }) => /time|serial/.test(type))).toEqual([]);
    expect(columns.find(({ name }) => name === 'day')!.type).toBe('date');
  });

  test('somebody who left stays in it by name', async () => {
    const ada = await world.addPerson({ name: 'Ada Holm' });
    await noted('deactivated', { about: ada });
    await world.db.execute(sql`DELETE FROM people WHERE id = ${ada.id}`);
    expect(await read()).toEqual(['Deleted | Ida Nordby | deactivated Ada HolmSigned out everywhere']);
  });
});

describe('looking through it', () => {
  async function aWeek() {
    const [jean, noor] = [
      await world.addPerson({ name: 'Jean-Baptiste de La Rochefoucauld' }),
      await world.addPerson({ name: 'Noor Haddad', side: 'talent' }),
    ];
    await noted('changed-address', { about: jean });
    world.clock.advance({ days: 1 });
    await noted('signed-in-by-link', { by: noor.id });
    world.clock.advance({ days: 1 });
    await noted('changed-question-rules', { about: 'Høst <b>&amp;</b> round' });
    return { jean, noor };
  }

  test('by a name, a file or an event, with accents or without', async () => {
    await aWeek();
    expect(await read('?find=rochefoucauld')).toEqual([
      'Address | Ida Nordby | changed the address of Jean-Baptiste de La Rochefoucauld',
    ]);
    expect(await read('?find=host+round')).toHaveLength(1);
    expect(await read('?find=%25')).toHaveLength(3);
  });

  test('by the words of a page or an e-mail, which every reader reads in their own language', async () => {
    await noted('organisers-only', { about: 'formats' });
    await noted('changed-wording', { about: 'invitation/lunch-and-learn' });
    await noted('reset-wording', { about: 'The invitation, as an earlier version wrote it' });
    const found = await read();
    expect(found).toEqual([
      'Refused | Ida Nordby | tried to open a page for organisers: E-mail wording',
      'Settings | Ida Nordby | changed the wording of an e-mail: The invitation, Lunch-and-learn',
      'Settings | Ida Nordby | reset the wording of an e-mail: The invitation, as an earlier version wrote it',
    ]);
    expect(await read('?find=wording')).toEqual([found[0]]);
    expect(await read('?find=invitation+lunch')).toEqual([found[1]]);
    const csv = readCsv(
      (await world.get('/settings/audit-log.csv?find=lunch', { as: world.organiser })).rawPayload,
    );
    expect(csv.rows.map(({ cells }) => cells[4])).toEqual(['The invitation, Lunch-and-learn']);
  });

  test('by kind, and the numbers beside the kinds fit the days and the name', async () => {
    await aWeek();
    const chips = async (query: string) => {
      const shown = await look(query);
      return shown('.chip')
        .toArray()
        .map((chip) => shown(chip).text().replace(/\s+/g, ' ').trim());
    };
    const none = ['Imports and exports 0', 'Settings 1', 'Deleted 0'];
    expect(await chips('?only=people')).toEqual([
      'All 3',
      'Refused 0',
      'Sign-ins 1',
      'Access 0',
      'People and addresses 1',
      ...none,
    ]);
    expect(await read('?only=sign-ins')).toHaveLength(1);
    expect((await chips('?find=ida'))[0]).toBe('All 2');
  });

  test('between two days, both included; what makes no sense is left out', async () => {
    await aWeek();
    expect(await read('?from=2026-11-10&until=2026-11-10')).toEqual([
      'Sign-in | Noor Haddad | signed inWith the link from an e-mail',
    ]);
    for (const odd of ['2026-02-30', '10.11.2026', "'; DROP TABLE people", '99999-01-01'])
      expect(await read(`?from=${encodeURIComponent(odd)}`)).toHaveLength(3);
    expect((await look('?from=2026-11-10'))('#from').val()).toBe('2026-11-10');
  });

  test('nothing found: a name that is close, and a way back to the whole year', async () => {
    await aWeek();
    const shown = await look('?find=Noor+Hadad&from=2026-11-09');
    expect(shown('.empty').text()).toContain('Nothing about “Noor Hadad”');
    const links = shown('.empty a')
      .toArray()
      .map((a) => [shown(a).text(), shown(a).attr('href')]);
    expect(links).toEqual([
      ['Show Noor Haddad', '/settings/audit-log?find=Noor+Haddad&from=2026-11-09'],
      ['Look at the whole year', '/settings/audit-log?find=Noor+Hadad'],
      ['Show everything', '/settings/audit-log'],
    ]);
    expect(await read('?find=Noor+Haddad&from=2026-11-09')).toHaveLength(1);
  });

  test('fifty on a page, and each entry on one page only', async () => {
    for (let n = 0; n < 120; n++) await noted('changed-question-rules', { about: `Event ${n}` });
    const pages = [await read(), await read('?page=2'), await read('?page=3')];
    expect(pages.map((list) => list.length)).toEqual([50, 50, 20]);
    expect(new Set(pages.flat()).size).toBe(120);
    const second = await look('?page=2');
    expect(second('.pager p').text()).toBe('51 to 100 of 120, newest day first');
    expect(
      second('.pager a')
        .toArray()
        .map((a) => second(a).attr('href')),
    ).toEqual(['/settings/audit-log', '/settings/audit-log?page=3']);
    expect(await read('?page=99')).toEqual(pages[2]);
  });
});

describe('the file of it', () => {
  test('has what is shown, no cell runs as a formula, and taking it along is noted', async () => {
    await noted('changed-question-rules', { about: '=HYPERLINK("http://evil.example")' });
    await noted('made-organiser', { about: { id: world.organiser.id, name: '@Ida' } });
    const answer = await world.get('/settings/audit-log.csv?only=settings', {
      as: world.organiser,
      headers: { 'accept-language': 'en' },
    });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.body).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    const file = readCsv(Buffer.from(answer.body));
    expect(file.header).toEqual(['Day', 'Kind', 'Who', 'What', 'About', 'Detail', 'Times']);
    expect(file.rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ['2026-11-09', 'Settings', 'Ida Nordby'],
    ]);
    expect(await read('?only=files')).toEqual(['Export | Ida Nordby | exported the audit log1 row']);
  });
});

describe('a year later', () => {
  test('an entry is gone, and not a day before', async () => {
    await noted('exported-people');
    world.clock.advance({ days: 365 });
    await forgetOldAuditLog(world.ctx);
    expect(await read()).toHaveLength(1);
    world.clock.advance({ days: 1 });
    await forgetOldAuditLog(world.ctx);
    expect(await read()).toEqual([]);
  });
});

describe('what goes into it', () => {
  test('somebody who is no organiser and tries an organisers’ page', async () => {
    const peter = await world.addPerson({ name: 'Peter Vance' });
    for (const path of ['/people', '/people/new', '/mailbox']) await world.get(path, { as: peter });
    expect(await read()).toEqual([
      'Refused | Peter Vance | tried to open a page for organisers: E-mails',
      'Refused | Peter Vance | tried to open a page for organisers: People, 2 times',
    ]);
  });

  test('roles, addresses and people, each as an act of its own', async () => {
    const ida = world.organiser;
    const typed = { name: 'Ada Holm', email: 'ada@halden.example', side: 'senior' };
    const rest = { department: '', jobTitle: '', language: '', manager: '' };
    const added = await world.post('/people', { ...typed, ...rest }, { as: ida });
    const path = String(added.headers.location).replace(/\?.*/, '');
    const seen = page(await world.get(path, { as: ida }))('input[name="seen"]').val() as string;
    const changed = { ...typed, ...rest, email: 'ada.holm@halden.example', isOrganiser: 'on', seen };
    expect((await world.post(path, changed, { as: ida })).statusCode).toBe(303);
    await world.post(`${path}/disabling`, {}, { as: ida });
    await world.post(`${path}/disabling`, {}, { as: ida });
    await world.post(`${path}/enabling`, {}, { as: ida });
    expect(await read()).toEqual([
      'Access | Ida Nordby | made Ada Holm an organiser',
      'Access | Ida Nordby | reactivated Ada Holm',
      'Person | Ida Nordby | added Ada Holm',
      'Address | Ida Nordby | changed the address of Ada Holm',
      'Deleted | Ida Nordby | deactivated Ada HolmSigned out everywhere',
    ]);
  });

  test('that asking without a name was switched off for an event, and on again', async () => {
    const event = await published(world, [await world.addPerson()]);
    for (const on of [false, true]) await setNamelessAsking(world.ctx, event.id, on, world.organiser.id);
    expect(await read()).toEqual([
      'Settings | Ida Nordby | switched asking without a name off for Winter round',
      'Settings | Ida Nordby | switched asking without a name on for Winter round',
    ]);
  });

  test('an export, with how many rows', async () => {
    await world.get('/people/export.csv', { as: world.organiser });
    expect(await read()).toEqual(['Export | Ida Nordby | exported the list of people1 row']);
  });

  test('a change that did not happen is not noted', async () => {
    const ada = await world.addPerson({ name: 'Ada Holm', email: 'ada@halden.example' });
    const failing = world.db.transaction(async (tx) => {
      await note(world.ctx, tx, { by: world.organiser.id, act: 'deactivated', about: ada });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await read()).toEqual([]);
  });

  test('nothing a guest does at an event: no answer, no question, no vote', async () => {
    const henrik = await world.addPerson({ name: 'Henrik Falk' });
    const event = await published(world, [henrik]);
    const link = linkOf(world, event, henrik);
    const token = link.split('/')[2]!;
    await world.get(link);
    expect((await world.post(`${link}/answer`, { answer: 'yes' }, { link: token })).statusCode).toBe(303);
    const question = { text: 'What is a prompt?', topic: '', formKey: crypto.randomUUID() };
    await world.post(`${link}/questions`, question, { link: token });
    expect(await read()).toEqual([]);
  });
});
