// First steps of a new organiser in a browser.
import type { Page } from 'playwright-core';

type File = { name: string; mimeType: string; buffer: Buffer };

/** Sets Flipside up by the link it printed. */
export async function setUpProgramme(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Organisation').fill('Halden Group');
  await page.getByLabel('Name', { exact: true }).fill('Ida Nordby');
  await page.getByLabel('E-mail address').fill('ida.nordby@halden.example');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL('**/events');
}

/** Imports a list of people; `done` is the text that says so. */
export async function importPeople(page: Page, file: File, done: string | RegExp): Promise<void> {
  await page.goto('/people/import');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('main form[enctype] button').first().click();
  await page.waitForURL(/\/people\/import\/\d+/);
  await page.locator('form[action$="/confirmation"] button').click();
  await page.getByText(done).first().waitFor();
}
