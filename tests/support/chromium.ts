// A real Chromium for walks through the site and what it complains about.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
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
  const page = await context.newPage();
  page.setDefaultTimeout(200_000);
  const complaints: string[] = [];
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
