// The demo programme on a port of its own, and a browser to look at it.
import type { Browser } from 'playwright-core';
import { openChromium } from '../support/chromium.ts';
import { type House, openDemoHouse } from '../support/demo-house.ts';
import { freePort } from '../support/process.ts';

export interface OpenHouse {
  house: House;
  chromium: Browser;
  close(): Promise<void>;
}

/** Opens both; `close` ends both. */
export async function openHouse(): Promise<OpenHouse> {
  const port = await freePort();
  const house = await openDemoHouse(`http://localhost:${port}`);
  await house.app.listen({ port, host: 'localhost' });
  const chromium = await openChromium();
  const close = async () => {
    await chromium.close();
    await house.close();
  };
  return { house, chromium, close };
}
