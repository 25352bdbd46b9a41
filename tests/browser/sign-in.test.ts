import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { prepareSetUp } from '../../src/actions/sign-in/set-up.ts';
import { refOf } from '../../src/store/letters/mailbox.ts';
import { letters, people, programmes } from '../../src/store/schema/index.ts';
import { openChromium, visit } from '../support/chromium.ts';
import { allLetters, signInLetter } from '../support/letters.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { freePort } from '../support/process.ts';
import { useWorld } from '../support/world.ts';

const amina = 'amina.yusuf@halden.example';
const port = await freePort();
const baseUrl = `http://localhost:${port}`;

needs('chromium')('the door in a real browser', () => {
  const world = useWorld({ baseUrl });
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    await world.app.listen({ port, host: 'localhost' });
    await world.addPerson({ name: 'Amina Yusuf', email: amina, side: 'talent' });
  });
  afterEach(() => world.app.close());

  /** By keyboard alone: to the field, the address, Enter. */
  async function ask(page: Page): Promise<void> {
    await page.goto('/sign-in?next=/account');
    await page.focus('#email');
    await page.keyboard.type(amina);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in/code');
  }

  test.each([true, false])(
    'with scripts %s, Amina signs in by link and by code with the keyboard alone',
    async (scripts) => {
      const { page, complaints, close } = await visit(chromium, baseUrl, { javaScriptEnabled: scripts });
      await ask(page);
      await page.goto((await signInLetter(world, amina)).path);
      await page.focus('main button');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/account');
      await page.focus('form[action="/sign-out"] button');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/sign-in?said=signed-out');
      await ask(page);
      await page.focus('#code');
      await page.keyboard.type((await signInLetter(world, amina)).code.toLowerCase());
      await page.keyboard.press('Enter');
      await page.waitForURL('**/account');
      expect(complaints).toEqual([]);
      await close();
    },
  );

  test('Access 2: a scanner that opens the link, runs its scripts and presses all there is gets no session', async () => {
    const hers = await visit(chromium, baseUrl);
    await ask(hers.page);
    const { path } = await signInLetter(world, amina);
    const scanner = await visit(chromium, baseUrl);
    await pressEverything(scanner.page, path);
    await scanner.page.goto('/account');
    expect(new URL(scanner.page.url()).pathname).toBe('/sign-in');
    await hers.page.goto(path);
    await hers.page.click('main button');
    await hers.page.waitForURL('**/account');
    await Promise.all([hers.close(), scanner.close()]);
  });

  test('Access 2: her own browser left open on the link’s page does nothing automatic', async () => {
    const { page, close } = await visit(chromium, baseUrl);
    await ask(page);
    const { path } = await signInLetter(world, amina);
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(new URL(page.url()).pathname).toBe(path);
    expect((await page.context().cookies()).map((cookie) => cookie.name)).toEqual(['login']);
    await close();
  });

  test('no page of it has a flaw, a complaint or a request to elsewhere', async () => {
    const { page, complaints, close } = await visit(chromium, baseUrl);
    const found: Record<string, string[]> = {};
    const look = async (name: string) => {
      found[name] = await lookAt(page);
    };
    await page.goto('/sign-in');
    await look('ask');
    await page.fill('#email', 'amina');
    await page.click('main button');
    await page.waitForSelector('.error-summary:focus');
    await look('ask again');
    await ask(page);
    await look('code');
    const { path } = await signInLetter(world, amina);
    await page.goto(path);
    await look('link');
    const other = await visit(chromium, baseUrl);
    await other.page.goto(path);
    found.elsewhere = await lookAt(other.page);
    await other.page.click('main a.btn');
    found['code elsewhere'] = await lookAt(other.page);
    await page.click('main button');
    await page.waitForURL('**/account');
    await look('account');
    await page.click('form[action="/account/feed"] button');
    await page.waitForSelector('#feed-url');
    await look('feed');
    await other.page.goto(path);
    found.over = await lookAt(other.page);
    expect(Object.values(found).flat()).toEqual([]);
    expect([complaints, other.complaints]).toEqual([[], []]);
    await Promise.all([close(), other.close()]);
  });

  test('names of 200 letters, an organiser’s letters, none and many, keep their shape too', async () => {
    const long = 'Hålogalandsverkens'.repeat(11);
    await world.db.update(programmes).set({ organisation: long, name: long });
    await world.db.update(people).set({ name: long }).where(eq(people.email, amina));
    const { page, complaints, close } = await visit(chromium, baseUrl);
    const found: string[] = [];
    await ask(page);
    found.push(...(await lookAt(page)));
    await page.goto((await signInLetter(world, amina)).path);
    found.push(...(await lookAt(page)));
    await page.click('main button');
    await page.waitForURL('**/account');
    found.push(...(await lookAt(page)));
    const secret = (await world.browserOf(world.organiser)).cookies.get('sid')!;
    await page.context().addCookies([{ name: 'sid', value: secret, url: baseUrl }]);
    const [letter] = await allLetters(world);
    for (const path of ['/mailbox', `/mailbox/${refOf(letter!)}`]) {
      await page.goto(path);
      found.push(...(await lookAt(page)));
    }
    await world.db.delete(letters);
    await page.goto('/mailbox');
    found.push(...(await lookAt(page)));
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  async function pressEverything(page: Page, path: string): Promise<void> {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    const count = await page.locator('main button, main a').count();
    for (let at = 0; at < count; at++) {
      await page.goto(path);
      await page.locator('main button, main a').nth(at).click();
      await page.waitForLoadState('networkidle');
      for (const field of await page.locator('main input:not([type=hidden])').all())
        await field.fill('testtest');
      const button = page.locator('main button').first();
      if (await button.count()) await button.click();
      await page.waitForLoadState('networkidle');
    }
  }
});

needs('chromium')('the first run in a real browser', () => {
  const world = useWorld({ baseUrl, setUp: false });
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    await world.app.listen({ port, host: 'localhost' });
  });
  afterEach(() => world.app.close());

  test.each([true, false])('with scripts %s, Ida sets it up with the keyboard alone', async (scripts) => {
    const { page, complaints, close } = await visit(chromium, baseUrl, {
      javaScriptEnabled: scripts,
      timezoneId: 'Europe/Brussels',
      locale: 'nl-BE',
    });
    await page.goto((await prepareSetUp(world.ctx))!);
    await page.focus('#organisation');
    await page.keyboard.type('Halden Group');
    for (let step = 0; step < 3; step++) await page.keyboard.press('Tab');
    await page.keyboard.type('Ida Nordby');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ida.nordby@halden.example');
    // Past "Do you take part too?", which says no.
    for (let step = 0; step < 2; step++) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/events');
    const [programme] = await world.db.execute<{ first_format: string; time_zone: string }>(
      'SELECT first_format, time_zone FROM programmes',
    );
    const server = Temporal.Now.timeZoneId();
    const known = server === 'UTC' || server.startsWith('Etc/') ? 'Europe/Brussels' : server;
    expect(programme).toEqual({
      first_format: 'lunch-and-learn',
      time_zone: scripts ? 'Europe/Brussels' : known,
    });
    expect(complaints).toEqual([]);
    await close();
  });

  test('its page has no flaw, empty or full of mistakes', async () => {
    const { page, complaints, close } = await visit(chromium, baseUrl);
    await page.goto((await prepareSetUp(world.ctx))!);
    const found = await lookAt(page);
    await page.fill('#organisation', 'x'.repeat(200));
    await page.click('.startbar button[data-kind=primary]');
    await page.waitForSelector('.error-summary:focus');
    found.push(...(await lookAt(page)));
    await page.goto('/setup/not-the-link');
    found.push(...(await lookAt(page)));
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
