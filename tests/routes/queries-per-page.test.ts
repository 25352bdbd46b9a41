// An organisation of 40 events asks its database as often as one of 8 for each page.
import { randomBytes } from 'node:crypto';
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Address, addressesOf, leftOut, measuredRoutes } from '../../bench/scale/addresses.ts';
import { sizeOf } from '../../bench/scale/size.ts';
import { openSite, type Site } from '../../bench/scale/visits.ts';
import type { Context } from '../../src/context.ts';
import { testDatabase } from '../support/database.ts';
import { nextKeyPair } from '../support/nameless/keys.ts';
import { isFile, openable } from '../support/pages/crawl.ts';
import { english } from '../support/words.ts';

const databases = [await testDatabase(), await testDatabase()] as const;
let few: Site;
let many: Site;

async function siteOf(database: (typeof databases)[number], events: number): Promise<Site> {
  const ctx: Context = {
    db: database.db,
    now: () => Temporal.Now.instant(),
    random: randomBytes,
    newKeyPair: nextKeyPair,
    baseUrl: 'http://localhost:3000',
    secret: randomBytes(32),
    queue: async () => {},
    words: english,
    mail: { from: 'reverse-mentoring@halden.example', configured: false },
    demo: false,
  };
  return openSite(ctx, sizeOf(events));
}

beforeAll(async () => {
  few = await siteOf(databases[0], 8);
  many = await siteOf(databases[1], 40);
});
afterAll(() => Promise.all([few.app.close(), many.app.close()]));

const named = ({ route, path, as }: Address) => `${route} (${path}) as ${as}`;

test('each page asks as many queries of 40 events as of 8', async () => {
  const others = addressesOf(many.filled);
  const wrong: string[] = [];
  for (const [index, address] of addressesOf(few.filled).entries()) {
    const [small, large] = [await few.open(address), await many.open(others[index]!)];
    const opens = [small, large].every(({ status }) => status === (address.path === '/' ? 303 : 200));
    if (!opens) wrong.push(`${named(address)} answers ${small.status} and ${large.status}`);
    else if (small.queries !== large.queries)
      wrong.push(`${named(address)} asks ${small.queries} and ${large.queries}`);
  }
  expect(wrong).toEqual([]);
});

test('the team whose page is counted has questions that wait for it, whatever the number of events', async () => {
  // Five queries more than where nothing waits: counted where they are asked.
  for (const { open, filled } of [few, many])
    for (const as of ['organiser', 'talent'] as const) {
      const { body } = await open({ route: '', as, path: `/teams/${filled.busy.team}` });
      expect(load(body)('#waiting-panel li').length).toBeGreaterThan(0);
    }
});

/** A long list, and what tells its rows apart. */
const lists: [name: string, as: Address['as'], path: () => string, rows: string, least: number][] = [
  ['events that were held', 'organiser', () => '/events?show=held', '.by-date h3 a', 21],
  ['events of a guest', 'guest', () => '/events?show=held', '.by-date h3 a', 21],
  ['teams', 'talent', () => '/teams', '.teamcard h3 a', 20],
  ['tables of a team', 'talent', () => `/teams/${many.filled.busy.team}`, '[aria-labelledby=tables-h] a', 21],
  ['people', 'organiser', () => '/people?side=senior', 'tbody th a', 100],
  ['e-mails', 'organiser', () => '/mailbox', 'tbody th a[href^="/mailbox/"]', 500],
  ['questions', 'guest', () => `/e/${many.filled.large.slug}/questions?order=newest`, 'li.q', 31],
  [
    'somebody’s record',
    'organiser',
    () => `/people/${many.filled.readers.guest}`,
    '[aria-labelledby=record-title] a',
    21,
  ],
];

test.each(lists)(
  '%s: each row is on one page, and each page leads to the next by a link',
  async (_name, as, path, rows, least) => {
    const seen: string[] = [];
    let [pages, next] = [0, path() as string | undefined];
    for (; next !== undefined; pages++) {
      const $ = load((await many.open({ route: '', as, path: next })).body);
      seen.push(
        ...$(rows)
          .get()
          .map((row) => $(row).attr('id') ?? $(row).attr('href')!),
      );
      next = $('.pager a[rel=next]').attr('href');
    }
    const unique = new Set(seen.filter((row) => !row.includes('page=')));
    expect(pages).toBeGreaterThan(1);
    expect(unique.size).toBeGreaterThanOrEqual(least);
    expect(seen.filter((row) => !row.includes('page=')).length).toBe(unique.size);
  },
);

test('every page there is is among them, or is left out for a reason', () => {
  const pages = openable(few.app).filter((route) => !isFile(route));
  expect(pages.filter((route) => !measuredRoutes.has(route) && !(route in leftOut))).toEqual([]);
});

test('a question is shown on the page on which it stands, whatever page that is', async () => {
  const wall = `/e/${many.filled.large.slug}/questions`;
  const at = async (query: string) =>
    load((await many.open({ route: '', as: 'guest', path: wall + query })).body);
  const id = (await at('?page=2'))('li.q').last().attr('id')!;
  expect((await at(''))(`#${id}`).length).toBe(0);
  expect((await at(`?at=${id.replace('question-', '')}`))(`#${id}`).length).toBe(1);
});
