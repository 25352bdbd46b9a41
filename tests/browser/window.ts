// A window in a real browser that notices what a person would not: messages in the console, broken policy, requests that leave the site.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { enterPages } from '../support/chromium.ts';

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
  if (options.javaScriptEnabled !== false) await enterPages(context, noticed);
  const page = await context.newPage();
  // Shorter than the test's own limit: so the error names what did not come.
  page.setDefaultTimeout(200_000);
  return { context, page, noticed: () => noticed.splice(0) };
}
