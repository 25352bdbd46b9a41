import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { orNotFound, Refusal, type RefusalKind } from '../../src/refusal.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { page, useWorld } from '../support/world.ts';

const world = useWorld();
let app: FastifyInstance;
let browser: Browser;

function failing(url: string, error: () => unknown, method: 'GET' | 'POST' = 'GET'): void {
  const handler = async () => {
    throw error();
  };
  app.route({ method, url, config: { access: 'anyone' }, handler });
}

beforeEach(async () => {
  app = await buildApp(world.ctx);
  browser = openBrowser(app, world.ctx.baseUrl);
});

describe('a refusal', () => {
  test.each<[RefusalKind, number]>([
    ['invalid', 422],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['gone', 410],
    ['too-many', 429],
    ['unavailable', 503],
  ])('of the kind %s is answered with %i and its own sentence', async (kind, status) => {
    failing('/no', () => new Refusal(kind, 'Only {n} <b>seats</b> are left.', { n: 3 }));
    const answer = await browser.get('/no');
    expect(answer.statusCode).toBe(status);
    expect(page(answer)('main p').first().text()).toBe('Only 3 <b>seats</b> are left.');
    expect(page(answer)('main b')).toHaveLength(0);
    expect(page(answer)('h1').text()).not.toBe('');
  });

  test('what is not there says what it was', () => {
    expect(() => orNotFound(null, 'trend')).toThrow('There is no such trend.');
    expect(orNotFound(0, 'trend')).toBe(0);
  });
});

describe('a mistake of ours', () => {
  test('shows a number to tell, and nothing of what went wrong', async () => {
    failing('/broken', () => new Error('password=hunter2 at /srv/flipside/db.ts:7'));
    const answer = await browser.get('/broken');
    expect(answer.statusCode).toBe(500);
    expect(page(answer)('main p').first().text()).toMatch(
      /^Something went wrong on our side\. Please try again; if it goes on, tell your organiser this number: [0-9a-f]{12}$/,
    );
    expect(answer.body).not.toMatch(/hunter2|srv|Error:/);
  });

  test('when the database is away, people are asked to come back in a moment', async () => {
    const away = () =>
      Object.assign(new Error('x'), { cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }) });
    failing('/away', away);
    const answer = await browser.get('/away');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.headers.refresh).toBe('5');
    expect(page(answer)('main p').first().text()).toBe(
      'Flipside cannot reach its database right now. This page tries again every 5 seconds.',
    );
  });

  test.each([
    ['ECONNREFUSED', /Nothing was changed/, /We don’t know/],
    [
      'CONNECTION_CLOSED',
      /We don’t know whether it was saved\. Look before you try again\./,
      /Nothing was changed/,
    ],
    ['ECONNRESET', /We don’t know whether it was saved\. Look before you try again\./, /Nothing was changed/],
    ['57P01', /We don’t know whether it was saved\. Look before you try again\./, /Nothing was changed/],
  ])('a press that ends with %s says what we know of it, and no more', async (code, says, never) => {
    failing('/pressed', () => Object.assign(new Error('x'), { code }), 'POST');
    const answer = await browser.post('/pressed');
    expect([answer.statusCode, answer.headers.refresh]).toEqual([503, undefined]);
    expect(answer.body).toMatch(says);
    expect(answer.body).not.toMatch(never);
  });

  test.each(['53100', '25006'])(
    'a database that cannot write (%s) is said so, and what was typed comes back',
    async (code) => {
      failing('/full', () => Object.assign(new Error('could not extend file'), { code }), 'POST');
      const answer = await browser.post('/full', { text: 'typed' });
      expect(answer.statusCode).toBe(503);
      expect(answer.body).toContain('Flipside can’t save anything right now. Nothing was changed.');
      expect(answer.body).toContain('value="typed"');
    },
  );

  test('even when the error page cannot be drawn, there is a sentence', async () => {
    const broken = await buildApp({
      ...world.ctx,
      db: new Proxy(world.db, {
        get() {
          throw Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
        },
      }),
    });
    const answer = await openBrowser(broken, world.ctx.baseUrl).get('/');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toContain('Flipside cannot reach its database right now.');
  });
});

describe('requests that make no sense', () => {
  test('a form of a kind nobody reads', async () => {
    await browser.get('/sign-in');
    const answer = await browser.post('/sign-in', {}, { headers: { 'content-type': 'application/xml' } });
    expect(answer.statusCode).toBe(415);
    expect(page(answer)('main p').first().text()).toBe(
      'We could not read what your browser sent. Go back, reload the page and try again.',
    );
  });

  test('a form larger than a megabyte', async () => {
    const answer = await browser.post('/sign-in', { email: 'x'.repeat(1024 * 1024) });
    expect(answer.statusCode).toBe(413);
    expect(page(answer)('main p').first().text()).toBe(
      'That is more than we can take at once. Make it shorter, or split it.',
    );
  });

  test('a method no page has', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH'] as const) {
      expect((await browser.send({ method, url: '/sign-in' })).statusCode).toBe(404);
    }
  });
});
