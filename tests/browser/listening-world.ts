// A world that listens, and windows of a real browser on it that are closed after each test.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { useWorld, type World } from '../support/world.ts';
import { openWindow, type Watched } from './window.ts';

/** For the tests of a file; `port` is a free one, since a world must know its address before it listens. */
export function useListeningWorld(port: number): {
  world: World;
  windowOn: (options?: BrowserContextOptions) => Promise<Watched>;
} {
  const world = useWorld({ baseUrl: `http://localhost:${port}` });
  const open: Watched[] = [];
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  beforeEach(async () => {
    await world.app.listen({ port, host: 'localhost' });
  });
  afterEach(async () => {
    for (const { context } of open.splice(0)) await context.close();
    await world.app.close();
  });
  afterAll(() => chromium.close());
  const windowOn = async (options: BrowserContextOptions = {}) => {
    const watched = await openWindow(chromium, world.ctx.baseUrl, options);
    open.push(watched);
    return watched;
  };
  return { world, windowOn };
}
