// Check-in on a phone: with a connection, without one, without scripts, and on two phones at once.
import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { House } from '../support/demo-house.ts';
import { makeMoreStates } from '../support/more-states.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone, type Watched } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

needs('chromium')('at the door', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];
  let event: number;
  let cookies: { name: string; value: string; url: string }[];

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
    await makeMoreStates(house);
    const [row] = await house.ctx.db.execute<{ id: number }>(
      sql`SELECT id FROM events WHERE name = 'In two hours'`,
    );
    event = row!.id;
    const ida = await house.browserOf('organiser');
    cookies = [...ida.cookies].map(([name, value]) => ({ name, value, url: house.ctx.baseUrl }));
  });
  afterAll(() => close());

  async function atTheDoor(scripts = true): Promise<Watched> {
    const window = await openWindow(chromium, house.ctx.baseUrl, {
      viewport: phone,
      javaScriptEnabled: scripts,
    });
    await window.context.addCookies(cookies);
    await window.page.goto(`/events/${event}/door`);
    return window;
  }
  async function here(): Promise<string[]> {
    const rows = await house.ctx.db.execute<{ name: string }>(
      sql`SELECT name FROM rsvps JOIN people ON people.id = person_id
          WHERE event_id = ${event} AND came_at IS NOT NULL ORDER BY name COLLATE "und-x-icu"`,
    );
    return rows.map(({ name }) => name);
  }
  const buttons = (page: Page, pressed: boolean) =>
    page.locator(`#door-panel button[aria-pressed="${pressed}"]`);
  const nameOf = async (page: Page, index: number) =>
    (await page.locator('#door-panel li').nth(index).getAttribute('data-name'))!;

  test('one press checks in, a second takes it back, and both are spoken', async () => {
    const { page, context, noticed } = await atTheDoor();
    const before = await here();
    const name = await nameOf(page, 0);
    await buttons(page, false).first().click();
    await page.waitForFunction(
      `document.getElementById('status').textContent === ${JSON.stringify(`${name} is here`)}`,
    );
    await expect.poll(here).toEqual([...before, name].toSorted((a, b) => a.localeCompare(b)));
    await page.locator(`#door-panel li[data-name="${name}"] button`).click();
    await expect.poll(here).toEqual(before);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('without a connection presses are kept, shown and sent once it is back, in whatever window', async () => {
    const { page, context } = await atTheDoor();
    const before = await here();
    const names = [await nameOf(page, 0), await nameOf(page, 1)];
    await context.setOffline(true);
    for (const name of names) await page.locator(`#door-panel li[data-name="${name}"] button`).click();
    await page.locator('#door-unsent', { hasText: '2 presses wait for the connection.' }).waitFor();
    expect(await buttons(page, true).count()).toBe(before.length + 2);
    expect(await here()).toEqual(before);
    // The phone is put away and the browser forgets the page; another window sends what was kept.
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/events/${event}/door`);
    await expect.poll(async () => (await here()).length).toBe(before.length + 2);
    await again.locator('#door-unsent').waitFor({ state: 'hidden' });
    for (const name of names) await again.locator(`#door-panel li[data-name="${name}"] button`).click();
    await expect.poll(here).toEqual(before);
    await context.close();
  });

  test('a server that is away for a moment loses no press', async () => {
    const { page, context } = await atTheDoor();
    const before = await here();
    let refusals = 0;
    await page.route('**/door/*', async (route) => {
      if (refusals++ < 1) return route.fulfill({ status: 503, body: 'One moment, please' });
      return route.continue();
    });
    const name = await nameOf(page, 0);
    await buttons(page, false).first().click();
    await page.locator('#door-unsent', { hasText: 'One press waits for the connection.' }).waitFor();
    await expect.poll(here).toContain(name);
    expect(refusals).toBeGreaterThan(1);
    await page.locator(`#door-panel li[data-name="${name}"] button`).click();
    await expect.poll(here).toEqual(before);
    await context.close();
  });

  test('a press on one phone shows on the other, and whoever is here stands at the end of both lists', async () => {
    const [one, other] = [await atTheDoor(), await atTheDoor()];
    const name = await nameOf(one.page, 0);
    const row = (page: Page) => page.locator(`#door-panel li[data-name="${name}"]`);
    await row(one.page).locator('button').click();
    await expect.poll(here).toContain(name);
    await expect.poll(() => one.page.locator('#door-panel li').last().getAttribute('data-name')).toBe(name);
    expect(await row(other.page).locator('button').getAttribute('aria-pressed')).toBe('false');
    // As the clock does every quarter of a minute.
    await other.page.evaluate("document.getElementById('door-refresh').dispatchEvent(new Event('refresh'))");
    await row(other.page).locator('button[aria-pressed="true"]').waitFor();
    expect(await other.page.locator('#door-count b').textContent()).toBe(String((await here()).length));
    await row(other.page).locator('button').click();
    await expect.poll(here).not.toContain(name);
    expect([...one.noticed(), ...other.noticed()]).toEqual([]);
    await Promise.all([one.context.close(), other.context.close()]);
  });

  test('of two phones the later press counts, and the phone that was offline reads why its own does not', async () => {
    const [one, other] = [await atTheDoor(), await atTheDoor()];
    const name = await nameOf(one.page, 0);
    const button = (page: Page) => page.locator(`#door-panel li[data-name="${name}"] button`);
    await button(one.page).click();
    await expect.poll(here).toContain(name);
    await other.page.reload();
    await one.context.setOffline(true);
    await button(one.page).click();
    await one.page.locator('#door-unsent', { hasText: 'One press waits for the connection.' }).waitFor();
    await button(other.page).click();
    await expect.poll(here).not.toContain(name);
    await other.page.locator(`#door-panel li[data-name="${name}"] button[aria-pressed="false"]`).waitFor();
    await button(other.page).click();
    await expect.poll(here).toContain(name);
    await one.context.setOffline(false);
    const refused = one.page.locator('#door-refused');
    await refused.waitFor();
    expect(await refused.textContent()).toContain(`${name}: taken back: another phone pressed later, at `);
    expect(await here()).toContain(name);
    await one.page.reload();
    await refused.getByRole('button', { name: 'I have read it' }).click();
    await refused.waitFor({ state: 'hidden' });
    await button(one.page).click();
    await expect.poll(here).not.toContain(name);
    expect(other.noticed()).toEqual([]);
    await Promise.all([one.context.close(), other.context.close()]);
  });

  test('the list narrows while one types, also where accents are left out', async () => {
    const { page, context } = await atTheDoor();
    const all = await page.locator('#door-panel li').count();
    const name = await nameOf(page, 0);
    await page.getByLabel('Find by first or last name').fill(name.slice(0, 4).toUpperCase());
    expect(await page.locator('#door-panel li:visible').count()).toBeLessThan(all);
    expect(await page.locator(`#door-panel li[data-name="${name}"]`).isVisible()).toBe(true);
    await context.close();
  });

  test('works as plain forms without scripts, and by keyboard', async () => {
    const { page, context } = await atTheDoor(false);
    const before = await here();
    const name = await nameOf(page, 0);
    await buttons(page, false).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/said=here/);
    expect(await here()).toContain(name);
    await page.locator(`#door-panel li[data-name="${name}"] button`).click();
    await page.waitForURL(/said=gone/);
    expect(await here()).toEqual(before);
    await context.close();
  });

  test('and the pages of people have nothing for axe to find and never scroll sideways', async () => {
    const { page, context, noticed } = await atTheDoor();
    const wrong: string[] = [];
    const [who] = await house.ctx.db.execute<{ id: number }>(
      sql`SELECT person_id AS id FROM rsvps WHERE event_id = ${event} ORDER BY id LIMIT 1`,
    );
    const addresses = [
      'door',
      'people',
      'people?show=declined',
      'people/print',
      `people/${who!.id}`,
      'edit',
      '',
    ];
    for (const address of [...addresses.map((one) => `/events/${event}/${one}`), `/people/${who!.id}`]) {
      await page.goto(address.replace(/\/$/, ''));
      wrong.push(...(await lookAt(page)).map((one) => `${address}: ${one}`));
    }
    const link = await house.linkOf('declined');
    for (const address of [link, `${link}/needs`, `${link}/substitute`]) {
      await page.goto(address);
      wrong.push(...(await lookAt(page)).map((one) => `${address.slice(0, 8)}: ${one}`));
    }
    expect(wrong).toEqual([]);
    expect(noticed()).toEqual([]);
    await context.close();
  });
});
