// Every page of the demo programme in Chromium: axe in three widths and both schemes, and nothing noticed on the way.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type House, openDemoHouse, roles } from '../support/demo-house.ts';
import { makeMoreStates } from '../support/more-states.ts';
import { needs } from '../support/needs.ts';
import { follow, isLetter, isPage, type Visit } from '../support/pages/crawl.ts';
import { freePort } from '../support/process.ts';
import { lookAt } from './look.ts';
import { openWindow } from './window.ts';

needs('chromium')('every page of the demo programme in a browser', () => {
  let house: House;
  let visits: Visit[];

  beforeAll(async () => {
    const port = await freePort();
    house = await openDemoHouse(`http://localhost:${port}`);
    visits = await visitEverything(house);
    await house.app.listen({ port, host: 'localhost' });
  });
  afterAll(() => house.close());

  test('has nothing for axe to find, never scrolls sideways, and is quiet', {
    timeout: 3_000_000,
  }, async () => {
    const chromium = await openChromium();
    const looked = new Set<string>();
    const wrong: string[] = [];
    for (const visit of visits) {
      const { context, page, noticed } = await openWindow(chromium, house.ctx.baseUrl);
      await context.addCookies(
        [...visit.browser.cookies].map(([name, value]) => ({ name, value, url: house.ctx.baseUrl })),
      );
      for (const address of pagesOf(visit)) {
        const answer = await page.goto(address);
        // Chromium says in the console that a page was not found; that is what this page is for.
        if (answer!.status() >= 400) noticed();
        const traits = await page.evaluate<string[]>('inPage.traits()');
        const fresh = traits.filter((trait) => !looked.has(trait));
        if (fresh.length === 0) continue;
        for (const trait of fresh) looked.add(trait);
        const found = [...(await lookAt(page)), ...noticed()];
        wrong.push(...found.map((one) => `${address} as ${visit.who}: ${one}`));
      }
      wrong.push(...noticed().map((one) => `as ${visit.who}: ${one}`));
      await context.close();
    }
    await chromium.close();
    expect(wrong).toEqual([]);
  });
});

/** Picks the pages to look at: of those told apart by numbers alone, three are enough to find each kind. */
function pagesOf(visit: Visit): string[] {
  const kinds = new Map<string, number>();
  return [...visit.seen]
    .filter(([address, answer]) => isPage(answer) && !isLetter(address))
    .map(([address]) => address)
    .filter((address) => {
      const kind = address.replace(/[0-9a-f]{32}|\d+/g, '…').replace(/\?.*$/, '');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      return kinds.get(kind)! <= 3;
    });
}

async function visitEverything(house: House): Promise<Visit[]> {
  const more = await makeMoreStates(house);
  const visits: Visit[] = [];
  for (const role of roles)
    visits.push(
      await follow(
        role,
        await house.browserOf(role),
        role === 'organiser' ? ['/', '/components', ...more.organiser] : ['/'],
      ),
    );
  visits.push(
    await follow('somebody signed out', house.newBrowser(), [
      '/',
      '/sign-in',
      '/sign-in/code',
      '/nothing/here',
    ]),
  );
  for (const state of ['invited', 'coming', 'maybe', 'declined']) {
    const path = await house.linkOf(state);
    visits.push(
      await follow(
        `a guest who is ${state}`,
        house.newBrowser(),
        [path, `${path}?change=1`],
        path.split('/')[2],
      ),
    );
  }
  for (const [what, path] of Object.entries(more.links))
    visits.push(await follow(`a guest who ${what}`, house.newBrowser(), [path], path.split('/')[2]));
  return visits;
}
