// Names nobody designed for, on a phone of 320 pixels; and colours that are not ours.
import { sql } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../../src/actions/questions/ask.ts';
import * as trends from '../../src/store/trends/trends.ts';
import type { House } from '../support/demo-house.ts';
import { makeMoreStates } from '../support/more-states.ts';
import { needs } from '../support/needs.ts';
import { follow, isLetter, isPage } from '../support/pages/crawl.ts';
import { scrolling } from '../support/pages/look.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone, type Watched } from './window.ts';

/** 200 letters without a place to break, as somebody with a title and two double names has them. */
const longName = `Dr-Ing-${'Wolfeschlegelsteinhausenbergerdorff'.repeat(6)}`.slice(0, 200);

needs('chromium')('pages that are hard to fit', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
    await makeMoreStates(house);
  });
  afterAll(() => close());

  async function signedIn(role: 'organiser' | 'talent'): Promise<Watched> {
    const window = await openWindow(chromium, house.ctx.baseUrl);
    const { cookies } = await house.browserOf(role);
    await window.context.addCookies(
      [...cookies].map(([name, value]) => ({ name, value, url: house.ctx.baseUrl })),
    );
    return window;
  }

  test('in forced colours the current tab is still marked by a line, and what has the focus by a ring', async () => {
    const { page, context } = await signedIn('talent');
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await page.goto('/trends');
    const line = (selector: string) =>
      page.evaluate<string>(`(() => {
      const style = getComputedStyle(document.querySelector(${JSON.stringify(selector)}));
      const after = getComputedStyle(document.querySelector(${JSON.stringify(selector)}), '::after');
      const borders = [style, after].map((one) => one.borderBottomStyle !== 'none' && parseFloat(one.borderBottomWidth) > 0 && one.borderBottomColor !== style.backgroundColor);
      return [style.textDecorationLine === 'underline' || borders.some(Boolean) ? 'line' : 'no line', style.boxShadow].join(' ');
    })()`);
    expect(await line('nav.tabs a[aria-current]')).toMatch(/^line/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('inPage.focusIsVisible()')).toBe(true);
    await context.close();
  });

  test.each([true, false])(
    'the current tab is in sight on a phone, with scripts %s',
    async (javaScriptEnabled) => {
      const { cookies } = await house.browserOf('organiser');
      const { page, context } = await openWindow(chromium, house.ctx.baseUrl, {
        viewport: phone,
        javaScriptEnabled,
      });
      await context.addCookies(
        [...cookies].map(([name, value]) => ({ name, value, url: house.ctx.baseUrl })),
      );
      for (const address of ['/settings/audit-log', '/mailbox', '/events/1/questions']) {
        await page.goto(address);
        const tabs = page.locator('.tabs [aria-current]:visible');
        expect(await tabs.count()).toBeGreaterThan(0);
        for (const tab of await tabs.all()) {
          const box = (await tab.boundingBox())!;
          expect([address, box.x >= -1, box.x + box.width <= phone.width]).toEqual([address, true, true]);
        }
      }
      await context.close();
    },
  );

  test('with names and sentences of 200 letters without a space no page scrolls sideways at 320 or 390 pixels', {
    timeout: 3_000_000,
  }, async () => {
    await stretch(house);
    const browser = await house.browserOf('organiser');
    const kindOf = (address: string) => address.replace(/\?.*$/, '').replace(/[0-9a-f]{32}|\d+/g, '…');
    const few = { most: 10, kindOf };
    const visit = await follow('organiser', browser, ['/'], undefined, few);
    const guest = await follow('guest', house.newBrowser(), [await house.linkOf('coming')], undefined, few);
    const kinds = new Set<string>();
    const addresses = [...visit.seen, ...guest.seen].filter(([address, answer]) => {
      const kind = kindOf(address);
      if (!isPage(answer) || isLetter(address) || kinds.has(kind)) return false;
      kinds.add(kind);
      return true;
    });
    const { page, context, noticed } = await signedIn('organiser');
    const wrong: string[] = [];
    for (const [address] of addresses) {
      await page.goto(address);
      await page.evaluate('inPage.unfold()');
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        wrong.push(...(await scrolling(page, width)).map((one) => `${address}: ${one}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(noticed()).toEqual([]);
    expect(kinds.size).toBeGreaterThan(25);
    await context.close();
  });
});

/** Long names for everybody and everything, 120 trends and a wall that is full. */
async function stretch({ ctx }: House): Promise<void> {
  const { db } = ctx;
  const now = ctx.now();
  for (let n = 0; n < 120; n++) {
    await trends.add(db, {
      sentence: `${longName.slice(0, 150)}${n}`,
      state: 'proposed',
      createdAt: now,
      updatedAt: now,
    });
  }
  const [coming] = await db.execute<{ event: number; person: number }>(sql`
    SELECT event_id AS event, person_id AS person FROM rsvps JOIN events ON events.id = event_id
    WHERE rsvps.state = 'coming' AND events.state = 'published' AND starts_at::timestamp > now() LIMIT 1`);
  for (let n = 0; n < 15; n++) {
    await ask(ctx, {
      eventId: coming!.event,
      authorId: coming!.person,
      topicId: null,
      text: longName + 'x'.repeat(80),
      formKey: crypto.randomUUID(),
    });
  }
  await db.execute(
    sql`UPDATE people SET name = ${longName}, job_title = ${longName}, department = ${longName}`,
  );
  await db.execute(sql`UPDATE teams SET name = ${longName}`);
  await db.execute(sql`UPDATE programmes SET organisation = ${longName}, name = ${longName}`);
  await db.execute(
    sql`UPDATE events SET name = ${longName}, headline = ${longName}, lede = ${longName + longName}, place = ${longName}, access = ${longName}`,
  );
}
