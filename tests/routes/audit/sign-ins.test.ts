import { describe, expect, test } from 'vitest';
import { signInLetter } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const noor = 'noor.haddad@halden.example';

/** Each entry as it reads. */
async function read(): Promise<string[]> {
  const shown = page(await world.get('/settings/audit-log', { as: world.organiser }));
  return shown('.audit > li')
    .toArray()
    .map((li) =>
      ['.audit-kind', '.audit-actor > span:last-child', 'p']
        .map((part) => shown(li).find(part).text().replace(/\s+/g, ' ').trim())
        .join(' | '),
    );
}

async function aTalent() {
  const person = await world.addPerson({ name: 'Noor Haddad', email: noor, side: 'talent' });
  const browser = world.newBrowser();
  await browser.post('/sign-in', { email: noor });
  return { person, browser, ...(await signInLetter(world, noor)) };
}

describe('the audit log', () => {
  test('says that somebody signed in, with the code or with the link, and signed out everywhere', async () => {
    const { browser, code } = await aTalent();
    expect((await browser.post('/sign-in/code', { code })).statusCode).toBe(303);
    await browser.post('/account/sign-out');
    await browser.post('/sign-in', { email: noor });
    await browser.post((await signInLetter(world, noor)).path);
    expect(await read()).toEqual([
      'Sign-in | Noor Haddad | signed inWith the code from an e-mail',
      'Sign-in | Noor Haddad | signed inWith the link from an e-mail',
      'Sign-in | Noor Haddad | signed out everywhere',
    ]);
  });

  test('says for whom wrong codes were typed, and never the code', async () => {
    const { browser } = await aTalent();
    for (const code of ['AAAA-2222', 'BBBB-3333']) await browser.post('/sign-in/code', { code });
    await world.newBrowser('203.0.113.9').post('/sign-in/code', { code: 'CCCC-4444', email: noor });
    expect(await read()).toEqual([
      'Refused | Unknown browser | typed a wrong sign-in code for Noor Haddad, 3 times',
    ]);
    const rows = await world.db.execute('SELECT audit_log::text AS row FROM audit_log');
    expect(JSON.stringify(rows)).not.toMatch(/AAAA|BBBB|CCCC|2222/);
  });

  test('keeps no word that a stranger typed: an address nobody has is not written down', async () => {
    for (const email of ['who@evil.example', 'else@evil.example'])
      await world.newBrowser().post('/sign-in/code', { code: 'AAAA-2222', email });
    expect(await read()).toEqual([
      'Refused | Unknown browser | typed a wrong sign-in code for an address nobody here has, 2 times',
    ]);
    const rows = await world.db.execute('SELECT audit_log::text AS row FROM audit_log');
    expect(JSON.stringify(rows)).not.toContain('evil');
  });

  test('says once for each limit that too many e-mails were asked for, however often one goes on', async () => {
    const { browser } = await aTalent();
    let refused = 0;
    for (let n = 0; n < 40; n++) {
      const asking = world.newBrowser(`203.0.113.${n}`);
      refused += Number((await asking.post('/sign-in', { email: noor })).statusCode === 429);
    }
    expect(refused).toBeGreaterThan(3);
    expect(await read()).toEqual([
      'Refused | Unknown browser | asked for too many sign-in e-mails for Noor Haddad',
    ]);
    expect(browser.cookies.size).toBeGreaterThan(0);
  });

  test('says that a link was pressed in another browser', async () => {
    const { path } = await aTalent();
    const other = world.newBrowser();
    await other.get('/sign-in');
    expect((await other.post(path)).statusCode).toBe(403);
    expect(await read()).toEqual([
      'Refused | Unknown browser | pressed a sign-in link of Noor Haddad in a browser that had not asked for it',
    ]);
  });

  test('holds nothing after a look at a link, which changes nothing', async () => {
    const { browser, path } = await aTalent();
    await browser.get(path);
    await world.newBrowser().get(path);
    expect(await read()).toEqual([]);
  });
});
