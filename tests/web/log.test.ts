// Lines of the log about requests, and words it never holds.
import { DrizzleQueryError } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { prepareSetUp } from '../../src/actions/sign-in/set-up.ts';
import { buildApp } from '../../src/app.ts';
import { openLog } from '../../src/web/log.ts';
import { linkOf, published } from '../support/events.ts';
import { signInLetter } from '../support/letters.ts';
import { ask, fetchSlip } from '../support/nameless/guests.ts';
import { page, useWorld } from '../support/world.ts';

const lines: string[] = [];
const log = openLog('debug', { write: (line) => void lines.push(line) });
const world = useWorld({ log, mailConfigured: true });
const { host } = new URL('https://flipside.halden.example');

beforeEach(() => void lines.splice(0));

const answered = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');

describe('the log', () => {
  test('says of a request its name, its route, how it ended and how long it took', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await world.get(`${linkOf(world, event, ada)}?said=yes`);
    const [line, ...more] = answered();
    expect(more).toEqual([]);
    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      pid: process.pid,
      hostname: expect.any(String),
      reqId: expect.stringMatching(/^[0-9a-f]{12}$/),
      method: 'GET',
      route: '/i/:token',
      status: 200,
      ms: expect.any(Number),
      msg: 'answered',
    });
  });

  test('names requests so that nobody can count those it does not tell of', async () => {
    for (let n = 0; n < 20; n++) await world.get('/sign-in');
    const names = answered().map(({ reqId }) => Number.parseInt(reqId, 16));
    expect(new Set(names).size).toBe(20);
    expect(names.toSorted((a, b) => a - b)).not.toEqual(names);
  });

  test('calls a request as a trusted proxy does, and believes nobody else', async () => {
    const named = async (trustedProxies: string[], name: string) => {
      const app = await buildApp(world.ctx, { log, trustedProxies });
      await app.inject({
        url: '/sign-in',
        remoteAddress: '10.0.0.5',
        headers: { host, 'x-request-id': name },
      });
      return answered().at(-1).reqId;
    };
    expect(await named(['10.0.0.0/24'], 'f3a9-of-the-proxy')).toBe('f3a9-of-the-proxy');
    expect(await named(['10.0.0.5', 'fd00::/8'], 'f3a9-of-the-proxy')).toBe('f3a9-of-the-proxy');
    const drawn = expect.stringMatching(/^[0-9a-f]{12}$/);
    expect(await named(['10.0.1.0/24'], 'f3a9-of-the-proxy')).toEqual(drawn);
    expect(await named([], 'f3a9-of-the-proxy')).toEqual(drawn);
    expect(await named(['10.0.0.0/24'], 'two words')).toEqual(drawn);
  });

  test('is quiet about files and health unless it is asked to say more, and warns of what failed', async () => {
    const app = await buildApp(world.ctx, { log });
    app.get('/broken', { config: { access: 'anyone' } }, async () => {
      throw new Error('broken');
    });
    for (const url of ['/healthz', '/static/nothing.css', '/broken'])
      await app.inject({ url, headers: { host } });
    expect(answered().map(({ level, route, status }) => [level, route, status])).toEqual([
      [20, '/healthz', 200],
      [30, expect.any(String), 404],
      [40, '/broken', 500],
    ]);
  });
});

describe('no secret is in the log', () => {
  test('whichever kind of link or code opened something', async () => {
    const ada = await world.addPerson({ name: 'Ada', email: 'ada@halden.example' });
    const others = [];
    for (let n = 0; n < 4; n++) others.push(await world.addPerson());
    const event = await published(world, [ada, ...others]);
    const link = linkOf(world, event, ada);
    expect((await world.get(link)).statusCode).toBe(200);

    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: ada.email, next: '/account' });
    const letter = await signInLetter(world, ada.email);
    expect((await browser.get(letter.path)).statusCode).toBe(200);
    expect((await browser.post('/sign-in/code', { code: letter.code })).statusCode).toBe(303);
    const made = await browser.post('/account/feed', {});
    const shown = made.statusCode === 303 ? await browser.follow(made) : made;
    const feed = /\/feed\/([\w-]+)/.exec(page(shown).html())?.[1] ?? '';
    expect((await world.get(`/feed/${feed}.ics`)).statusCode).toBe(200);

    await ask(world, event, await fetchSlip(world, event, ada), 'Who signs our models?');
    const secrets = [link.slice(3), letter.path.split('/').at(-1)!, letter.code, feed];
    secrets.push(...browser.cookies.values(), ada.email, 'Who signs our models?', '/anon/', 'next=');
    expect(secrets.every((secret) => secret.length > 4)).toBe(true);
    expect(answered().map(({ route }) => route)).toContain('/feed/:token');
    expect(secrets.filter((secret) => lines.join('').includes(secret))).toEqual([]);
  });

  test('also not in a mistake: a query that failed names its values, and they stay out', async () => {
    const app = await buildApp(world.ctx, { log });
    const cause = Object.assign(new Error('invalid input syntax for type integer: "ABCD-1234"'), {
      code: '22P02',
    });
    const failed = new DrizzleQueryError('select $1', ['ABCD-1234'], cause);
    app.get('/broken', { config: { access: 'anyone' } }, async () => {
      throw failed;
    });
    expect((await app.inject({ url: '/broken', headers: { host } })).statusCode).toBe(500);
    log.error({ err: failed }, 'the queue failed');
    log.error({ err: { ...failed, message: failed.message, stack: failed.stack } }, 'the queue failed');
    log.error({ err: new AggregateError([failed], 'Reminders of 1 events went wrong') }, 'the queue failed');
    expect(String(failed)).toContain('ABCD-1234');
    expect(lines.filter((line) => line.includes('22P02')).length).toBe(4);
    const withoutCause = new DrizzleQueryError('select $1', ['ABCD-1234']);
    log.error({ err: withoutCause }, 'the queue failed');
    expect(lines.at(-1)).toContain('Failed query: select $1');
    expect(lines.filter((line) => line.includes('ABCD-1234'))).toEqual([]);
  });
});

describe('the first run', () => {
  const empty = useWorld({ setUp: false, log });

  test('opens by a link that the log does not hold', async () => {
    const { pathname } = new URL((await prepareSetUp(empty.ctx))!);
    expect((await empty.get(pathname)).statusCode).toBe(200);
    expect(answered().at(-1)).toMatchObject({ route: '/setup/:token', status: 200 });
    expect(lines.join('')).not.toContain(pathname.split('/')[2]);
  });
});
