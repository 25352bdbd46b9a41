import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { dropCookie, readCookie, writeCookie } from '../../src/web/cookies.ts';

const secret = 's'.repeat(43);

async function siteAt(baseUrl: string) {
  const app = Fastify();
  await app.register(cookie);
  app.get('/read', async (request) => readCookie(request, 'sid', baseUrl) ?? 'none');
  app.get('/write', async (request, reply) => {
    writeCookie(reply, 'sid', baseUrl, secret, 60);
    return readCookie(request, 'sid', baseUrl) ?? 'none';
  });
  app.get('/drop', async (request, reply) => {
    dropCookie(reply, 'sid', baseUrl);
    return readCookie(request, 'sid', baseUrl) ?? 'none';
  });
  return app;
}

describe('Access 4: cookies', () => {
  test('on https they are bound to this very host', async () => {
    const answer = await (await siteAt('https://flipside.example')).inject('/write');
    expect(answer.headers['set-cookie']).toBe(
      `__Host-sid=${secret}; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
  });

  test('on http they lose the prefix and Secure, nothing else', async () => {
    const answer = await (await siteAt('http://localhost:3000')).inject('/write');
    expect(answer.headers['set-cookie']).toBe(`sid=${secret}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`);
  });

  test('on https a cookie without the prefix, which another host may have set, is not read', async () => {
    const app = await siteAt('https://flipside.example');
    expect((await app.inject({ url: '/read', cookies: { '__Host-sid': secret } })).body).toBe(secret);
    expect((await app.inject({ url: '/read', cookies: { sid: secret } })).body).toBe('none');
  });

  test.each(['short', `${'s'.repeat(30)} ;`, 's'.repeat(101), '<script>alert(1)</script>'])(
    'what cannot be a secret of ours is not read: %j',
    async (value) => {
      const app = await siteAt('https://flipside.example');
      expect((await app.inject({ url: '/read', cookies: { '__Host-sid': value } })).body).toBe('none');
    },
  );

  test('what an answer sets counts in that answer already, and so does what it drops', async () => {
    const app = await siteAt('https://flipside.example');
    expect((await app.inject('/write')).body).toBe(secret);
    expect((await app.inject({ url: '/drop', cookies: { '__Host-sid': secret } })).body).toBe('none');
  });
});
