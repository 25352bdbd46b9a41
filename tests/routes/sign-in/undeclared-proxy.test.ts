// Behind a proxy that TRUSTED_PROXIES does not name, everybody seems to have one address.
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const proxy = '10.0.0.5';
const through = (client = '198.51.100.1') => ({ 'x-forwarded-for': client });

/** One person asks for an e-mail, from a browser of their own. */
async function ask(n: number, headers: Record<string, string>, address = proxy): Promise<number> {
  const browser = world.newBrowser(address);
  return (await browser.post('/sign-in', { email: `p${n}@elsewhere.example` }, { headers })).statusCode;
}

describe('a whole organisation behind it', () => {
  test('signs in: the hundred and first e-mail goes out as well, and so does every one up to 2,000', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 101; n++) statuses.push(await ask(n, through()));
    expect(statuses).toEqual(Array(101).fill(303));
    await world.db.execute(sql`UPDATE attempts SET count = 1999 WHERE count = 101`);
    expect([await ask(1999, through()), await ask(2000, through())]).toEqual([303, 429]);
  });

  test('while an address that passes nothing on is refused after a hundred, as before', async () => {
    await ask(0, {});
    await world.db.execute(sql`UPDATE attempts SET count = 100`);
    expect(await ask(1, {})).toBe(429);
    expect(await ask(2, {}, '10.0.0.6')).toBe(303);
  });

  test('and what it claims is believed by nobody: other clients do not make other counts', async () => {
    await ask(0, through('198.51.100.1'));
    await world.db.execute(sql`UPDATE attempts SET count = 2000`);
    expect(await ask(1, through('198.51.100.2'))).toBe(429);
  });
});

describe('the notice', () => {
  const notice = 'Flipside stands behind a proxy it does not know.';
  const seenBy = async (person: typeof world.organiser, headers: Record<string, string>) =>
    (await world.get('/account', { as: person, headers })).body.includes(notice);

  test('stands on organisers’ pages with the address, and on nobody else’s', async () => {
    const answer = await world.get('/account', { as: world.organiser, headers: through() });
    expect(page(answer)('.notice').text()).toContain('Requests come through 203.0.113.7.');
    expect(await seenBy(await world.addPerson(), through())).toBe(false);
  });

  test('cannot be put there by somebody else: it speaks of the request that asks for the page', async () => {
    await ask(0, through());
    expect([await seenBy(world.organiser, {}), await seenBy(world.organiser, through())]).toEqual([
      false,
      true,
    ]);
  });

  test('goes once the proxy is declared, and comes back where one before it is not', async () => {
    const app = await buildApp(world.ctx, { trustedProxies: [proxy] });
    const browser = openBrowser(app, world.ctx.baseUrl, proxy);
    for (const [name, value] of (await world.browserOf(world.organiser)).cookies)
      browser.cookies.set(name, value);
    const seen = async (forwarded: string) =>
      (await browser.get('/account', { 'x-forwarded-for': forwarded })).body.includes(notice);
    expect([await seen('198.51.100.1'), await seen('198.51.100.1, 192.0.2.9')]).toEqual([false, true]);
  });

  test('stands in the log once, however many come', async () => {
    const lines: string[] = [];
    const app = await buildApp(world.ctx);
    app.log.warn = ((line: string) => void lines.push(line)) as typeof app.log.warn;
    const behind = openBrowser(app, world.ctx.baseUrl, proxy);
    await behind.get('/sign-in');
    expect(lines).toEqual([]);
    for (let n = 0; n < 3; n++) await behind.get('/sign-in', through(`198.51.100.${n}`));
    expect(lines).toEqual([expect.stringContaining(`through ${proxy}, which is not in TRUSTED_PROXIES`)]);
    for (let n = 10; n < 20; n++)
      await openBrowser(app, world.ctx.baseUrl, `192.0.2.${n}`).get('/sign-in', through());
    expect(lines).toHaveLength(3);
  });
});
