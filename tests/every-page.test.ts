// Follows every link of the demo programme as everyone who may look at it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareSetUp } from '../src/actions/sign-in/set-up.ts';
import { openLog } from '../src/web/log.ts';
import type { Shown } from './support/browser.ts';
import { changedTables, everyRow } from './support/databases/every-row.ts';
import { type House, openDemoHouse, roles } from './support/demo-house.ts';
import { byLength, isLong } from './support/length.ts';
import { type MoreStates, makeMoreStates } from './support/more-states.ts';
import { asPattern, follow, isLetter, isPage, openable, type Visit } from './support/pages/crawl.ts';
import { factsOf } from './support/pages/facts.ts';
import { type FoundForm, fitting, oneOfEach, sendTwice, sendWith, valueIn } from './support/pages/filling.ts';
import { wrongWith } from './support/pages/page-rules.ts';
import { useWorld } from './support/world.ts';

const logged: string[] = [];
const log = openLog('trace', { write: (line) => void logged.push(line) });
let house: House;
let more: MoreStates;
const visits: Visit[] = [];
const few = byLength({ numbered: 8 }, {});
let rows: { before: Map<string, string>; after: Map<string, string> };

beforeAll(async () => {
  house = await openDemoHouse(undefined, log);
  more = await makeMoreStates(house);
  const before = await everyRow(house.ctx.db);
  for (const role of roles) {
    const browser = await house.browserOf(role);
    const starts = [
      '/',
      '/trends/new',
      '/account/feed',
      ...(role === 'organiser'
        ? [
            '/components',
            '/settings/programme/rules',
            '/mailbox/put-aside',
            '/e/winter-round/seat',
            ...more.organiser,
          ]
        : []),
    ];
    visits.push(await follow(role, browser, starts, undefined, few));
  }
  visits.push(
    await follow('somebody signed out', house.newBrowser(), [
      '/',
      '/sign-in',
      '/sign-in/code',
      '/robots.txt',
      '/healthz',
      '/sign-in/link/0000000000000000000000',
      '/q',
      '/q/1234',
      '/my-question',
      '/join-in',
      '/join-in/seniors',
      '/join-in/sent',
      '/join-in/withdrawn',
    ]),
  );
  const links = {
    ...more.links,
    'has not answered': await house.linkOf('invited'),
    comes: await house.linkOf('coming'),
    'is not sure': await house.linkOf('maybe'),
    'cannot come': await house.linkOf('declined'),
    'was there': await house.linkOf('coming', 'past'),
  };
  for (const [what, path] of Object.entries(links)) {
    const starts = what === 'comes' ? [path, `${path}/no-more`, `${path}/as-guests`] : [path];
    visits.push(await follow(`a guest who ${what}`, house.newBrowser(), starts, path.split('/')[2], few));
  }
  rows = { before, after: await everyRow(house.ctx.db) };
});

afterAll(() => house.close());

function holderOf(visit: Visit, address: string): string {
  const { cookies } = visit.browser;
  const [, link] = /^\/(?:[ir]|dates|offer|place|wishes|partner)\/([^/?]+)/.exec(address) ?? [];
  return link ?? cookies.get('__Host-sid') ?? cookies.get('__Host-login') ?? '';
}

/** Says whether a route never ends: pages follow it while they are open. */
const isStream = (route: string) => route.endsWith('/changes');

/**
 * Says whether an address is over and says so with 410: a used link to sign in, a personal link long after its event.
 */
const isOver = (address: string) =>
  address.startsWith('/sign-in/link/') ||
  visits.some(({ who, link }) => who === 'a guest who was there' && address === `/i/${link}`);

const ofAll = (look: (visit: Visit, address: string, answer: Shown) => string[]) =>
  visits.flatMap((visit) =>
    [...visit.seen].flatMap(([address, answer]) =>
      look(visit, address, answer).map((wrong) => `${address}, as ${visit.who}: ${wrong}`),
    ),
  );

const pagesOnly = (look: (visit: Visit, address: string, answer: Shown) => string[]) =>
  ofAll((visit, address, answer) =>
    isPage(answer) && !isLetter(address) ? look(visit, address, answer) : [],
  );

describe('every page of the demo programme', () => {
  test('is reached: nothing a browser can open stays unvisited', () => {
    const visited = visits.flatMap(({ seen }) =>
      [...seen.keys()].map((address) => address.replace(/\?.*$/, '')),
    );
    const unvisited = openable(house.app).filter(
      (route) => !isStream(route) && !visited.some((path) => asPattern(route).test(path)),
    );
    // The set-up page is gone once there is a programme, nobody is asked to accept its rules, a code is asked for where e-mail leaves the machine, keys are for
    // scripts, feeds are made on request, and the demo programme has no draft of who gets which trend.
    expect(unvisited).toEqual([
      '/live-worker.js',
      '/setup/:token',
      '/rules/:token',
      '/rank/:token',
      '/account/confirmation',
      '/anon/events/:id/keys',
      '/feed/:token',
      '/teams/assignment/draft.csv',
    ]);
  });

  test('opens', () => {
    const fine = (address: string, status: number) =>
      status === 200 ||
      status === 303 ||
      (isOver(address) && status === 410) ||
      (address === '/q/1234' && status === 404);
    expect(
      ofAll((_visit, address, answer) =>
        fine(address, answer.statusCode) ? [] : [`${answer.statusCode} ${answer.body.slice(0, 300)}`],
      ),
    ).toEqual([]);
  });

  test('leaves a line in the log by which nobody can open it, and no word of who looked', () => {
    const secrets = new Set(
      visits.flatMap(({ seen, browser, link }) => [
        ...[...seen.keys()].flatMap((address) =>
          address.split(/[/?&=.]/).filter((part) => part.length >= 20),
        ),
        ...browser.cookies.values(),
        ...(link ? [link] : []),
      ]),
    );
    expect(secrets.size).toBeGreaterThan(50);
    const answered = logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(answered.length).toBeGreaterThan(500);
    const fields = ['level', 'time', 'pid', 'hostname', 'reqId', 'method', 'route', 'status', 'ms', 'msg'];
    expect(new Set(answered.flatMap(Object.keys))).toEqual(new Set(fields));
    expect(new Set(answered.map(({ route }) => route).filter((route) => /[?]|\d{2}/.test(route)))).toEqual(
      new Set(),
    );
    const text = logged.join('');
    expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/\/anon\/|@halden/);
  });

  test('is opened by mail scanners and previews too: opening all of them changed no row', () => {
    expect(rows.before.get('rsvps')).not.toBe('');
    expect(changedTables(rows.before, rows.after)).toEqual([]);
  });

  test('has what every page has, and says nothing that is not there', () => {
    expect(pagesOnly((visit, address, answer) => wrongWith(answer, holderOf(visit, address)))).toEqual([]);
  });

  test('leads to places that are there, also inside other pages', () => {
    const dead = pagesOnly((visit, _address, answer) =>
      factsOf(answer).remoteAnchors.filter((href) => {
        const [path, id] = href.split('#') as [string, string];
        const there = visit.seen.get(path);
        return there !== undefined && isPage(there) && !factsOf(there).ids.has(id);
      }),
    );
    expect([...new Set(dead)]).toEqual([]);
  });

  test('sends its forms to addresses that take them from whoever looks', async () => {
    const wrong: string[] = [];
    for (const visit of visits) {
      const posts = new Set(
        [...visit.seen.values()].filter(isPage).flatMap((answer) => factsOf(answer).posts),
      );
      for (const address of posts) {
        if (address.startsWith('/demo/')) continue;
        const answer = await visit.browser.send({
          method: 'POST',
          url: address,
          headers: {
            origin: house.ctx.baseUrl,
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/x-www-form-urlencoded',
          },
          payload: '',
        });
        // Without its token each says that the page was open for too long; one that is not there says 404.
        if (answer.statusCode !== 403 || !answer.body.includes('open for too long'))
          wrong.push(`${address}, as ${visit.who}: ${answer.statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('is the same for htmx: whatever a link or form asks for as a panel is one panel of that id', async () => {
    const wrong: string[] = [];
    for (const visit of visits) {
      for (const [address, answer] of visit.seen) {
        if (!isPage(answer) || isLetter(address)) continue;
        for (const id of new Set(
          [...answer.body.matchAll(/hx-target="#([\w-]+)"/g)].map(([, name]) => name!),
        )) {
          const panel = await visit.browser.get(address, {
            'hx-request': 'true',
            'hx-request-type': 'partial',
            'hx-target': `div#${id}`,
          });
          const start = new RegExp(`^\\s*<\\w+[^>]*\\sid="${id}"`);
          if (panel.statusCode !== 200 || !start.test(panel.body) || panel.body.includes('<html'))
            wrong.push(`${address} as ${visit.who}, panel #${id}: ${panel.body.slice(0, 80)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a panel that a page does not have', () => {
  const views = join(import.meta.dirname, '../views');
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' });
  const names = new Set(files.flatMap((file) => /(?:^|[/])_([a-z][a-z0-9-]*)\.eta$/.exec(file)?.[1] ?? []));
  const swapped = new Set(
    files
      .filter((file) => file.endsWith('.eta'))
      .flatMap((file) => [...readFileSync(join(views, file), 'utf8').matchAll(/hx-target="#([\w-]+)"/g)])
      .map(([, id]) => id!),
  );

  /** At most three different addresses of each route. */
  function somePages(): { visit: Visit; address: string }[][] {
    const routes = openable(house.app).map(asPattern);
    const found = visits.flatMap((visit) =>
      [...visit.seen].flatMap(([address, answer]) =>
        isPage(answer) && !isLetter(address) ? [{ visit, address }] : [],
      ),
    );
    const routeOf = ({ address }: { address: string }) =>
      routes.findIndex((one) => one.test(address.replace(/\?.*$/, '')));
    return [...Map.groupBy(found, routeOf).values()].map((list) =>
      [...new Set([0, Math.floor(list.length / 2), list.length - 1])].map((at) => list[at]!),
    );
  }

  // In the long form every name that something swaps once on every kind of page, by turns at its addresses, and of the others
  // one in fifty, another on each page; in the short form one in two hundred of all.
  test('may be asked for: the answer is a page or a panel, and never a mistake of ours', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const [i, pages] of somePages().entries())
      for (const [j, id] of [...names].entries()) {
        const turn = pages.findIndex((_, at) => (i + at + j) % byLength(200, 50) === 0);
        if ((!isLong || !swapped.has(id)) && turn < 0) continue;
        const { visit, address } = pages[turn < 0 ? j % pages.length : turn]!;
        asked += 1;
        const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': `div#${id}` };
        const { statusCode } = await visit.browser.get(address, headers);
        if (statusCode >= 500) wrong.push(`${address} as ${visit.who}, panel #${id}: ${statusCode}`);
      }
    expect(asked).toBeGreaterThan(byLength(100, 500));
    expect(wrong).toEqual([]);
  });
});

/** Pages only organisers may open, and pages one signs in for. */
const forOrganisers =
  /^\/(people|mailbox|settings|events\/(?!\d+\/rehearsal\/phone)|formats\/|teams\/new|teams\/\d+\/edit|trends\/import|demo-programme|components)/;
const forAnyone = /^\/($|\?|sign-in|i\/|setup\/|feed\/|healthz|robots|static|my-question|demo\/)/;

describe('pages that are not open to someone', () => {
  const organisers = () => [...visits.find(({ who }) => who === 'organiser')!.seen.keys()];
  /** At most five addresses of those told apart by numbers and filters alone: access is not decided by these. */
  const fiveOfEach = (addresses: string[]) => [
    ...Map.groupBy(addresses, (address) => address.replace(/\?.*$/, '').replace(/[0-9a-f]{32}|\d+/g, '…'))
      .values()
      .flatMap((list) => [...list.slice(0, 3), ...list.slice(3).slice(-2)]),
  ];

  test('do not exist for talents and seniors where they are the organisers’', async () => {
    const closed = fiveOfEach(organisers().filter((address) => forOrganisers.test(address)));
    expect(closed.length).toBeGreaterThan(20);
    for (const role of ['talent', 'senior'] as const) {
      const browser = await house.browserOf(role);
      const open: string[] = [];
      for (const address of closed) {
        const answer = await browser.get(address);
        if (answer.statusCode !== 404) open.push(`${address}: ${answer.statusCode}`);
      }
      expect(open).toEqual([]);
    }
    const others = visits
      .filter(({ who }) => who === 'talent' || who === 'senior')
      .flatMap(({ seen }) => [...seen.keys()]);
    expect(others.filter((address) => forOrganisers.test(address))).toEqual([]);
  });

  test('ask somebody signed out to sign in, and come back to where they wanted to go', async () => {
    const closed = organisers().filter((address) => !forAnyone.test(address));
    expect(closed.length).toBeGreaterThan(40);
    const stranger = house.newBrowser();
    const wrong: string[] = [];
    for (const address of closed) {
      const answer = await stranger.get(address);
      if (answer.headers.location !== `/sign-in?next=${encodeURIComponent(address)}`)
        wrong.push(`${address}: ${answer.statusCode} ${answer.headers.location}`);
    }
    expect(wrong).toEqual([]);
  });

  test('a draft does not exist for those who are not organisers', async () => {
    const drafts = await house.ctx.db.execute<{ slug: string }>(
      "SELECT slug FROM events WHERE state = 'draft'",
    );
    expect(drafts.length).toBeGreaterThan(0);
    for (const role of ['talent', 'senior'] as const) {
      const browser = await house.browserOf(role);
      for (const { slug } of drafts) expect((await browser.get(`/e/${slug}`)).statusCode).toBe(404);
    }
    expect((await (await house.browserOf('organiser')).get(`/e/${drafts[0]!.slug}`)).statusCode).toBe(200);
  });

  test('the page that says so is a whole page too', async () => {
    for (const browser of [house.newBrowser(), await house.browserOf('talent')]) {
      for (const address of ['/nothing/here', '/mailbox', '/i/0000000000000000000000000000']) {
        const answer = await browser.get(address);
        if (answer.statusCode === 303) continue;
        expect([address, answer.statusCode]).toEqual([address, 404]);
        const cookies = browser.cookies;
        expect(wrongWith(answer, cookies.get('__Host-sid') ?? '')).toEqual([]);
      }
    }
  });
});

describe('forms that hold several stored values', () => {
  test('carry what their reader has seen, so that nobody saves over another’s words', () => {
    const without = new Set(
      visits.flatMap(({ seen }) =>
        [...seen.values()].filter(isPage).flatMap((answer) =>
          factsOf(answer)
            .storedForms.filter(({ seen: edition }) => !edition)
            .map(({ address }) =>
              address.replace(/^\/([ir])\/[^/]+/, '/$1/…').replace(/[0-9a-f]{32}|\d+/g, '…'),
            ),
        ),
      ),
    );
    // One's own switches, and a file one reads oneself: nobody else sends these.
    expect([...without].sort()).toEqual(['/account/news', '/people/import/…/reading']);
  });
});

describe('forms sent by somebody hasty', () => {
  const forms = () => oneOfEach(visits);

  function wrongAnswer(answer: Shown, visit: Visit, form: FoundForm): string[] {
    if (answer.statusCode === 303) return [];
    if (answer.statusCode !== 422 && answer.statusCode !== 409)
      return [`${answer.statusCode}: ${answer.body.slice(0, 200)}`];
    const wrong = wrongWith(answer, holderOf(visit, form.address));
    if (!/<title>Error: /.test(answer.body)) wrong.push('the title does not begin with “Error: ”');
    if (!/aria-invalid="true"|role="alert"|class="error/.test(answer.body))
      wrong.push('no field says what is wrong');
    return wrong;
  }

  test('come back with all that was typed when it was too much', async () => {
    const wrong: string[] = [];
    const long = 'å <b>&amp;</b> '.repeat(1500).trim();
    // One in four in the short form.
    const some = forms().filter((_, at) => at % byLength(4, 1) === 0);
    expect(some.length).toBeGreaterThan(12);
    for (const [kind, { visit, form }] of some) {
      const tooMuch = fitting(long, form);
      const answer = await sendWith(visit.browser, form, tooMuch, visit.link);
      wrong.push(...wrongAnswer(answer, visit, form).map((one) => `${kind} as ${visit.who}: ${one}`));
      if (answer.statusCode !== 422) continue;
      const lost = form.typed.filter(
        (name) => !valueIn(answer, name).some((value) => value.trim() === tooMuch),
      );
      if (lost.length > 0) wrong.push(`${kind} as ${visit.who} lost what was typed into ${lost}`);
    }
    expect(wrong).toEqual([]);
  });

  test('are refused as a whole when a field is there twice', async () => {
    const wrong: string[] = [];
    const once = forms().filter(([, { form }]) => !form.isUpload);
    for (const [kind, { visit, form }] of once) {
      const answer = await sendTwice(visit.browser, form, visit.link);
      if (answer.statusCode !== 400) wrong.push(`${kind} as ${visit.who}: ${answer.statusCode}`);
    }
    expect(once.length).toBeGreaterThan(12);
    expect(wrong).toEqual([]);
  });

  test('come back with what to do when nothing was filled in', async () => {
    const wrong: string[] = [];
    for (const [kind, { visit, form }] of forms()) {
      const answer = await sendWith(visit.browser, form, '', visit.link);
      wrong.push(...wrongAnswer(answer, visit, form).map((one) => `${kind} as ${visit.who}: ${one}`));
    }
    expect(forms().length).toBeGreaterThan(12);
    expect(wrong).toEqual([]);
  });
});

describe('the first run', () => {
  const empty = useWorld({ setUp: false });

  test('has two pages, which have what every page has, also when something is missing', async () => {
    const link = await prepareSetUp(empty.ctx);
    const path = new URL(link!).pathname;
    const token = path.split('/')[2]!;
    const browser = empty.newBrowser();
    const answers = [
      await browser.get('/'),
      await browser.get(path),
      await browser.post(
        path,
        { organisation: '', programme: '', zone: 'Mars', name: '', email: 'nobody', format: '' },
        { link: token },
      ),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 422]);
    for (const answer of answers) expect(wrongWith(answer, token)).toEqual([]);
  });
});
