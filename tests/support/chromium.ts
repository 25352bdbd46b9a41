// A real Chromium for walks through the site and what it complains about.
import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { chromiumPath } from './needs.ts';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath()!, args: quiet });
}

export interface Visit {
  page: Page;
  /** Console messages, requests the policy stopped, and requests that left our own site. */
  complaints: string[];
  close(): Promise<void>;
}

/** A browser profile of its own with one page; without `javaScriptEnabled` it runs no script. */
export async function visit(
  browser: Browser,
  baseUrl: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: baseUrl, ...options });
  const complaints: string[] = [];
  if (options.javaScriptEnabled !== false) await enterPages(context, complaints);
  const page = await context.newPage();
  page.setDefaultTimeout(200_000);
  page.on('console', (message) => {
    // Chromium itself notes every answer from 400 on, also of a form that is shown again with its mistakes, and what
    // signing out cleared.
    const isNote = /^Failed to load resource: .* 4\d\d|^Clear-Site-Data header on .* Cleared data types/;
    if (!isNote.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseUrl}/`)) complaints.push(`asked for ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Puts `inPage` into every page of this browser, and what the policy stops there into `noticed`. */
export async function enterPages(context: BrowserContext, noticed: string[]): Promise<void> {
  await context.exposeFunction('reportViolation', (what: string) => noticed.push(`policy: ${what}`));
  await context.addInitScript({ path: path.join(import.meta.dirname, 'pages/in-page.js') });
}
