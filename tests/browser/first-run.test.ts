// From the link in the terminal to invitations sent, in a browser, on a process of its own.
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { dataFolder } from '../support/databases/data-folders.ts';
import { importPeople, setUpProgramme } from '../support/first-steps.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { startFlipside } from '../support/process.ts';
import { openWindow } from './window.ts';

const people = [
  'Name;E-mail;Side;Department;Manager',
  'Amina Yusuf;amina.yusuf@halden.example;young talent;Technology;',
  'Jonas Berg;jonas.berg@halden.example;young talent;Finance;henrik.falk@halden.example',
  'Henrik Falk;henrik.falk@halden.example;senior manager;Finance;',
  'Margareta Ås;margareta.as@halden.example;senior manager;Operations;',
].join('\r\n');

needs('chromium')('a new organiser', () => {
  test('sets up, brings in people, makes a team, plans an event and sends it in at most five presses; a guest answers by the letter', {
    timeout: 2_400_000,
  }, async () => {
    const flipside = await startFlipside({ DATA_DIR: await dataFolder() });
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const chromium = await openChromium();
    onTestFinished(() => chromium.close());
    const { page, noticed } = await openWindow(chromium, flipside.baseUrl);
    page.setDefaultTimeout(200_000);

    await setUpProgramme(page, flipside.setUpLink());
    const empty: string[] = [];
    for (const address of ['/events', '/trends', '/teams', '/people', '/mailbox', '/account']) {
      await page.goto(address);
      empty.push(...(await lookAt(page)).map((one) => `${address}, empty: ${one}`));
    }
    expect(empty).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });

    await bringInPeople(page);
    await proposeTrend(page, 'Agents doing office work');
    await makeTeam(page);
    const presses = await planAndSend(page);
    expect(presses).toBeLessThanOrEqual(5);
    expect(noticed()).toEqual([]);

    const link = await letterTo(page, 'Margareta Ås');
    const guest = await openWindow(chromium, flipside.baseUrl, { viewport: { width: 390, height: 844 } });
    await guest.page.goto(link);
    await guest.page.locator('#answer-panel').getByRole('button', { name: 'I’ll be there' }).click();
    await guest.page.getByText('You’re in, Margareta').waitFor();
    expect(guest.noticed()).toEqual([]);
    expect(await flipside.stop('SIGTERM')).toBe(0);
  });
});

async function bringInPeople(page: Page): Promise<void> {
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people) };
  await importPeople(page, file, /4 (new )?people|4 people/);
  await page.goto('/people');
  await page.getByText('Margareta Ås').first().waitFor();
}

async function proposeTrend(page: Page, sentence: string): Promise<void> {
  await page.goto('/trends/new');
  await page.getByLabel('The trend, in one sentence').fill(sentence);
  await page.getByRole('button', { name: 'Propose trend' }).click();
  await page.getByText(sentence).first().waitFor();
}

async function makeTeam(page: Page): Promise<void> {
  await page.goto('/teams/new');
  await page.getByLabel('Name').fill('Team Agents');
  await page.getByLabel('Trend', { exact: true }).selectOption({ index: 1 });
  await page.getByLabel(/Amina Yusuf/).check();
  await page.getByRole('button', { name: 'Make the team' }).click();
  await page.getByText('Team Agents').first().waitFor();
}

/** The presses it takes from the list of events, typing apart. */
async function planAndSend(page: Page): Promise<number> {
  await page.goto('/events');
  let presses = 0;
  const press = async (name: RegExp | string, role: 'link' | 'button' = 'button') => {
    presses += 1;
    await page.getByRole(role, { name }).first().click();
  };
  const tick = async (box: Locator) => {
    if (await box.isChecked()) return;
    presses += 1;
    await box.check();
  };
  await press('New event', 'link');
  // The format chosen at the set-up is the one the first event begins with.
  await page.getByLabel('Name', { exact: true }).fill('Winter round');
  await page.getByLabel('Place or link').fill('The Library');
  await tick(page.getByLabel(/All senior managers/));
  await tick(page.getByLabel(/Agents doing office work/));
  await press('Review the e-mails');
  await page.getByRole('heading', { name: 'Review, then send' }).waitFor();
  await press(/^Send \d+ invitations?$/);
  await page.getByText('The invitations are kept here in ten seconds.').waitFor();
  return presses;
}

async function letterTo(page: Page, name: string): Promise<string> {
  for (;;) {
    await page.goto('/mailbox');
    const letter = page
      .getByRole('row', { name: new RegExp(name) })
      .or(page.getByRole('listitem').filter({ hasText: name }));
    await letter.getByRole('link').first().click();
    const link = page.locator('main a[href*="/i/"]').first();
    if ((await link.count()) > 0) return (await link.getAttribute('href'))!;
  }
}
