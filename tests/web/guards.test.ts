import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { guards, localPath } from '../../src/web/guards.ts';
import { page, useWorld } from '../support/world.ts';

const world = useWorld();

describe('Access 6: every route declares who may use it', () => {
  const empty = () => {
    const app = Fastify();
    guards(app, 'https://flipside.halden.example');
    return app;
  };

  test('a route that says nothing stops the start', () => {
    expect(() => empty().get('/open-by-mistake', async () => 'hello')).toThrow(
      'GET /open-by-mistake does not say who may use it',
    );
    expect(() => empty().get('/open', { config: { access: 'anyone' } }, async () => 'hello')).not.toThrow();
  });

  test('so does one with a word nobody knows, which would else be open to the world', () => {
    const access = 'organizer' as 'organiser';
    expect(() => empty().get('/people', { config: { access } }, async () => 'hello')).toThrow(
      'does not say who may use it',
    );
  });

  test('so does one for whoever holds a link that has no link in its path', () => {
    expect(() => empty().get('/i/mine', { config: { access: 'link' } }, async () => 'hello')).toThrow(
      'has no :token',
    );
    expect(() => empty().get('/i/:token', { config: { access: 'link' } }, async () => 'hello')).not.toThrow();
  });

  test('a route added to the finished site without a word stops it too', async () => {
    const app = await buildApp(world.ctx);
    expect(() => app.get('/late', async () => 'hello')).toThrow('GET /late does not say who may use it');
  });
});

describe('Access 6: what one may not see', () => {
  test('a stranger is asked to sign in, and comes back afterwards', async () => {
    const answer = await world.get('/account?x=1');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/sign-in?next=%2Faccount%3Fx%3D1']);
  });

  test('a stranger’s panel is sent to the sign-in page as a whole', async () => {
    const answer = await world.get('/account', { headers: { 'hx-request': 'true' } });
    expect([answer.statusCode, answer.headers['hx-redirect']]).toEqual([200, '/sign-in?next=%2Faccount']);
    expect(answer.body).toBe('');
  });

  test('for a talent the letters do not exist; for Ida they do', async () => {
    const talent = await world.addPerson({ side: 'talent' });
    expect((await world.get('/mailbox', { as: world.organiser })).statusCode).toBe(200);
    const answer = await world.get('/mailbox', { as: talent });
    expect(answer.statusCode).toBe(404);
    const nothing = await world.get('/no-such-page', { as: talent });
    expect(page(answer)('main').text()).toBe(page(nothing)('main').text());
  });
});

describe('Access 1: BASE_URL alone says who we are', () => {
  test.each([
    ['a foreign Host', { host: 'evil.example' }],
    ['our Host with another port', { host: 'flipside.halden.example:8443' }],
    ['a foreign X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }],
    ['two hosts in X-Forwarded-Host', { 'x-forwarded-host': 'flipside.halden.example, evil.example' }],
  ])('%s is refused and repeated nowhere', async (_what, headers) => {
    expect((await world.get('/sign-in')).statusCode).toBe(200);
    const answer = await world.get('/sign-in', { headers });
    expect(answer.statusCode).toBe(421);
    expect(answer.body).not.toContain('evil.example');
    expect(JSON.stringify(answer.headers)).not.toContain('evil.example');
  });

  test('capitals in the Host are the same host', async () => {
    expect((await world.get('/sign-in', { headers: { host: 'Flipside.Halden.Example' } })).statusCode).toBe(
      200,
    );
  });

  test('whether we are well may be asked under any name', async () => {
    expect((await world.get('/healthz', { headers: { host: '10.0.0.7:3000' } })).statusCode).toBe(200);
  });
});

describe('Output 11: a form comes from one of our own pages', () => {
  const form = async (headers: Record<string, string>, token?: string) => {
    const browser = world.newBrowser();
    await browser.get('/sign-in');
    return browser.send({
      method: 'POST',
      url: '/sign-in',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams({
        email: 'a@halden.example',
        _token: token ?? browser.token(),
      }).toString(),
    });
  };
  const ours = 'https://flipside.halden.example';

  test('with Sec-Fetch-Site same-origin it goes through', async () => {
    expect((await form({ 'sec-fetch-site': 'same-origin', origin: ours })).statusCode).toBe(303);
  });

  test.each(['same-site', 'cross-site', 'none'])(
    'with Sec-Fetch-Site %s it is refused, whatever else it says',
    async (site) => {
      expect((await form({ 'sec-fetch-site': site, origin: ours })).statusCode).toBe(403);
    },
  );

  test('a browser without Sec-Fetch-Site is known by its Origin', async () => {
    expect((await form({ origin: ours })).statusCode).toBe(303);
    expect((await form({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await form({ origin: 'http://flipside.halden.example' })).statusCode).toBe(403);
    expect((await form({ origin: 'null' })).statusCode).toBe(403);
    expect((await form({})).statusCode).toBe(403);
  });

  test('without a token, with a made-up one or with another browser’s it is refused, with a sentence', async () => {
    const foreign = world.newBrowser();
    await foreign.get('/sign-in');
    for (const token of ['', 'x', 'A'.repeat(43), foreign.token()]) {
      const answer = await form({ origin: ours }, token);
      expect(answer.statusCode).toBe(403);
      expect(page(answer)('main p').first().text()).toBe(
        'This page was open for too long. Reload it and send the form again.',
      );
    }
  });

  test('signed in, the token belongs to the session', async () => {
    const talent = await world.addPerson({ side: 'talent' });
    const [hers, idas] = [await world.browserOf(talent), await world.browserOf(world.organiser)];
    const stolen = await hers.post('/account/feed', { _token: idas.token() });
    expect(stolen.statusCode).toBe(403);
    expect((await hers.post('/account/feed')).statusCode).toBe(200);
  });

  test('on a page of a secret address "Origin: null" is our own form: no-referrer makes browsers say so', async () => {
    const browser = world.newBrowser();
    const headers = { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' };
    await browser.get('/sign-in');
    const send = (more: Record<string, string>) =>
      browser.send({
        method: 'POST',
        url: `/sign-in/link/${'x'.repeat(27)}`,
        headers: { ...headers, ...more },
        payload: `_token=${browser.token()}`,
      });
    expect((await send({})).statusCode).toBe(410);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await send({ origin: 'https://evil.example' })).statusCode).toBe(403);
  });
});

describe('Output 11: redirects stay here', () => {
  test.each(['/', '/trends', '/events/7?said=saved#top', '/people?q=a%20b'])(
    '%j is one of our own',
    (path) => {
      expect(localPath(path)).toBe(path);
    },
  );

  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/x\\..\\evil',
    'javascript:alert(1)',
    '/a\nSet-Cookie: x=y',
    '/\t/evil.example',
    ' /trends',
    'trends',
    '',
    undefined,
    ['/trends'],
  ])('%j leads to the first page', (path) => {
    expect(localPath(path)).toBe('/');
  });

  test('what counts as local stays here when a browser reads it', () => {
    for (const path of [
      '/.//evil.example',
      '/%2F/evil.example',
      '/@evil.example',
      '/:80//evil.example',
      '/;//evil.example',
    ]) {
      expect(new URL(localPath(path), 'https://flipside.halden.example').origin).toBe(
        'https://flipside.halden.example',
      );
    }
  });
});
