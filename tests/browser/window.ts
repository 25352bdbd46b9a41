// A window in a real browser that notices what a person would not: messages in the console, broken policy, requests that leave the site.
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Watched {
  context: BrowserContext;
  page: Page;
  /** Everything noticed so far; taken out as it is read. */
  noticed(): string[];
}

export const phone = { width: 390, height: 844 };
export const laptop = { width: 1280, height: 900 };

/** A window in a browser of its own. */
export async function openWindow(
  browser: Browser,
  baseUrl: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    reducedMotion: 'reduce',
    viewport: laptop,
    ...options,
  });
  const noticed: string[] = [];
  context.on('console', (message) => noticed.push(`console ${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => noticed.push(`error: ${error.error().message}`));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(baseUrl).origin && protocol !== 'data:') noticed.push(`request to ${origin}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A navigation that leaves while something still loads is no mistake.
    if (why !== 'net::ERR_ABORTED') noticed.push(`failed: ${request.url()} ${why}`);
  });
  if (options.javaScriptEnabled !== false) await reportViolations(context, noticed);
  const page = await context.newPage();
  // A wall, under that of the test: what does not come by then is named.
  page.setDefaultTimeout(200_000);
  return { context, page, noticed: () => noticed.splice(0) };
}

async function reportViolations(context: BrowserContext, noticed: string[]): Promise<void> {
  await context.exposeFunction('reportViolation', (what: string) => noticed.push(`policy: ${what}`));
  await context.addInitScript({ path: path.join(import.meta.dirname, 'in-page.js') });
}
