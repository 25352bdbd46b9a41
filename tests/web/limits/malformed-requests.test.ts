// Requests no browser of ours sends: refused with a sentence, under the same policy as every page.
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { contentSecurityPolicy } from '../../../src/web/security-headers.ts';
import { published } from '../../support/events.ts';
import { sendLines } from '../../support/wire.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const host = 'flipside.halden.example';
let app: FastifyInstance;

async function listening(): Promise<number> {
  app = await buildApp(world.ctx);
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

describe('one request names one host', () => {
  let port: number;
  beforeEach(async () => {
    port = await listening();
  });

  test('a page opens under our name', async () => {
    const answer = await sendLines(port, ['GET /sign-in HTTP/1.1', `Host: ${host}`]);
    expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([
      200,
      contentSecurityPolicy,
    ]);
  });

  test.each([
    ['ours and a foreign one', [`Host: ${host}`, 'Host: evil.example']],
    ['ours twice', [`Host: ${host}`, `HOST: ${host}`]],
  ])('%s in two Host headers is 400', async (_what, hosts) => {
    const answer = await sendLines(port, ['GET /sign-in HTTP/1.1', ...hosts]);
    expect([answer.status, answer.body.includes('evil.example')]).toEqual([400, false]);
  });

  test.each(['http://evil.example/sign-in', 'https://evil.example/healthz', `http://${host}.evil.example/`])(
    '%s, a whole address of another host, is 400',
    async (target) => {
      const answer = await sendLines(port, [`GET ${target} HTTP/1.1`, `Host: ${host}`]);
      expect([answer.status, answer.body.includes('evil.example')]).toEqual([400, false]);
    },
  );

  test('a whole address of ours opens the page, as HTTP asks of every server', async () => {
    const answer = await sendLines(port, [`GET https://${host}/sign-in HTTP/1.1`, `Host: ${host}`]);
    expect(answer.status).toBe(200);
  });
});

describe('what nobody can read', () => {
  test.each([
    ['an address that is no address', 'GET /%ff HTTP/1.1', 400],
    ['no HTTP at all', 'HELLO WORLD', 400],
    ['headers without end', `GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}`, 431],
  ])('%s is refused in plain words and under the policy', async (_what, line, status) => {
    const port = await listening();
    const answer = await sendLines(port, [line, `Host: ${host}`]);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.body).toMatch(/^We cannot read .*\.$/);
  });
});

describe('a form is sent as a form', () => {
  const json = { 'content-type': 'application/json' };
  const plain = { 'content-type': 'text/plain' };

  test.each([json, plain])('%o is refused where a form is expected, and nothing is done', async (headers) => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const browser = await world.browserOf(ada);
    const send = (answer: string, more: object) =>
      browser.send({
        method: 'POST',
        url: `/e/${event.slug}/answer`,
        headers: { origin: world.ctx.baseUrl, 'sec-fetch-site': 'same-origin', ...headers, ...more },
        payload: answer,
      });
    const typed = JSON.stringify({ _token: browser.token(), answer: 'yes' });
    expect((await send(typed, {})).statusCode).toBe(415);
    expect((await browser.get(`/e/${event.slug}`)).body).not.toContain('You’re in');
    expect((await browser.post(`/e/${event.slug}/answer`, { answer: 'yes' })).statusCode).toBe(303);
    expect((await browser.get(`/e/${event.slug}`)).body).toContain('You’re in');
  });

  test('and a form is refused where a script asks with JSON', async () => {
    const answer = await world.app.inject({
      method: 'POST',
      url: '/anon/mine',
      headers: { host, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'secret=AAAAAAAAAAAAAAAAAAAAAA',
    });
    expect(answer.statusCode).toBe(415);
  });
});

describe('one field, one value', () => {
  test('yes and no in one breath is 400, and neither is noted', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const browser = await world.browserOf(ada);
    const both = await browser.post(`/e/${event.slug}/answer`, { answer: ['yes', 'no'] });
    expect(both.statusCode).toBe(400);
    const rows = async () => (await world.db.execute('SELECT 1 FROM answers')).length;
    expect(await rows()).toBe(0);
    await browser.post(`/e/${event.slug}/answer`, { answer: 'yes' });
    expect(await rows()).toBe(1);
  });
});
