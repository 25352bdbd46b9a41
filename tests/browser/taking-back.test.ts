// An organiser who pressed Send too early, in a browser: with scripts, without them, and by keyboard alone.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as events from '../../src/store/events/events.ts';
import type { House } from '../support/demo-house.ts';
import { needs } from '../support/needs.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

needs('chromium')('ten seconds to take it back', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];
  let draft: events.Event;

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
    draft = (await events.all(house.ctx.db)).find(({ state }) => state === 'draft')!;
  });
  afterAll(() => close());

  const state = async () => (await events.find(house.ctx.db, draft.id))!.state;

  async function organiser(javaScriptEnabled: boolean): Promise<Page> {
    const { page } = await openWindow(chromium, house.ctx.baseUrl, { viewport: phone, javaScriptEnabled });
    await page.goto('/');
    await page.getByRole('button', { name: 'Organiser', exact: true }).click();
    await page.waitForURL('**/events');
    await page.goto(`/events/${draft.id}/review`);
    return page;
  }

  const send = (page: Page) => page.getByRole('button', { name: /^Send \d+ invitations?$/ });
  const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });

  test('without scripts: one press sends, one press takes back', async () => {
    const page = await organiser(false);
    await send(page).click();
    expect(await page.locator('#undo').innerText()).toMatch(
      /^\d+ e-mails are kept here in \d+ seconds\.\s+Undo$/,
    );
    expect(await state()).toBe('published');
    await undo(page).click();
    await page.getByText('Undone. Nobody was told.').waitFor();
    expect(await state()).toBe('draft');
    await page.context().close();
  });

  test('by keyboard alone', async () => {
    const page = await organiser(true);
    await send(page).focus();
    await page.keyboard.press('Enter');
    await undo(page).waitFor();
    for (let presses = 0; presses < 40; presses++) {
      if ((await page.evaluate<string>('inPage.focus()')) === 'Undo') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('Undone. Nobody was told.').waitFor();
    expect(await state()).toBe('draft');
    await page.context().close();
  });

  test('with scripts the offer goes when its time is over, and the letters stay', async () => {
    const page = await organiser(true);
    await send(page).click();
    await undo(page).waitFor();
    await undo(page).waitFor({ state: 'detached' });
    expect(await state()).toBe('published');
    await page.context().close();
  });
});
