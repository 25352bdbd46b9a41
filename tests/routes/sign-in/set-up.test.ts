import { describe, expect, test } from 'vitest';
import { prepareSetUp } from '../../../src/actions/sign-in/set-up.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import * as people from '../../../src/store/people/people.ts';
import {
  people as peopleTable,
  programmes as programmesTable,
  settings,
} from '../../../src/store/schema/index.ts';
import { hashToken } from '../../../src/web/tokens.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld({ setUp: false });

const filled = {
  organisation: 'Halden Group',
  programme: 'Reverse mentoring 2026–2027',
  zone: 'Europe/Oslo',
  name: 'Ida Nordby',
  email: 'ida.nordby@halden.example',
  format: 'lunch-and-learn',
};

/** The path and the token of a fresh set-up link. */
async function setUpLink() {
  const url = (await prepareSetUp(world.ctx))!;
  const link = url.split('/').at(-1)!;
  return { path: `/setup/${link}`, link };
}

describe('Access 8: the set-up link', () => {
  test('carries 160 bits, of which only the hash is kept', async () => {
    const { link } = await setUpLink();
    expect(Buffer.from(link, 'base64url')).toHaveLength(20);
    expect(await world.db.select().from(settings)).toEqual([
      { key: 'set-up-token-hash', value: hashToken(link) },
    ]);
  });

  test('a wrong one is refused with what to do, and so is what is sent with it', async () => {
    await setUpLink();
    const link = 'A'.repeat(27);
    const answer = await world.get(`/setup/${link}`);
    expect(answer.statusCode).toBe(404);
    expect(page(answer)('h1').text()).toBe('This is not the set-up link');
    expect((await world.post(`/setup/${link}`, filled, { link })).statusCode).toBe(404);
    expect(await programmes.current(world.db)).toBe(null);
  });

  test('without one the first page says where it is found', async () => {
    expect(page(await world.get('/'))('h1').text()).toBe('Flipside is not set up yet');
    expect((await world.get('/sign-in')).headers.location).toBe('/');
  });

  test('a process that starts later prints a new one, and the old one is over', async () => {
    const first = await setUpLink();
    const second = await setUpLink();
    expect((await world.get(first.path)).statusCode).toBe(404);
    expect((await world.get(second.path)).statusCode).toBe(200);
  });

  test('says where answers pressed in calendars are not read', async () => {
    const { path } = await setUpLink();
    const said = async () => page(await world.get(path))('main .notice strong').text();
    expect(await said()).toBe('Answers pressed in a calendar don’t reach Flipside.');
    world.ctx.mail = { ...world.ctx.mail, readsReplies: true };
    expect(await said()).toBe('');
  });

  test('does not travel on in a Referer and is kept nowhere', async () => {
    const { path } = await setUpLink();
    const { headers } = await world.get(path);
    expect([headers['referrer-policy'], headers['cache-control']]).toEqual([
      'no-referrer',
      'private, no-store',
    ]);
  });

  test('looking at it ten times does not use it up', async () => {
    const { path } = await setUpLink();
    for (let time = 0; time < 10; time++) expect((await world.get(path)).statusCode).toBe(200);
  });

  test('works once; after that there is nothing to print and nothing to press', async () => {
    const { path, link } = await setUpLink();
    await world.post(path, filled, { link });
    const answer = await world.get(path);
    expect(answer.statusCode).toBe(410);
    expect(page(answer)('h1').text()).toBe('Flipside is set up');
    expect((await world.post(path, { ...filled, email: 'eve@evil.example' }, { link })).statusCode).toBe(410);
    expect((await world.post(`${path}/demo`, {}, { link })).statusCode).toBe(410);
    expect(await prepareSetUp(world.ctx)).toBe(null);
    expect(await world.db.$count(peopleTable)).toBe(1);
  });
});

describe('Start', () => {
  test('makes the programme, its time zone and Ida, and signs her in', async () => {
    const { path, link } = await setUpLink();
    const browser = world.newBrowser();
    const answer = await browser.post(path, filled, { link });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/events']);
    expect(await programmes.current(world.db)).toMatchObject({
      organisation: 'Halden Group',
      name: 'Reverse mentoring 2026–2027',
      timeZone: 'Europe/Oslo',
      firstFormat: 'lunch-and-learn',
    });
    expect(await people.findByEmail(world.db, filled.email)).toMatchObject({
      name: 'Ida Nordby',
      isOrganiser: true,
      onlyOrganises: true,
      disabledAt: null,
    });
    expect((await browser.get('/mailbox')).statusCode).toBe(200);
  });

  test.each(['senior', 'talent'])(
    'asks the first organiser whether they take part too: as %s',
    async (side) => {
      const { path, link } = await setUpLink();
      const shown = page(await world.newBrowser().get(path));
      expect(shown('[name=side] option').first().text()).toBe('No, I only organise');
      await world.newBrowser().post(path, { ...filled, side }, { link });
      expect(await people.findByEmail(world.db, filled.email)).toMatchObject({ side, onlyOrganises: false });
    },
  );

  test('with the address of somebody who is there already makes that person the organiser', async () => {
    const ida = await world.addPerson({
      name: 'Ida',
      email: 'Ida.Nordby@halden.example',
      disabledAt: world.clock.now,
    });
    const { path, link } = await setUpLink();
    expect((await world.newBrowser().post(path, filled, { link })).statusCode).toBe(303);
    expect(await people.find(world.db, ida.id)).toMatchObject({
      name: 'Ida Nordby',
      isOrganiser: true,
      disabledAt: null,
    });
  });

  test('pressed in four tabs at once makes one programme and one Ida', async () => {
    const { path, link } = await setUpLink();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => world.newBrowser().post(path, filled, { link })),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 410, 410, 410]);
    expect([await world.db.$count(programmesTable), await world.db.$count(peopleTable)]).toEqual([1, 1]);
  });

  test('pressed while other processes start, it makes one programme or none, and leaves no second door', async () => {
    const { path, link } = await setUpLink();
    await Promise.all([world.post(path, filled, { link }), prepareSetUp(world.ctx), prepareSetUp(world.ctx)]);
    const newest = await prepareSetUp(world.ctx);
    const late = newest?.split('/').at(-1);
    if (late) expect((await world.post(`/setup/${late}`, filled, { link: late })).statusCode).toBe(303);
    expect(await world.db.$count(programmesTable)).toBe(1);
    expect(await prepareSetUp(world.ctx)).toBe(null);
  });

  test('an empty form comes back with every mistake named, the first ones first', async () => {
    const { path, link } = await setUpLink();
    const answer = await world.post(
      path,
      { organisation: ' ', programme: '', zone: 'Mars/Olympus', name: '', email: 'ida' },
      { link },
    );
    expect(answer.statusCode).toBe(422);
    const shown = page(answer);
    expect(shown('title').text()).toContain('Error: ');
    expect(
      shown('.error-summary a')
        .map((_, one) => [[shown(one).attr('href'), shown(one).text()]])
        .get(),
    ).toEqual([
      ['#organisation', 'Write the name of your organisation'],
      ['#programme', 'Give the programme a name, such as Reverse mentoring 2026–2027'],
      ['#zone', 'Choose a time zone from the list'],
      ['#name', 'Write your name, as colleagues know it'],
      ['#email', 'Write your e-mail address, such as ida.nordby@halden.example'],
      ['#format', 'Choose the format that comes first'],
    ]);
    for (const id of ['organisation', 'programme', 'zone', 'name', 'email']) {
      expect(shown(`#${id}`).attr('aria-invalid')).toBe('true');
      expect(shown(`#${shown(`#${id}`).attr('aria-describedby')!.split(' ').at(-1)}`).text()).toMatch(
        /^Error: /,
      );
    }
    expect(await programmes.current(world.db)).toBe(null);
  });

  test('nothing typed is lost when one thing is wrong', async () => {
    const { path, link } = await setUpLink();
    const shown = page(
      await world.post(path, { ...filled, organisation: 'Halden & <Sons>', email: 'ida' }, { link }),
    );
    expect(shown('#organisation').attr('value')).toBe('Halden & <Sons>');
    expect(shown('#name').attr('value')).toBe('Ida Nordby');
    expect(shown('#email').attr('value')).toBe('ida');
    expect(shown('#zone option[selected]').attr('value')).toBe('Europe/Oslo');
    expect(shown('input[name=format][checked]').attr('value')).toBe('lunch-and-learn');
  });

  test('names of 200 characters are taken, longer ones are not', async () => {
    const { path, link } = await setUpLink();
    const tooLong = page(await world.post(path, { ...filled, name: 'x'.repeat(201) }, { link }));
    expect(tooLong('#name-error').text()).toBe('Error: Make this shorter: 200 characters at most');
    await world.post(path, { ...filled, name: 'x'.repeat(200), organisation: 'é'.repeat(200) }, { link });
    expect((await programmes.current(world.db))?.organisation).toBe('é'.repeat(200));
  });

  test('Access 7: a role, or anything else nobody asked for, is refused as a whole', async () => {
    const { path, link } = await setUpLink();
    expect((await world.post(path, { ...filled, isOrganiser: 'true' }, { link })).statusCode).toBe(400);
    expect((await world.post(path, { ...filled, name: ['Ida', 'Eve'] }, { link })).statusCode).toBe(400);
    expect(await programmes.current(world.db)).toBe(null);
  });

  test('Output 11: a form without the token of this link is refused', async () => {
    const { path, link } = await setUpLink();
    const browser = world.newBrowser();
    await browser.get('/sign-in');
    expect((await browser.post(path, filled)).statusCode).toBe(403);
    expect((await browser.post(path, filled, { link: 'another' })).statusCode).toBe(403);
    expect(
      (await browser.post(path, filled, { link, headers: { 'sec-fetch-site': 'cross-site' } })).statusCode,
    ).toBe(403);
    expect(await programmes.current(world.db)).toBe(null);
  });
});

describe('the page of the first run', () => {
  test('shows the formats one can plan as pictures, the first one chosen, and every field', async () => {
    const { path } = await setUpLink();
    const shown = page(await world.get(path));
    expect(
      shown('input[name=format]')
        .map((_, one) => shown(one).attr('value'))
        .get(),
    ).toEqual(['perspective-challenger', 'lunch-and-learn', 'discussion-panel']);
    expect(shown('.opt svg.room-pic')).toHaveLength(3);
    expect(shown('input[name=format][checked]').attr('value')).toBe('perspective-challenger');
    expect(shown('#programme').attr('value')).toBe('Reverse mentoring 2026–2027');
    expect(shown('.intro svg.room-pic').attr('aria-label')).toBe(
      'An empty room: five round tables, 34 seats, all open',
    );
    expect(shown('#look-around').attr('action')).toBe(`${path}/demo`);
  });

  test('offers the reader’s own time zone first, out of all there are', async () => {
    const { path } = await setUpLink();
    const zoneFor = async (language: string) =>
      page(await world.get(path, { headers: { 'accept-language': language } }))(
        '#zone option[selected]',
      ).attr('value');
    const server = Temporal.Now.timeZoneId();
    const isNowhere = server === 'UTC' || server.startsWith('Etc/');
    expect(await zoneFor('nl-BE,nl;q=0.9')).toBe(isNowhere ? 'Europe/Brussels' : server);
    expect(page(await world.get(path))('#zone option').length).toBeGreaterThan(400);
  });
});
