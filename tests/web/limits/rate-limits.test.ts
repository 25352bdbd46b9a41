// The outer rate limits: wide enough for a hall full of people, too narrow for a program that sends without end.
import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { type Limits, mostOfAddress, mostOfPerson, usualRateLimits } from '../../../src/web/rate-limits.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { linkOf, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const host = 'flipside.halden.example';
const boundless = Object.fromEntries(
  Object.keys(mostOfAddress).map((kind) => [kind, Number.POSITIVE_INFINITY]),
) as Limits;

/** The site with these limits in place of the usual ones, all else without any. */
const siteWith = (ofPerson: Partial<Limits>, ofAddress: Partial<Limits> = {}) =>
  buildApp(world.ctx, {
    rateLimits: { ofPerson: { ...boundless, ...ofPerson }, ofAddress: { ...boundless, ...ofAddress } },
  });

async function browserAt(
  app: FastifyInstance,
  person?: Parameters<typeof world.browserOf>[0],
  address?: string,
) {
  const browser = openBrowser(app, world.ctx.baseUrl, address);
  if (person)
    for (const [name, value] of (await world.browserOf(person)).cookies) browser.cookies.set(name, value);
  return browser;
}

const sentence = (answer: Answer) => page(answer)('main p').first().text();
const isRefusal = (answer: Answer) => {
  expect(sentence(answer)).toMatch(/^That was a lot at once\. Please wait \d+ seconds, then try again\.$/);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
};

async function statuses(
  times: number,
  send: (n: number) => Promise<{ statusCode: number }>,
): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) all.push((await send(n)).statusCode);
  return all;
}

describe('a hall of 2,000 people behind one address', () => {
  test('comes in within a minute: each opens the link, answers, asks and wonders', async () => {
    const app = await buildApp(world.ctx);
    const hall = 2000;
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    const at = (n: number) =>
      link.replace(/[^/]+$/, (token) => `${token.slice(0, -4)}${String(n).padStart(4, '0')}`);
    const headers = { host };
    const refused = new Map<string, number>();
    const count = (what: string, { statusCode }: { statusCode: number }) =>
      statusCode === 429 && refused.set(what, (refused.get(what) ?? 0) + 1);
    const json = { ...headers, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const form = { ...json, 'content-type': 'application/x-www-form-urlencoded' };
    for (let n = 0; n < hall; n++) {
      const mine = at(n);
      count('page', await app.inject({ url: mine, headers }));
      count(
        'press',
        await app.inject({ method: 'POST', url: `${mine}/answer`, headers: form, payload: 'answer=yes' }),
      );
      count(
        'nameless',
        await app.inject({ method: 'POST', url: '/anon/mine', headers: json, payload: '{}' }),
      );
    }
    expect([...refused]).toEqual([]);
    // What is left of each for all else that people do in that minute.
    const { pages, presses, streams, nameless } = mostOfAddress;
    expect([pages, presses, streams, nameless].map((most) => most / hall)).toEqual([20, 10, 5, 20]);
  }, 120_000);
});

describe('one person', () => {
  test('who asks for pages without end is asked to wait, on whatever address, and others are not', async () => {
    const app = await siteWith({ pages: 3 });
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const hers = await browserAt(app, ada, '198.51.100.1');
    const elsewhere = await browserAt(app, ada, '198.51.100.2');
    const his = await browserAt(app, bo, '198.51.100.1');
    expect(await statuses(3, () => hers.get('/account'))).toEqual([200, 200, 200]);
    const refused = await elsewhere.get('/account');
    expect(refused.statusCode).toBe(429);
    isRefusal(refused);
    expect((await his.get('/account')).statusCode).toBe(200);
  });

  test('by a personal link is counted by the link, and does not shut out the next one', async () => {
    const app = await siteWith({ pages: 2 });
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    const browser = await browserAt(app);
    expect(await statuses(3, () => browser.get(linkOf(world, event, ada)))).toEqual([200, 200, 429]);
    expect((await browser.get(linkOf(world, event, bo))).statusCode).toBe(200);
  });

  test('may press and look as one would, and pages do not use up presses', async () => {
    const app = await siteWith({ pages: 2, presses: 2 });
    const browser = await browserAt(app, await world.addPerson());
    const feed = () => browser.post('/account/feed');
    expect(await statuses(2, () => browser.get('/account'))).toEqual([200, 200]);
    expect(await statuses(3, feed)).toEqual([200, 200, 429]);
  });

  test('opens streams: they count once, when they open', async () => {
    const app = await siteWith({ streams: 1, pages: 1 });
    const browser = await browserAt(app, await world.addPerson());
    const stream = () => browser.get('/events/4711/live/changes');
    expect(await statuses(2, stream)).toEqual([404, 429]);
  });

  test('uploads files, which are refused before they are read', async () => {
    const app = await siteWith({ uploads: 1 });
    const browser = await browserAt(app, world.organiser);
    const upload = () =>
      browser.upload('/people/import', { name: 'file', fileName: 'people.csv', bytes: 'Name,Email\n' });
    const [first, second] = await statuses(2, upload);
    expect([first === 429, second]).toEqual([false, 429]);
  });
});

describe('an address', () => {
  test('is what a stranger is counted by, and one address is not another', async () => {
    const app = await siteWith({}, { pages: 2 });
    const [one, other] = [
      await browserAt(app, undefined, '198.51.100.1'),
      await browserAt(app, undefined, '198.51.100.2'),
    ];
    expect(await statuses(3, () => one.get('/sign-in'))).toEqual([200, 200, 429]);
    expect((await other.get('/sign-in')).statusCode).toBe(200);
  });

  test('of IPv6 is its network: a program that takes a new one each time gets no further', async () => {
    const app = await siteWith({}, { pages: 2 });
    const from = (n: number) =>
      app.inject({ url: '/sign-in', headers: { host }, remoteAddress: `2001:db8::${n}` });
    expect(await statuses(3, from)).toEqual([200, 200, 429]);
  });

  test('counts links that were made up, and pages that are not there', async () => {
    const app = await siteWith({}, { pages: 2 });
    const guess = (n: number) => app.inject({ url: `/i/${String(n).padStart(27, 'x')}`, headers: { host } });
    expect(await statuses(3, guess)).toEqual([404, 404, 429]);
    const nothing = (n: number) =>
      app.inject({ url: `/nothing/${n}`, headers: { host }, remoteAddress: '198.51.100.9' });
    expect(await statuses(3, nothing)).toEqual([404, 404, 429]);
  });

  test('asks below /anon/ in numbers of its own, kept in memory alone, and learns nothing about others there', async () => {
    const app = await siteWith({}, { nameless: 2 });
    const tables = async () => JSON.stringify(await world.db.execute('SELECT * FROM attempts'));
    const before = await tables();
    const ask = () =>
      app.inject({
        method: 'POST',
        url: '/anon/mine',
        headers: { host, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
        payload: JSON.stringify({ secret: 'A'.repeat(22) }),
      });
    const first = await ask();
    expect(Object.keys(first.headers).filter((name) => name.includes('ratelimit'))).toEqual([]);
    await ask();
    const refused = await ask();
    expect([refused.statusCode, refused.json().kind]).toEqual([429, 'too-many']);
    expect(refused.json().sentence).toMatch(/^That was a lot at once\./);
    expect(await tables()).toBe(before);
    expect((await app.inject({ url: '/sign-in', headers: { host } })).statusCode).toBe(200);
  });
});

describe('what was typed is not lost', () => {
  let browser: Browser;
  const words = 'Who signs\nwhat a <b>machine</b> decides?';
  beforeEach(async () => {
    browser = await browserAt(await siteWith({ presses: 0 }), await world.addPerson());
  });

  test('on a page: it comes back with every field, and one button sends it', async () => {
    const answer = await browser.post('/trends', { sentence: words, links: ['a', 'b'] });
    expect(answer.statusCode).toBe(429);
    isRefusal(answer);
    const $ = page(answer);
    const fields = $('form')
      .serializeArray()
      .filter(({ name }) => name !== '_token');
    expect($('form').attr('action')).toBe('/trends');
    expect(fields.map(({ name, value }) => [name, value.replaceAll('\r', '')])).toEqual([
      ['sentence', words],
      ['links', 'a'],
      ['links', 'b'],
    ]);
    expect($('blockquote').text()).toBe(words);
    expect($('form button')).toHaveLength(1);
    const again = await browserAt(world.app, undefined);
    for (const [name, value] of browser.cookies) again.cookies.set(name, value);
    const sent = await again.post('/trends', {
      _token: String($('form [name=_token]').val()),
      sentence: words,
    });
    expect([429, 403].includes(sent.statusCode)).toBe(false);
  });

  test('in a panel: it stays as it is, and the status line says why', async () => {
    const answer = await browser.post(
      '/trends',
      { sentence: words },
      { headers: { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'section#trend-board' } },
    );
    expect(answer.statusCode).toBe(429);
    expect(answer.body).toMatch(
      /^<hx-partial hx-target="#status" hx-swap="innerHTML">That was a lot at once\. [^<]*<\/hx-partial>$/,
    );
  });
});

test('a person may do far more than anybody does, and an address far more than a person', () => {
  expect(usualRateLimits).toEqual({ ofPerson: mostOfPerson, ofAddress: mostOfAddress });
  for (const kind of ['pages', 'presses', 'uploads', 'streams'] as const)
    expect(mostOfAddress[kind]).toBeGreaterThanOrEqual(10 * mostOfPerson[kind]);
});
