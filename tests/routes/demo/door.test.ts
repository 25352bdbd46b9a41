import { describe, expect, test } from 'vitest';
import type { WriteLetter } from '../../../src/actions/demo/demo.ts';
import { prepareSetUp } from '../../../src/actions/sign-in/set-up.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import { people } from '../../../src/store/schema/index.ts';
import { putDemoIn } from '../../support/demo.ts';
import { page, useWorld } from '../../support/world.ts';

const demo = useWorld({ demo: true, setUp: false });
const real = useWorld();
const write: WriteLetter = (letter) => letterBytes(demo.ctx.mail.from, letter, demo.ctx.words);

describe('Access 8: the demo’s door', () => {
  test('does not exist outside the demo, for anybody', async () => {
    for (const who of ['organiser', 'talent', 'senior', 'guest']) {
      expect((await real.post(`/demo/${who}`)).statusCode).toBe(404);
      expect((await real.post(`/demo/${who}`, {}, { as: real.organiser })).statusCode).toBe(404);
    }
    expect((await real.get('/sign-in')).body).not.toContain('/demo/');
  });

  test('lets in as an invented organiser, talent or senior', async () => {
    await putDemoIn(demo.ctx, write);
    const seen = [];
    for (const who of ['organiser', 'talent', 'senior']) {
      const browser = demo.newBrowser();
      const answer = await browser.post(`/demo/${who}`);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
      const account = page(await browser.get('/account'))('.card')
        .first()
        .text()
        .replace(/\s+/g, ' ');
      seen.push([
        /, organiser/.test(account),
        /Young talent/.test(account),
        (await browser.get('/mailbox')).statusCode,
      ]);
    }
    expect(seen[0]).toEqual([true, expect.any(Boolean), 200]);
    expect(seen.slice(1)).toEqual([
      [false, true, 404],
      [false, false, 404],
    ]);
  });

  test('leads a guest to the page their letter leads to', async () => {
    await putDemoIn(demo.ctx, write);
    const browser = demo.newBrowser();
    const answer = await browser.post('/demo/guest');
    expect(answer.headers.location).toMatch(/^\/i\/[a-z2-7]{32}$/);
    expect((await browser.follow(answer)).statusCode).toBe(200);
  });

  test('never lets in as somebody real', async () => {
    const now = demo.clock.now;
    const ida = { name: 'Ida', email: 'ida@halden.example', side: 'senior' as const, isOrganiser: true };
    await demo.db.insert(people).values({ ...ida, createdAt: now, updatedAt: now });
    const answer = await demo.post('/demo/organiser');
    expect(answer.statusCode).toBe(404);
    expect(answer.cookies.map((cookie) => cookie.name)).not.toContain('__Host-sid');
    expect((await demo.post('/demo/guest')).statusCode).toBe(404);
  });

  test('has no fifth side', async () => {
    await putDemoIn(demo.ctx, write);
    for (const who of ['admin', 'Organiser', '1', 'constructor']) {
      expect((await demo.post(`/demo/${who}`)).statusCode).toBe(404);
    }
  });

  test('is not opened from another site', async () => {
    await putDemoIn(demo.ctx, write);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await demo.post('/demo/organiser', {}, { headers })).statusCode).toBe(403);
    expect((await demo.post('/demo/organiser', { personId: '1' })).statusCode).toBe(400);
  });

  test('going from one side to the next ends the session before', async () => {
    await putDemoIn(demo.ctx, write);
    const browser = demo.newBrowser();
    await browser.post('/demo/organiser');
    const before = browser.cookies.get('__Host-sid')!;
    await browser.post('/demo/talent');
    browser.cookies.set('__Host-sid', before);
    expect((await browser.get('/account')).statusCode).toBe(303);
  });
});

describe('“Look around with demo data” on the first page', () => {
  const fresh = useWorld({ setUp: false });

  test('fills the house, signs in as its organiser, and spends the link', async () => {
    const path = `/setup/${(await prepareSetUp(fresh.ctx))!.split('/').at(-1)}`;
    const link = path.split('/').at(-1)!;
    const browser = fresh.newBrowser();
    const answer = await browser.post(`${path}/demo`, {}, { link });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/events']);
    expect((await browser.get('/mailbox')).statusCode).toBe(200);
    expect((await browser.get(path)).statusCode).toBe(410);
  });

  test('pressed in three tabs at once fills it once', async () => {
    const path = `/setup/${(await prepareSetUp(fresh.ctx))!.split('/').at(-1)}`;
    const link = path.split('/').at(-1)!;
    const answers = await Promise.all(
      [1, 2, 3].map(() => fresh.newBrowser().post(`${path}/demo`, {}, { link })),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([303, 410, 410]);
  });

  test('opens no demo door by itself', async () => {
    const path = `/setup/${(await prepareSetUp(fresh.ctx))!.split('/').at(-1)}`;
    await fresh.post(`${path}/demo`, {}, { link: path.split('/').at(-1)! });
    expect((await fresh.post('/demo/organiser')).statusCode).toBe(404);
  });
});
