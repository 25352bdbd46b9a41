// Every page of the demo programme in Chromium: axe in three widths and both schemes, and nothing noticed on the way.
import { load } from 'cheerio';
import type { Element } from 'domhandler';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type House, openDemoHouse, roles } from '../support/demo-house.ts';
import { makeMoreStates } from '../support/more-states.ts';
import { needs } from '../support/needs.ts';
import { follow, isLetter, isPage, type Visit } from '../support/pages/crawl.ts';
import { lookAt } from '../support/pages/look.ts';
import { freePort } from '../support/process.ts';
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
    const titles = new Map<string, string>();
    for (const visit of visits) {
      const { context, page, noticed } = await openWindow(chromium, house.ctx.baseUrl);
      await context.addCookies(
        [...visit.browser.cookies].map(([name, value]) => ({ name, value, url: house.ctx.baseUrl })),
      );
      const opened = new Set<string>();
      for (const [address, { body }] of pagesOf(visit)) {
        // Of pages told apart by numbers alone one is opened, and every other that has a component nobody looked at.
        const kind = kindOf(address);
        const traitsInMarkup = traitsOf(body);
        if (opened.has(kind) && traitsInMarkup.every((trait) => looked.has(trait))) continue;
        opened.add(kind);
        const answer = await page.goto(address);
        // Chromium says in the console that a page was not found; that is what this page is for.
        if (answer!.status() >= 400) noticed();
        const traits = await page.evaluate<string[]>('inPage.traits()');
        const top = await page.evaluate<string | null>('inPage.titleTop()');
        if (top) titles.set(top, titles.get(top) ?? address);
        const isFresh = traits.some((trait) => !looked.has(trait));
        for (const trait of [...traits, ...traitsInMarkup]) looked.add(trait);
        if (!isFresh) continue;
        const found = [...(await lookAt(page)), ...noticed()];
        wrong.push(...found.map((one) => `${address} as ${visit.who}: ${one}`));
      }
      wrong.push(...noticed().map((one) => `as ${visit.who}: ${one}`));
      await context.close();
    }
    await chromium.close();
    expect(wrong).toEqual([]);
    // One height below the bar, and one below the way up: nothing jumps from page to page.
    expect([...titles].sort()).toEqual([
      ['below the bar: 24 px', expect.anything()],
      ['below the way up: 58 px', expect.anything()],
    ]);
  });
});

const pagesOf = (visit: Visit) =>
  [...visit.seen].filter(([address, answer]) => isPage(answer) && !isLetter(address));

const kindOf = (address: string) => address.replace(/[0-9a-f]{32}|\d+/g, '…').replace(/\?.*$/, '');

/** Pairs of a component and the one it stands in, as `inPage.traits()` names them, before any script has run. */
function traitsOf(html: string): string[] {
  const nameOf = ({ name, attribs }: Element) =>
    [
      name.toUpperCase(),
      ...new Set(attribs.class?.split(/\s+/).filter(Boolean)),
      attribs['data-kind'] ?? '',
    ].join('.');
  const below = (one: Element): string[] =>
    one.children
      .filter(
        (child): child is Element =>
          child.type === 'tag' && child.name !== 'svg' && child.name !== 'template',
      )
      .flatMap((child) => [`${nameOf(one)}>${nameOf(child)}`, ...below(child)]);
  return [...new Set(below(load(html)('body')[0] as Element))];
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
