// Reads the pages of a season that has ended: they are for reading, so nothing on them is refused when it is pressed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSeason } from '../../../src/actions/settings/seasons.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import { type House, openDemoHouse } from '../../support/demo-house.ts';
import { asPattern, follow, isPage, openable, type Visit } from '../../support/pages/crawl.ts';
import { factsOf } from '../../support/pages/facts.ts';

let house: House;
const visits: Visit[] = [];

let routes: (readonly [route: string, pattern: RegExp])[];

const kindOf = (address: string) => {
  const path = address.replace(/\?.*$/, '');
  return routes.find(([, pattern]) => pattern.test(path))?.[0] ?? path;
};

beforeAll(async () => {
  house = await openDemoHouse();
  routes = openable(house.app).map((route) => [route, asPattern(route)] as const);
  const { ctx } = house;
  const links = [await house.linkOf('coming'), await house.linkOf('invited')];
  const before = (await programmes.current(ctx.db))!;
  const later = ctx.now().add({ hours: 24 * 22 });
  Object.assign(ctx, { now: () => later });
  const organiser = await house.browserOf('organiser');
  await startSeason(ctx, 1, before.id, { name: 'Next', startsOn: null, endsOn: null });
  const lists = ['/events', '/trends', '/teams'].map((list) => `${list}?season=${before.id}`);
  const few = { most: 3, kindOf };
  visits.push(await follow('organiser', organiser, lists, undefined, few));
  visits.push(await follow('talent', await house.browserOf('talent'), lists, undefined, few));
  for (const link of links)
    visits.push(await follow('guest', house.newBrowser(), [link], link.split('/')[2], few));
}, 120_000);

afterAll(() => house.close());

/** Places whose things belong to one season. */
const ofOneSeason = /^\/(events|trends|teams|e|i)\/[^/]+/;
const isOld = (body: string) => body.includes('old-season');

test('no page of an ended season has a form or button that would be refused, or leads to a page that is closed', () => {
  const wrong = new Set<string>();
  const read = new Set<string>();
  for (const { who, seen } of visits)
    for (const [address, shown] of seen) {
      if (!isPage(shown) || !isOld(shown.body)) continue;
      read.add(`${who} ${kindOf(address)}`);
      const { posts, links } = factsOf(shown);
      const allowed = (path: string) => /\/(reminders|no-more)\b/.test(path);
      for (const post of posts)
        if (ofOneSeason.test(post) && !allowed(post)) wrong.add(`${kindOf(address)}: ${post}`);
      for (const link of links)
        if (seen.get(link)?.statusCode === 410) wrong.add(`${kindOf(address)} leads to ${kindOf(link)}`);
    }
  expect([...wrong]).toEqual([]);
  for (const page of ['/events/:id', '/events/:id/people', '/events/:id/tables', '/events/:id/questions'])
    expect([...read]).toContain(`organiser ${page}`);
  expect([...read]).toContain('guest /i/:token');
  expect([...read]).toContain('talent /teams/:id');
});
