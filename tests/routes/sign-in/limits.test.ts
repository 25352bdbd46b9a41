import { describe, expect, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const amina = 'amina.yusuf@halden.example';
const stranger = 'nobody.here@halden.example';

/** Statuses of so many requests for a letter. */
async function askTimes(times: number, email: string | ((n: number) => string), address = '203.0.113.7') {
  const browser = world.newBrowser(address);
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) {
    statuses.push(
      (await browser.post('/sign-in', { email: typeof email === 'string' ? email : email(n) })).statusCode,
    );
  }
  return statuses;
}

describe('Access 3: how many letters one may ask for', () => {
  test('five to one address in a quarter of an hour, wherever they are asked for', async () => {
    await world.addPerson({ email: amina });
    expect(await askTimes(3, amina, '198.51.100.1')).toEqual([303, 303, 303]);
    expect(await askTimes(3, amina.toUpperCase(), '198.51.100.2')).toEqual([303, 303, 429]);
    expect(await allLetters(world)).toHaveLength(5);
    world.clock.advance({ minutes: 15 });
    expect(await askTimes(1, amina)).toEqual([303]);
  });

  test('an address nobody has is limited in the same way', async () => {
    expect(await askTimes(6, stranger)).toEqual([303, 303, 303, 303, 303, 429]);
  });

  test('whoever asks too often is told when to come back, and keeps what was typed', async () => {
    await askTimes(5, amina);
    world.clock.advance({ minutes: 4 });
    const answer = await world.newBrowser().post('/sign-in', { email: amina });
    const shown = page(answer);
    expect(shown('#email-error').text()).toBe(
      'Error: We’ve had several requests for this address. Please type the code from the newest e-mail, or ask again in 11 min.',
    );
    expect(shown('#email').attr('value')).toBe(amina);
  });

  test('a hundred from one network, so that a whole office can come in at once', async () => {
    const statuses = await askTimes(101, (n) => `person-${n}@elsewhere.example`, '198.51.100.3');
    expect(statuses.slice(0, 100)).toEqual(Array(100).fill(303));
    expect(statuses[100]).toBe(429);
    expect(await askTimes(1, amina, '198.51.100.4')).toEqual([303]);
  });

  test('twenty requests at the same moment are counted one by one', async () => {
    const browser = world.newBrowser();
    await browser.get('/sign-in');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/sign-in', { email: amina })),
    );
    expect(answers.filter((answer) => answer.statusCode === 303)).toHaveLength(5);
  });

  test('several processes count together', async () => {
    const other = openBrowser(await buildApp(world.ctx), world.ctx.baseUrl);
    await askTimes(4, amina);
    expect((await other.post('/sign-in', { email: amina })).statusCode).toBe(303);
    expect((await other.post('/sign-in', { email: amina })).statusCode).toBe(429);
  });

  test('neither addresses nor networks are kept in the clear to count them', async () => {
    await askTimes(1, amina, '198.51.100.5');
    const rows = JSON.stringify(await world.db.execute('SELECT * FROM attempts'));
    expect(JSON.parse(rows)).toHaveLength(2);
    expect(rows).not.toContain('halden');
    expect(rows).not.toContain('198.51.100.5');
  });
});

describe('Access 3: whose network it is', () => {
  const forwarded = { 'x-forwarded-for': '192.0.2.1' };
  const keys = async () =>
    (await world.db.execute<{ key: string }>('SELECT key FROM attempts ORDER BY key')).map((row) => row.key);

  test('what a stranger claims in X-Forwarded-For is not believed', async () => {
    const browser = world.newBrowser('198.51.100.6');
    await browser.post('/sign-in', { email: amina });
    const before = await keys();
    await browser.post('/sign-in', { email: amina }, { headers: forwarded });
    expect(await keys()).toEqual(before);
  });

  test('what a proxy we trust says is', async () => {
    const app = await buildApp(world.ctx, { trustedProxies: ['198.51.100.6'] });
    const behind = openBrowser(app, world.ctx.baseUrl, '198.51.100.6');
    await behind.post('/sign-in', { email: amina });
    const before = await keys();
    await behind.post('/sign-in', { email: amina }, { headers: forwarded });
    expect(await keys()).toHaveLength(before.length + 1);
  });
});
