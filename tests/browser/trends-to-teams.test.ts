// From two files to teams with trends, in a browser, on a process of its own: 60 talents, 114 trends of which 40 are shortlisted.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { dataFolder } from '../support/databases/data-folders.ts';
import { importPeople, setUpProgramme } from '../support/first-steps.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { startFlipside } from '../support/process.ts';
import { openWindow, phone } from './window.ts';

const talents = 60;
const trends = 114;
const shortlisted = 40;
const departments = ['Finance', 'Sales', 'Operations', 'Legal', 'People'];

const file = (name: string, lines: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\r\n')),
});
const numbers = (n: number) => Array.from({ length: n }, (_, at) => at);
const twoDigits = (n: number) => String(n).padStart(2, '0');
const topic = (n: number) => `Topic ${String(n).padStart(3, '0')} of the radar`;

const peopleFile = file('people.csv', [
  'Name;E-mail;Side;Department',
  ...numbers(talents).map(
    (n) =>
      `Talent Number${twoDigits(n)};t${n}@halden.example;young talent;${departments[n % departments.length]}`,
  ),
]);
const radarFile = file('radar.csv', [
  'name,ring,quadrant,description',
  ...numbers(trends).map((n) => `${topic(n)},Trial,Techniques,What it means for us`),
]);

needs('chromium')('an organiser', () => {
  test('imports trends and talents, has them ranked by mail, drafts, changes by hand and publishes', {
    timeout: 2_400_000,
  }, async () => {
    const flipside = await startFlipside({ DATA_DIR: await dataFolder() });
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const chromium = await openChromium();
    onTestFinished(() => chromium.close());
    const { page, noticed } = await openWindow(chromium, flipside.baseUrl);

    await setUpProgramme(page, flipside.setUpLink());
    await importPeople(page, peopleFile, `${talents} people`);
    await bringInTrends(page);
    await shortlistSome(page);
    await voteAndClose(page);

    await page.goto('/teams/assignment');
    await page.getByRole('heading', { name: `0 of ${talents} talents have ranked` }).waitFor();
    await page.getByRole('button', { name: `Remind all ${talents}` }).click();
    await page.getByText(`${talents} e-mails are kept here in ten seconds.`).waitFor();
    const links = await rankingLinks(page);
    expect(links).toHaveLength(talents);

    // Phones without script: every press is a form.
    const talent = await openWindow(chromium, flipside.baseUrl, {
      viewport: phone,
      javaScriptEnabled: false,
    });
    for (const [n, link] of links.entries()) await rank(talent.page, link, n);
    const desk = await openWindow(chromium, flipside.baseUrl);
    await dragAndBack(desk.page, links[0]!);
    expect(desk.noticed()).toEqual([]);

    await page.goto('/teams/assignment');
    await page.getByRole('heading', { name: `${talents} of ${talents} talents have ranked` }).waitFor();
    expect(await lookAt(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: `Make a draft with ${talents} orders` }).click();
    await page.getByText('Best possible by this rule').waitFor();
    expect(await lookAt(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await changeFirst(page);

    await publish(page);
    if (await takeBack(page)) await publish(page);
    await untilPageSays(page, '/teams/assignment', 'The e-mails are kept here.');
    await page.goto('/teams/assignment');
    await page.getByText(/Published on .+ The e-mails are kept here/).waitFor();
    expect(noticed()).toEqual([]);

    await talent.page.goto(links[0]!);
    expect(await talent.page.locator('#placed-h').textContent()).toMatch(/^You’re in Team \d+$/);
    await page.goto('/teams');
    expect(await page.locator('main').textContent()).toContain('Topic ');
    expect(await flipside.stop('SIGTERM')).toBe(0);
  });
});

const publishButton = (page: Page) =>
  page.getByRole('button', { name: `Publish: ${talents} e-mails are kept here` });
const isPublished = (page: Page) => page.getByText(/Published on .+ The e-mails are kept here/);

/** Publishes; where the machine takes longer than ten seconds to show the page, the way back is over by then. */
async function publish(page: Page): Promise<void> {
  await publishButton(page).click();
  const isUndoable = page.getByText(`${talents} e-mails are kept here in ten seconds.`);
  await isUndoable.or(isPublished(page)).first().waitFor();
}

/** Takes publishing back; false where the ten seconds were over before the press arrived. */
async function takeBack(page: Page): Promise<boolean> {
  const undo = page.getByRole('button', { name: 'Undo' });
  if (!(await undo.isVisible())) return false;
  await undo.click();
  await publishButton(page).or(page.getByText('The ten seconds are over')).first().waitFor();
  return publishButton(page).isVisible();
}

/** Asks beside the browser, so that no navigation interrupts another. */
async function untilPageSays(page: Page, address: string, words: string): Promise<void> {
  await expect.poll(async () => (await page.request.get(address)).text(), { interval: 500 }).toContain(words);
}

async function bringInTrends(page: Page): Promise<void> {
  await page.goto('/trends/import');
  await page.locator('input[type=file]').setInputFiles(radarFile);
  await page.locator('main form[enctype] button').first().click();
  await page.waitForURL(/\/trends\/import\/\d+/);
  await page.getByRole('button', { name: 'The new ones' }).click();
  await page.locator('#import-sum button').click();
  await page.getByRole('heading', { name: `${trends} trends added` }).waitFor();
}

async function shortlistSome(page: Page): Promise<void> {
  await page.goto('/trends/organise?state=proposed&order=name');
  const boxes = await page.locator('input[name="trend"]').all();
  for (const box of boxes.slice(0, shortlisted)) await box.check();
  await page.getByRole('button', { name: 'Shortlist them' }).click();
  await page.getByText('They are on the shortlist.').first().waitFor();
}

async function voteAndClose(page: Page): Promise<void> {
  await page.goto('/trends?show=shortlisted');
  await page.getByRole('button', { name: 'I want to know this' }).first().click();
  await page.locator('button[aria-pressed="true"]').first().waitFor();
  await page.goto('/trends');
  await page.getByRole('button', { name: 'Close voting now' }).click();
  await page.getByText('Voting is closed. Everyone sees the numbers now.').waitFor();
}

/** The link in each e-mail that asks to rank, from the organiser's mailbox once they have left. */
async function rankingLinks(page: Page): Promise<string[]> {
  const letters = new Set<string>();
  for (let at = 1; letters.size < talents; at += 1) {
    await page.goto(`/mailbox?page=${at}`);
    const found = await page
      .locator('main a[href^="/mailbox/"]')
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute('href')!, one.closest('tr, li')?.textContent ?? '']),
      );
    const before = letters.size;
    for (const [href, row] of found) if (/research/.test(row!)) letters.add(href!);
    if (letters.size === before && at > 1) at = 0;
  }
  const links: string[] = [];
  for (const letter of letters) {
    await untilPageSays(page, letter, '/rank/');
    const text = await (await page.request.get(letter)).text();
    links.push(/href="([^"]*\/rank\/[^"]*)"/.exec(text)![1]!);
  }
  return links;
}

/** Three trends, begun at another place for each, the last two level; most talents stop at one. */
async function rank(page: Page, link: string, n: number): Promise<void> {
  await page.goto(link);
  const word = (at: number) => topic((n * 3 + at) % 15);
  const wanted = n % 5 === 0 ? [0, 1, 2] : [0];
  for (const at of wanted)
    await page
      .locator('button[name="in"]')
      .filter({ hasText: word(at) })
      .click();
  if (wanted.length < 3) return page.getByRole('button', { name: `${word(0)}: down` }).waitFor();
  await page.getByRole('button', { name: `${word(2)}: up` }).click();
  await expect.poll(() => page.locator('.tier').count()).toBe(2);
}

/** Drags a place before the one above it, onto it, and back to where it was; each drop is saved at once. */
async function dragAndBack(page: Page, link: string): Promise<void> {
  await page.goto(link);
  const tiers = page.locator('.tier');
  const order = () =>
    tiers.evaluateAll((all) => all.map((tier) => tier.querySelectorAll('[data-trend]').length).join());
  const first = () => tiers.first().locator('h3').first().textContent();
  const drag = async (from: number, to: number, edge: 'top' | 'middle') => {
    const { height } = (await tiers.nth(to).boundingBox())!;
    const targetPosition = { x: 200, y: edge === 'top' ? 3 : height / 2 };
    await tiers.nth(from).locator('h3').first().dragTo(tiers.nth(to), { targetPosition });
  };
  const wanted = await first();
  expect(await order()).toBe('1,2');
  await drag(0, 1, 'middle');
  await expect.poll(order).toBe('3');
  await page.reload();
  expect(await order()).toBe('3');
  const row = tiers.first().locator('[data-trend]').filter({ hasText: wanted! });
  await row.locator('h3').dragTo(tiers.first(), { targetPosition: { x: 200, y: 3 } });
  await expect.poll(order).toBe('1,2');
  expect(await first()).toBe(wanted);
  await drag(1, 0, 'top');
  await expect.poll(order).toBe('1,1,1');
  await tiers
    .first()
    .locator('h3')
    .first()
    .dragTo(tiers.nth(2), { targetPosition: { x: 200, y: 40 } });
  await expect.poll(order).toBe('1,2');
}

/** Gives somebody another trend at the price that is shown. */
async function changeFirst(page: Page): Promise<void> {
  await page.locator('.one button[name="person"]').first().click();
  await page.locator('#change .alt').first().waitFor();
  const option = page.locator('#change .alt').first();
  expect(await option.locator('small').textContent()).toMatch(/Costs|Better/);
  await option.locator('input').check();
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByText('Changed by hand.').first().waitFor();
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await page.getByText('Best possible by this rule').waitFor();
}
