import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { pagesAt, type SignedInVisit, type Visit } from '../../src/web/visit.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();
let app: FastifyInstance;
let browser: Browser;

beforeEach(async () => {
  app = await buildApp(world.ctx);
  browser = openBrowser(app, world.ctx.baseUrl);
});

function signIn(own: Browser, { cookies }: Browser): void {
  for (const [name, value] of cookies) own.cookies.set(name, value);
}

describe('what a handler gets of a request', () => {
  test('the one who is signed in, the request with its reply, the world and the words', async () => {
    let seen: SignedInVisit | undefined;
    pagesAt(app, world.ctx).get('/try/:id', 'signed-in', (visit) => {
      seen = visit;
      return visit.reply.send('here');
    });
    signIn(browser, await world.browserOf(world.organiser));
    expect((await browser.get('/try/7')).body).toBe('here');
    expect(seen?.viewer.name).toBe('Ida Nordby');
    expect(seen?.ctx).toBe(world.ctx);
    expect([seen?.request.url, seen?.reply.statusCode]).toEqual(['/try/7', 200]);
    expect(seen?.words.t('Hello {name}', { name: 'Ida' })).toBe('Hello Ida');
  });

  test('nobody at an address that is open to the world, where nobody is signed in', async () => {
    let seen: Visit | undefined;
    pagesAt(app, world.ctx).get('/try', 'anyone', (visit) => {
      seen = visit;
      return visit.reply.send('here');
    });
    await browser.get('/try');
    expect(seen?.viewer).toBeNull();
  });
});

describe('where an answer leads', () => {
  test('a handler that gives an address sends its visitor there', async () => {
    const at = pagesAt(app, world.ctx);
    at.get('/try', 'anyone', () => '/trends?said=saved#here');
    const answer = await browser.get('/try');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/trends?said=saved#here']);
  });

  test('a handler that waits for its own reply has answered', async () => {
    pagesAt(app, world.ctx).get('/try', 'anyone', async ({ reply }) => reply.code(410).send('over'));
    const answer = await browser.get('/try');
    expect([answer.statusCode, answer.body]).toEqual([410, 'over']);
  });
});

describe('Access 6: who may use an address is said where it is', () => {
  test('an address that says nothing, or a word nobody knows, stops the start', () => {
    const at = pagesAt(app, world.ctx);
    for (const access of [undefined, 'organizer'] as unknown as 'organiser'[])
      expect(() => at.get('/open-by-mistake', access, () => '/')).toThrow(
        'GET /open-by-mistake does not say who may use it',
      );
    expect(() => at.get('/open-by-mistake', 'organiser', () => '/')).not.toThrow();
  });

  test('what is said beside it cannot open it again', async () => {
    const config = { access: 'anyone' } as object;
    pagesAt(app, world.ctx).get('/try', 'organiser', () => '/there', config);
    expect((await browser.get('/try')).headers.location).toBe('/sign-in?next=%2Ftry');
  });
});
