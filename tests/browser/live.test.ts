// During an event: the facilitator's phone, the projector and guests' phones, with a connection, without one, and without scripts.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ask, wonder } from '../../src/actions/questions/ask.ts';
import { pressLive } from '../../src/actions/questions/live.ts';
import { codeOf } from '../../src/actions/questions/room-codes.ts';
import type { House } from '../support/demo-house.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone, type Watched } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

/** Two frames drawn, and no animation under way. */
const atRest =
  'new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))' +
  '.then(() => Promise.allSettled(document.getAnimations().filter((one) => one.timeline instanceof DocumentTimeline).map((one) => one.finished)))';

/** Finds texts on the projector that are smaller than a thirtieth of its height, which nobody reads from the last row. */
const tooSmall = `[...document.querySelectorAll('.stage *')]
  .filter((one) => [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
  .filter((one) => one.localName !== 'title' && !one.closest('.vh'))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < innerHeight / 30)
  .map((one) => one.textContent.trim())`;

needs('chromium')('during an event', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];
  let event: { id: number; guest: number };
  let link: string;
  let cookies: { name: string; value: string; url: string }[];

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
    link = await house.linkOf('coming');
    const [found] = await house.ctx.db.execute<{ id: number; guest: number }>(sql`
      SELECT q.event_id AS id, min(q.author_id) AS guest FROM questions q JOIN events e ON e.id = q.event_id
      WHERE e.state = 'published' AND e.starts_at::timestamp > now() AND q.state = 'wall' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`);
    event = found!;
    const ida = await house.browserOf('organiser');
    cookies = [...ida.cookies].map(([name, value]) => ({ name, value, url: house.ctx.baseUrl }));
  });
  afterAll(() => close());

  async function open(path: string, scripts = true): Promise<Watched> {
    const options = { viewport: phone, javaScriptEnabled: scripts };
    const window = await openWindow(chromium, house.ctx.baseUrl, options);
    await window.context.addCookies(cookies);
    await window.page.goto(path);
    if (scripts) await following(window.page);
    return window;
  }
  const following = (page: Page) => page.locator('#live[data-follows]').waitFor({ state: 'attached' });
  /** One guest is here on many phones: only two of them get slips for asking without a name, and the others are told so. */
  const desk = () => `/events/${event.id}/live`;
  const upNext = (page: Page) => page.locator('#desk-panel [aria-labelledby="up-next"] li');
  async function stateOf(text: string): Promise<string> {
    const [row] = await house.ctx.db.execute<{ state: string }>(
      sql`SELECT state FROM questions WHERE event_id = ${event.id} AND text = ${text}
          UNION ALL SELECT state FROM nameless_questions WHERE event_id = ${event.id} AND text = ${text}`,
    );
    return row!.state;
  }
  async function wordsOf(page: Page, index: number): Promise<string> {
    return upNext(page)
      .nth(index)
      .locator('p')
      .evaluate((p) => (p as { firstChild: { textContent: string } }).firstChild.textContent);
  }
  const onTable = (page: Page, words: string) => page.locator('.nowcard .asked', { hasText: words });

  test('one press shows a question on the projector and on every guest’s page, one more says it is answered', async () => {
    const [phoneOf, screen] = [await open(desk()), await open(`${desk()}/screen`)];
    const [wall, invitation] = [await open(`${link}/questions`), await open(link)];
    const words = await wordsOf(phoneOf.page, 0);
    await upNext(phoneOf.page).nth(0).getByRole('button', { name: 'Show' }).click();
    await onTable(phoneOf.page, words).waitFor();
    await screen.page.locator('.stage .asked', { hasText: words }).waitFor();
    for (const [width, height] of [
      [1920, 1080],
      [1280, 720],
      [1024, 768],
    ] as const) {
      await screen.page.setViewportSize({ width, height });
      const small = () => screen.page.evaluate<string[]>(tooSmall);
      await expect.poll(small, { message: `${width} × ${height}` }).toEqual([]);
    }
    for (const { page } of [wall, invitation])
      await page.locator('#now-panel .text', { hasText: words }).waitFor();
    await phoneOf.page.getByRole('button', { name: 'Answered' }).first().click();
    await onTable(phoneOf.page, 'Nothing on the table').waitFor();
    await screen.page.locator('.stage .asked', { hasText: words }).waitFor({ state: 'detached' });
    await wall.page.locator('#now-panel .text').waitFor({ state: 'detached' });
    expect(await stateOf(words)).toBe('answered');
    for (const one of [phoneOf, screen, wall, invitation]) {
      expect(one.noticed()).toEqual([]);
      await one.context.close();
    }
  });

  test('new questions wait for a press, and what one reads does not move', async () => {
    const window = await open(`${link}/questions`);
    const { page, context } = window;
    const rows = page.locator('.wall > .q');
    await rows.last().scrollIntoViewIfNeeded();
    await page.evaluate(atRest);
    const [before, count] = [await rows.last().boundingBox(), await rows.count()];
    for (const text of ['A first one that just came', 'Another that just came'])
      await ask(house.ctx, {
        eventId: event.id,
        authorId: event.guest,
        topicId: null,
        text,
        formKey: randomUUID(),
      });
    const news = page
      .getByRole('button', { name: '2 new questions' })
      .or(page.getByRole('link', { name: '2 new questions' }));
    await news.waitFor();
    const now = async () => [await rows.last().boundingBox(), await rows.count()];
    await expect.poll(now).toEqual([before, count]);
    await news.click();
    await page.locator('.q[data-new]').nth(1).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('just came');
    expect(await page.locator('.q[data-new]').count()).toBe(2);
    expect(await page.locator('#wall-news').isVisible()).toBe(false);
    expect(window.noticed()).toEqual([]);
    await context.close();
  });

  test('what comes on the table moves nothing one reads: at the top, further down, and while typing', async () => {
    const phoneOf = await open(desk());
    const window = await open(`${link}/questions`);
    const { page, context } = window;
    const rows = page.locator('.wall > .q');
    const top = async (what: Locator) => Math.round((await what.boundingBox())!.y);
    const places = [
      { what: page.locator('.lead'), go: () => page.evaluate('scrollTo(0, 0)') },
      { what: rows.nth(5), go: () => rows.nth(5).scrollIntoViewIfNeeded() },
      { what: page.locator('#text'), go: () => page.locator('#text').focus() },
    ];
    // Safari does not hold a page by itself: the second round is without Chromium's own way to.
    for (const [index, { what, go }] of [...places, ...places].entries()) {
      await page.evaluate(
        `document.documentElement.style.overflowAnchor = '${index < places.length ? 'auto' : 'none'}'`,
      );
      await go();
      await page.evaluate(atRest);
      const before = await top(what);
      await upNext(phoneOf.page).nth(1).getByRole('button', { name: 'Show' }).click();
      await page.locator('#now-panel .text').waitFor({ state: 'attached' });
      await page.evaluate(atRest);
      await expect.poll(async () => Math.abs((await top(what)) - before)).toBeLessThanOrEqual(1);
      await phoneOf.page.getByRole('button', { name: 'Back on the wall' }).click();
      await page.locator('#now-panel .text').waitFor({ state: 'detached' });
      await page.evaluate(atRest);
      await expect.poll(async () => Math.abs((await top(what)) - before)).toBeLessThanOrEqual(1);
    }
    expect(window.noticed()).toEqual([]);
    for (const one of [context, phoneOf.context]) await one.close();
  });

  test('a lost connection comes back by itself and shows what was missed', async () => {
    const { page, context } = await open(`${desk()}/screen`);
    const { page: helper, context: other } = await open(desk());
    const words = await wordsOf(helper, 0);
    let isAway = true;
    await page.route('**/changes*', (route) => (isAway ? route.abort() : route.continue()));
    house.app.server.closeAllConnections();
    await page.getByText('The connection is lost.').waitFor();
    await helper.goto(desk());
    await upNext(helper).nth(0).getByRole('button', { name: 'Show' }).click();
    await expect.poll(async () => await stateOf(words)).toBe('table');
    expect(await page.locator('.stage .asked', { hasText: words }).count()).toBe(0);
    isAway = false;
    await page.locator('.stage .asked', { hasText: words }).waitFor();
    await page.getByText('The connection is lost.').waitFor({ state: 'hidden' });
    await context.close();
    await other.close();
  });

  test('the QR code opens the ask box at once where this phone has opened the invitation', async () => {
    const { page, context, noticed } = await openWindow(chromium, house.ctx.baseUrl, { viewport: phone });
    const code = codeOf(house.ctx, event.id);
    await page.goto(`/q/${code}`);
    expect(await page.locator('#known').isVisible()).toBe(false);
    await page.goto(link);
    await following(page);
    await page.goto(`/q/${code.toLowerCase()}`);
    await page.waitForURL(`**${link}/questions#ask`);
    await page.goto(link);
    await page.getByRole('link', { name: 'Not you?' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto(`/q/${code}`);
    expect(await page.locator('#known').isVisible()).toBe(false);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('whoever was signed out meanwhile is told that the page does not follow any more', async () => {
    const { page, context } = await open(`${desk()}/screen`);
    await context.clearCookies();
    house.app.server.closeAllConnections();
    await page.getByText('This page does not follow any more.').waitFor();
    await context.close();
  });

  test('presses without a connection are kept, shown as waiting, and sent once it is back', async () => {
    const { page, context } = await open(desk());
    const words = await wordsOf(page, 0);
    await context.setOffline(true);
    const show = upNext(page).nth(0).getByRole('button', { name: 'Show' });
    await show.click();
    await page.locator('#unsent', { hasText: 'One press waits for the connection.' }).waitFor();
    expect(await show.textContent()).toContain('waits for the connection');
    expect(await stateOf(words)).toBe('wall');
    await context.setOffline(false);
    await onTable(page, words).waitFor();
    expect(await stateOf(words)).toBe('table');
    await page.locator('#unsent').waitFor({ state: 'hidden' });
    await context.close();
  });

  test('works as plain forms without scripts, by keyboard, and a refresh shows what others did', async () => {
    const { page, context } = await open(desk(), false);
    const words = await wordsOf(page, 0);
    await upNext(page).nth(0).getByRole('button', { name: 'Show' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/said=table/);
    await onTable(page, words).waitFor();
    const [row] = await house.ctx.db.execute<{ id: number }>(
      sql`SELECT id FROM questions WHERE event_id = ${event.id} AND state = 'wall' LIMIT 1`,
    );
    await pressLive(house.ctx, event.id, row!.id, { state: 'table' });
    await page.goto(desk());
    expect(await onTable(page, words).count()).toBe(0);
    await page.getByRole('button', { name: 'Park it' }).click();
    await page.waitForURL(/said=parked/);
    await context.close();
  });

  test('has nothing for axe to find and never scrolls sideways, with long words and with nothing at all', async () => {
    const window = await open(desk());
    const { page, context } = window;
    const text = `${'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2)} ${'why so '.repeat(16)}`;
    await ask(house.ctx, {
      eventId: event.id,
      authorId: event.guest,
      topicId: null,
      text,
      formKey: randomUUID(),
    });
    const [row] = await house.ctx.db.execute<{ id: number }>(sql`SELECT max(id) AS id FROM questions`);
    const wrong: string[] = [];
    const look = async (path: string) => {
      await page.goto(path);
      wrong.push(...(await lookAt(page)).map((one) => `${path}: ${one}`));
    };
    for (const path of [desk(), `${desk()}/screen`]) await look(path);
    await wonder(house.ctx, event.id, row!.id, event.guest, true);
    await pressLive(house.ctx, event.id, row!.id, { state: 'table' });
    for (const path of [desk(), `${desk()}/screen`, link, `${link}/questions`]) await look(path);
    await context.clearCookies();
    await look('/q');
    await page.goto(`${link}/questions`);
    await page.setViewportSize({ width: 1920, height: 1080 });
    expect(wrong).toEqual([]);
    expect(window.noticed()).toEqual([]);
    await context.close();
  });
});
