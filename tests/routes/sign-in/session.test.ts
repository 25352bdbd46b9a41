import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { knownBrowsers, people, sessions } from '../../../src/store/schema/index.ts';
import { hashToken } from '../../../src/web/tokens.ts';
import { signInLetter } from '../../support/letters.ts';
import { type Browser, useWorld, type World } from '../../support/world.ts';

const world = useWorld();
const amina = 'amina.yusuf@halden.example';

async function signedIn(of: World, browser: Browser = of.newBrowser()): Promise<Browser> {
  await browser.post('/sign-in', { email: amina });
  await browser.post('/sign-in/code', { code: (await signInLetter(of, amina)).code });
  return browser;
}

const status = async (browser: Browser, path = '/account') => (await browser.get(path)).statusCode;

describe('Access 4: a session', () => {
  test('is 256 random bits in a __Host- cookie: Secure, HttpOnly, Lax, for 30 days', async () => {
    await world.addPerson({ email: amina });
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: amina });
    const answer = await browser.post('/sign-in/code', { code: (await signInLetter(world, amina)).code });
    const cookie = answer.cookies.find(({ name }) => name === '__Host-sid')!;
    expect(cookie).toMatchObject({
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      maxAge: 30 * 86_400,
    });
    expect(cookie).not.toHaveProperty('domain');
    expect(Buffer.from(cookie.value, 'base64url')).toHaveLength(32);
  });

  test('leaves a browser that is known as hers from then on, for 400 days', async () => {
    await world.addPerson({ email: amina });
    const browser = world.newBrowser();
    const asked = await browser.get('/sign-in');
    const cookie = asked.cookies.find(({ name }) => name === '__Host-login')!;
    expect(cookie).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
    expect(cookie.maxAge).toBe(400 * 86_400);
    await signedIn(world, browser);
    await browser.post('/sign-out');
    expect(browser.cookies.get('__Host-login')).toBe(cookie.value);
    const known = await world.db.select().from(knownBrowsers);
    expect(known.map((one) => one.browserHash)).toEqual([hashToken(cookie.value)]);
    expect(JSON.stringify(known)).not.toContain(cookie.value);
  });

  test('is kept as a hash only', async () => {
    await world.addPerson({ email: amina });
    const browser = await signedIn(world);
    const secret = browser.cookies.get('__Host-sid')!;
    const rows = await world.db.select().from(sessions);
    expect(rows.map((row) => row.tokenHash)).toEqual([hashToken(secret)]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('is another one after each sign-in, and the one before is gone', async () => {
    await world.addPerson({ email: amina });
    const browser = await signedIn(world);
    const before = browser.cookies.get('__Host-sid')!;
    await browser.post('/sign-in', { email: amina });
    await browser.post('/sign-in/code', { code: (await signInLetter(world, amina)).code });
    const after = browser.cookies.get('__Host-sid')!;
    expect(after).not.toBe(before);
    expect(await world.db.$count(sessions)).toBe(1);
    browser.cookies.set('__Host-sid', before);
    expect(await status(browser)).toBe(303);
  });

  test('that somebody planted in her browser is not the one she gets', async () => {
    await world.addPerson({ email: amina });
    const planted = 'A'.repeat(43);
    const browser = world.newBrowser();
    browser.cookies.set('__Host-sid', planted);
    await browser.get('/sign-in');
    await signedIn(world, browser);
    expect(browser.cookies.get('__Host-sid')).not.toBe(planted);
    expect(await status(browser)).toBe(200);
  });

  test('ends after 30 days', async () => {
    const browser = await world.browserOf(world.organiser);
    world.clock.advance({ days: 29, hours: 23 });
    expect(await status(browser)).toBe(200);
    world.clock.advance({ hours: 1 });
    expect(await status(browser)).toBe(303);
  });

  test('ends at sign-out, here and not elsewhere', async () => {
    await world.addPerson({ email: amina });
    const [laptop, phone] = [await signedIn(world), await signedIn(world)];
    const secret = laptop.cookies.get('__Host-sid')!;
    const answer = await laptop.post('/sign-out');
    expect(answer.headers.location).toBe('/sign-in?said=signed-out');
    expect(laptop.cookies.has('__Host-sid')).toBe(false);
    laptop.cookies.set('__Host-sid', secret);
    expect(await status(laptop)).toBe(303);
    expect(await status(phone)).toBe(200);
  });

  test('ends everywhere when she says so', async () => {
    await world.addPerson({ email: amina });
    const [laptop, phone] = [await signedIn(world), await signedIn(world)];
    await laptop.post('/account/sign-out');
    expect([await status(laptop), await status(phone)]).toEqual([303, 303]);
  });

  test('is worth nothing once the person is disabled', async () => {
    const browser = await world.browserOf(world.organiser);
    expect(await status(browser)).toBe(200);
    await world.db
      .update(people)
      .set({ disabledAt: world.clock.now })
      .where(eq(people.id, world.organiser.id));
    expect(await status(browser)).toBe(303);
  });

  test('does not remember the role: it is read at each request', async () => {
    const browser = await world.browserOf(world.organiser);
    expect(await status(browser, '/mailbox')).toBe(200);
    await world.db.update(people).set({ isOrganiser: false }).where(eq(people.id, world.organiser.id));
    expect(await status(browser, '/mailbox')).toBe(404);
    await world.db.update(people).set({ isOrganiser: true }).where(eq(people.id, world.organiser.id));
    expect(await status(browser, '/mailbox')).toBe(200);
  });

  test.each(['', 'x', `${'A'.repeat(43)}'--`, 'A'.repeat(5000)])(
    'a made-up cookie is nobody',
    async (value) => {
      const browser = world.newBrowser();
      browser.cookies.set('__Host-sid', value);
      expect(await status(browser)).toBe(303);
    },
  );
});

describe('Access 4: on plain http://localhost', () => {
  const local = useWorld({ baseUrl: 'http://localhost:3000' });

  test('the cookie loses the prefix and Secure, nothing else', async () => {
    await local.addPerson({ email: amina });
    const browser = local.newBrowser();
    await browser.post('/sign-in', { email: amina });
    const answer = await browser.post('/sign-in/code', { code: (await signInLetter(local, amina)).code });
    const cookie = answer.cookies.find(({ name }) => name === 'sid')!;
    expect(cookie).toMatchObject({ path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 30 * 86_400 });
    expect(cookie).not.toHaveProperty('secure');
    expect(await status(browser)).toBe(200);
  });
});
