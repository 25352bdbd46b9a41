import { readdirSync, readFileSync } from 'node:fs';
import { eq, ne } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import * as people from '../../../src/store/people/people.ts';
import { people as peopleTable, sessions } from '../../../src/store/schema/index.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { type Browser, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const amina = 'amina.yusuf@halden.example';

const status = async (browser: Browser, path = '/account') => (await browser.get(path)).statusCode;
const addAmina = (more = {}) => world.addPerson({ name: 'Amina Yusuf', email: amina, ...more });

async function signedIn(email = amina): Promise<Browser> {
  const browser = world.newBrowser();
  await browser.post('/sign-in', { email });
  await browser.post('/sign-in/code', { code: (await signInLetter(world, email)).code });
  return browser;
}

/** Ida's form for a person as it is, with something changed. */
async function edit(
  id: number,
  { isOrganiser, ...change }: { isOrganiser?: boolean; name?: string; email?: string },
  browser?: Browser,
) {
  const person = (await people.find(world.db, id))!;
  const { name, email, side } = person;
  const seen = String(person.updatedAt.epochMilliseconds);
  const role: Record<string, string> = (isOrganiser ?? person.isOrganiser) ? { isOrganiser: 'on' } : {};
  const fields = { name, email, side, seen, ...role, ...change };
  return (browser ?? (await world.browserOf(world.organiser))).post(`/people/${id}`, fields);
}

describe('Access 4: a session that is not used', () => {
  test('ends after 14 days without a visit, and not before', async () => {
    await addAmina();
    const browser = await signedIn();
    world.clock.advance({ days: 14 });
    expect(await status(browser)).toBe(200);
    world.clock.advance({ days: 15 });
    expect(await status(browser)).toBe(303);
  });

  test('stays with a visit now and then, and ends after 30 days all the same', async () => {
    await addAmina();
    const browser = await signedIn();
    for (let week = 0; week < 4; week++) {
      world.clock.advance({ days: 7 });
      expect(await status(browser)).toBe(200);
    }
    world.clock.advance({ days: 2 });
    expect(await status(browser)).toBe(303);
  });

  test('keeps the day of a visit and no time, whatever page it is', async () => {
    const person = await addAmina();
    const browser = await signedIn();
    world.clock.advance({ days: 3, hours: 5 });
    await browser.get('/e/no-such-event');
    const [row] = await world.db.select().from(sessions).where(eq(sessions.personId, person.id));
    expect(row!.seenOn).toBe('2026-11-12');
  });

  test('is neither counted on the account page nor kept in the table', async () => {
    await addAmina();
    const forgotten = await signedIn();
    world.clock.advance({ days: 10 });
    const used = await signedIn();
    world.clock.advance({ days: 5 });
    const account = page(await used.get('/account'));
    expect(account('#signed-in').parent().text()).toContain('In 1 browser, this one.');
    expect(await world.db.$count(sessions)).toBe(2);
    await deleteExpired(world.ctx);
    expect(await world.db.$count(sessions)).toBe(1);
    expect(await status(forgotten)).toBe(303);
  });
});

describe('“Sign out everywhere”', () => {
  test('ends the session in every browser, and says so', async () => {
    await addAmina();
    const [laptop, phone] = [await signedIn(), await signedIn()];
    expect(
      page(await phone.get('/account'))('#signed-in')
        .parent()
        .text(),
    ).toContain('In 2 browsers');
    const answer = await laptop.post('/account/sign-out');
    expect([await status(laptop), await status(phone)]).toEqual([303, 303]);
    expect(page(await laptop.follow(answer))('[role=status]').text()).toBe('You’re signed out everywhere.');
  });
});

describe('when an organiser changes Amina’s address', () => {
  const moved = 'amina.lund@halden.example';
  const changed = async () => (await allLetters(world)).filter(({ kind }) => kind === 'address-changed');

  test('she is signed out everywhere, and both addresses hear who changed it', async () => {
    const person = await addAmina();
    const [laptop, phone] = [await signedIn(), await signedIn()];
    expect([await status(laptop), await status(phone)]).toEqual([200, 200]);
    const answer = await edit(person.id, { email: moved });
    expect(answer.headers.location).toBe(`/people/${person.id}?said=address-saved`);
    expect([await status(laptop), await status(phone)]).toEqual([303, 303]);
    expect((await changed()).map((one) => [one.recipientEmail, one.facts.organiser, one.facts.to])).toEqual([
      [amina, 'Ida Nordby', 'before'],
      [moved, 'Ida Nordby', 'after'],
    ]);
    expect((await world.jobs()).filter(({ job }) => job === 'deliver-letter')).toHaveLength(4);
  });

  test('a code that is on its way to the former address opens nothing, also when it is hers again', async () => {
    const person = await addAmina();
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: amina });
    const { code, path } = await signInLetter(world, amina);
    await edit(person.id, { email: moved });
    await edit(person.id, { email: amina });
    expect((await browser.post(path)).statusCode).toBe(410);
    expect((await browser.post('/sign-in/code', { code })).statusCode).toBe(422);
    expect(await status(browser)).toBe(303);
  });

  test('another name, or capitals in the address, sign nobody out and tell nobody', async () => {
    const person = await addAmina();
    const browser = await signedIn();
    await edit(person.id, { name: 'Amina Lund', email: 'Amina.Yusuf@halden.example' });
    expect((await people.find(world.db, person.id))?.email).toBe('Amina.Yusuf@halden.example');
    expect(await status(browser)).toBe(200);
    expect(await changed()).toEqual([]);
  });

  test('one’s own address leaves the browser in which one changed it, and no other', async () => {
    const ida = world.organiser;
    const [here, elsewhere] = [await world.browserOf(ida), await signedIn(ida.email)];
    await edit(ida.id, { email: 'ida@halden.example' }, here);
    expect([await status(here), await status(elsewhere)]).toEqual([200, 303]);
    expect(await changed()).toHaveLength(2);
  });

  test('the form says so beforehand', async () => {
    const person = await addAmina();
    const shown = page(await world.get(`/people/${person.id}`, { as: world.organiser }));
    expect(shown('#email-hint').text()).toBe(
      'If you change it, e-mails to both addresses are kept here, and we sign them out.',
    );
    expect(page(await world.get('/people/new', { as: world.organiser }))('#email-hint')).toHaveLength(0);
  });
});

describe('Output 15: feed addresses', () => {
  const feedOf = async (person: people.Person, path = '/account/feed') => {
    const shown = page(await world.post(path, {}, { as: person }));
    return new URL(shown('#feed-url').attr('value')!).pathname;
  };
  const read = async (path: string) => (await world.newBrowser().get(path)).statusCode;
  const press = (id: number, what: 'disabling' | 'enabling') =>
    world.post(`/people/${id}/${what}`, {}, { as: world.organiser });

  test('do not come back to life when Amina is let in again', async () => {
    const person = await addAmina({ isOrganiser: true });
    const feeds = [await feedOf(person), await feedOf(person, '/events/feed')];
    expect(await Promise.all(feeds.map(read))).toEqual([200, 200]);
    await press(person.id, 'disabling');
    expect(await Promise.all(feeds.map(read))).toEqual([404, 404]);
    await press(person.id, 'enabling');
    expect((await people.find(world.db, person.id))?.disabledAt).toBe(null);
    expect(await Promise.all(feeds.map(read))).toEqual([404, 404]);
  });

  test('of all events end with the organiser’s role, and do not come back with it', async () => {
    const person = await addAmina({ isOrganiser: true });
    const [own, all] = [await feedOf(person), await feedOf(person, '/events/feed')];
    await edit(person.id, { isOrganiser: false });
    expect([await read(own), await read(all)]).toEqual([200, 404]);
    await edit(person.id, { isOrganiser: true });
    expect([await read(own), await read(all)]).toEqual([200, 404]);
  });

  test('of those who were deactivated, or lost the role, before an upgrade end with it', async () => {
    const hashes = (name: string) => ({
      feedTokenHash: `own-${name}`,
      programmeFeedTokenHash: `all-${name}`,
    });
    await world.addPerson({ name: 'Amina', isOrganiser: true, ...hashes('amina') });
    await world.addPerson({ name: 'Bo', isOrganiser: true, disabledAt: world.clock.now, ...hashes('bo') });
    await world.addPerson({ name: 'Cem', ...hashes('cem') });
    const file = readdirSync('drizzle').find((name) => name.endsWith('_known_browsers.sql'))!;
    const steps = readFileSync(`drizzle/${file}`, 'utf8').split('--> statement-breakpoint');
    for (const step of steps.filter((one) => one.includes('UPDATE "people"'))) await world.db.execute(step);
    const rows = await world.db.select().from(peopleTable).where(ne(peopleTable.id, world.organiser.id));
    expect(rows.map((one) => [one.name, one.feedTokenHash, one.programmeFeedTokenHash]).toSorted()).toEqual([
      ['Amina', 'own-amina', 'all-amina'],
      ['Bo', null, null],
      ['Cem', 'own-cem', null],
    ]);
  });

  test('a code that was mailed before Amina was deactivated does not let her in afterwards', async () => {
    const person = await addAmina();
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: amina });
    const { code } = await signInLetter(world, amina);
    await press(person.id, 'disabling');
    await press(person.id, 'enabling');
    expect((await browser.post('/sign-in/code', { code })).statusCode).toBe(422);
    expect(await status(browser)).toBe(303);
  });
});
