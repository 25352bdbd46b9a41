// A slow connection, as in a train: every answer takes most of a second, at a low rate.
import type { Page } from 'playwright-core';

/** Slows this page's connection down by Chromium's own means. */
export async function slowDown(page: Page, latency = 700): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: 40_000,
    uploadThroughput: 20_000,
  });
}
