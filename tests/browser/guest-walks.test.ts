// A guest with a letter, in a browser the size of a phone: with scripts, without them, and by keyboard alone.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { House } from '../support/demo-house.ts';
import { needs } from '../support/needs.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone, type Watched } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

needs('chromium')('a guest with a letter', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
  });
  afterAll(() => close());

  const open = (javaScriptEnabled: boolean): Promise<Watched> =>
    openWindow(chromium, house.ctx.baseUrl, { viewport: phone, javaScriptEnabled });
  const heading = (page: Page) => page.locator('#answer-title').textContent();
  const seated = async (page: Page) =>
    Number(
      /(\d+) are taken/.exec(
        (await page.locator('#room-panel svg').first().getAttribute('aria-label')) ?? '',
      )?.[1] ?? Number.NaN,
    );

  test('opening the letter’s link, as a scanner of mail would with and without scripts, answers nothing', async () => {
    const link = await house.linkOf('invited');
    for (const scripts of [true, false]) {
      const { page, context } = await open(scripts);
      await page.goto(link);
      await page.goto(`${link}?answer=yes`);
      expect(await heading(page)).toBe('One more press: you’ll be there?');
      await context.close();
    }
    expect(await house.linkOf('invited')).toBe(link);
  });

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('says yes with one press, changes their mind and comes back, %s', async (_how, scripts) => {
    const link = await house.linkOf('invited');
    const { page, context, noticed } = await open(scripts);
    await page.goto(link);
    expect(await heading(page)).toBe('A seat is kept for you');
    await page.locator('#answer-panel').getByRole('button', { name: 'I’ll be there' }).click();
    await page.getByText(/^You’re in, /).waitFor();
    await says(page, 'You’re in. We’ve saved your seat.');
    expect(await page.locator('#answer-dock').isVisible()).toBe(false);

    await page.getByRole('link', { name: 'Change my answer' }).click();
    await page.getByRole('heading', { name: 'Change your answer' }).waitFor();
    await page.getByRole('button', { name: 'I can’t come' }).click();
    await page.getByRole('heading', { name: 'You can’t come' }).waitFor();
    await says(page, 'Noted: you can’t come.');

    await page.getByRole('link', { name: 'Change my answer' }).click();
    await page.getByRole('button', { name: 'Not sure yet' }).click();
    await page.getByRole('heading', { name: 'Not sure yet' }).waitFor();
    await page.goto(link);
    expect(await heading(page)).toBe('Not sure yet');
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('with scripts nothing but the panels changes: the page stays where it is, and the room fills', async () => {
    const { page, context } = await open(true);
    await page.goto(await house.linkOf('invited'));
    await page.evaluate('globalThis.stillTheSamePage = true');
    const before = await seated(page);
    expect(before).toBeGreaterThan(0);
    await page.locator('#answer-panel').getByRole('button', { name: 'I’ll be there' }).click();
    await page.getByText(/^You’re in, /).waitFor();
    expect(await seated(page)).toBe(before + 1);
    expect(await page.evaluate('globalThis.stillTheSamePage')).toBe(true);
    await context.close();
  });

  test('by keyboard alone: skips to the answer, says yes, and is told where they are', async () => {
    const { page, context, noticed } = await open(true);
    await page.goto(await house.linkOf('invited'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('inPage.focus()')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'I’ll be there');
    expect(await page.evaluate('inPage.focusIsVisible()')).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText(/^You’re in, /).waitFor();
    await page.waitForFunction('document.activeElement.closest("#answer-panel") !== null');
    await says(page, 'You’re in. We’ve saved your seat.');
    await tabTo(page, 'Change my answer');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Change your answer' }).waitFor();
    await page.waitForFunction('document.activeElement.closest("#answer-panel") !== null');
    await tabTo(page, 'I can’t come');
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'You can’t come' }).waitFor();
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('asks a question with their name, and reads it on the wall, %s', async (how, scripts) => {
    const { page, context, noticed } = await open(scripts);
    const question = `What would you stop doing first, ${how}?`;
    await page.goto(`${await house.linkOf('coming')}#ask`);
    await page.getByLabel('Your question').fill(question);
    await withName(page, scripts);
    await page.waitForURL(/said=asked/);
    await says(page, 'Your question is on the wall.');
    await page.getByRole('link', { name: /^Read the/ }).click();
    await page.getByRole('link', { name: 'Newest' }).click();
    const item = page.locator('li.q').filter({ hasText: question });
    await item.waitFor();
    await item.getByRole('button', { name: /^Withdraw/ }).click();
    await page.waitForURL(/said=taken-back/);
    expect(await item.count()).toBe(0);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('a question that is too long comes back with what to do, the words kept and the focus on the mistake', async () => {
    const { page, context } = await open(true);
    await page.goto(`${await house.linkOf('coming')}/questions`);
    await page
      .getByLabel('Your question')
      .evaluate((field: { removeAttribute(name: string): void }) => field.removeAttribute('maxlength'));
    const words = 'word '.repeat(70).trim();
    await page.getByLabel('Your question').fill(words);
    await withName(page, true);
    await page.getByRole('alert').waitFor();
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.getByLabel('Your question').inputValue()).toBe(words);
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    await context.close();
  });

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('wonders too with one press and takes it back with another, %s', async (_how, scripts) => {
    const { page, context, noticed } = await open(scripts);
    await page.goto(`${await house.linkOf('maybe')}/questions?order=newest`);
    if (scripts)
      await page
        .locator('[data-ballot]:not([hidden]), [data-no-ballot]:visible')
        .first()
        .waitFor({ state: 'attached' });
    // A second device has no ballot, and one without scripts cannot have any.
    const byName = page.locator(scripts ? '[data-no-ballot]:visible a' : 'noscript a');
    if ((await byName.count()) > 0) await byName.click();
    const vote = page.locator('li.q button[aria-pressed="false"]').last();
    const id = await vote.getAttribute('id');
    const button = page.locator(`#${id}`);
    const votes = Number(await button.locator('b').textContent());
    if (scripts) await button.focus();
    await button.press('Enter');
    await page.locator(`#${id}[aria-pressed="true"]`).waitFor();
    expect(Number(await button.locator('b').textContent())).toBe(votes + 1);
    await says(page, 'Counted: you wonder too.');
    if (scripts) expect(await page.evaluate('document.activeElement.id')).toBe(id);
    await button.press('Enter');
    await page.locator(`#${id}[aria-pressed="false"]`).waitFor();
    expect(Number(await button.locator('b').textContent())).toBe(votes);
    await says(page, 'Taken back.');
    if (scripts) expect(await page.evaluate('document.activeElement.id')).toBe(id);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  // Last, since guests who answer here are counted among those who hold slips.
  test('a press that finds no connection says so, each time, and counts once it is back', async () => {
    const { page, context } = await open(true);
    await page.goto(`${await house.linkOf('maybe')}?change=1`);
    const yes = page.locator('#answer-panel').getByRole('button', { name: 'I’ll be there' });
    await context.setOffline(true);
    for (let press = 0; press < 2; press++) {
      await yes.click();
      await says(page, 'Flipside could not be reached. Try again in a moment.');
      await page.locator('#answer-panel button[aria-busy]').waitFor({ state: 'detached' });
      // As after ten seconds: what is said next is seen again.
      await page.evaluate("document.getElementById('status').classList.add('past')");
    }
    await context.setOffline(false);
    await yes.click();
    await page.getByText(/^You’re in, /).waitFor();
    await says(page, 'You’re in. We’ve saved your seat.');
    await page.locator('#status:not(.past)').waitFor();
    await context.close();
  });
});

/** Sends a question with the name; with scripts once the page knows whether one may ask without it here. */
async function withName(page: Page, scripts: boolean): Promise<void> {
  if (scripts) await page.locator('[data-nameless][data-state=moment]').waitFor({ state: 'detached' });
  const without = page.getByRole('switch', { name: /^Send it without my name/ });
  const choice = page.getByRole('button', { name: 'Ask with my name instead' });
  if (await without.isVisible()) await without.uncheck();
  else if (await choice.isVisible()) await choice.click();
  await page.locator('form button[name=named]:enabled').click();
}

/** The status line says this sentence, and nothing else. */
async function says(page: Page, sentence: string): Promise<void> {
  await page.getByRole('status').getByText(sentence, { exact: true }).waitFor();
}

/** Presses Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await page.evaluate<string>('inPage.focus()')) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Forty presses of Tab do not lead to “${name}”`);
}
