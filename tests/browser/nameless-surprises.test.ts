// A guest who wants to ask without a name is never named by surprise: not by pressing too early, not by pressing once
// more, not by what the browser forgot, and not by the next person on the same tablet.
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import type { Person } from '../../src/store/people/people.ts';
import * as sessions from '../../src/store/sign-in/sessions.ts';
import { hashToken } from '../../src/web/tokens.ts';
import { linkOf, published } from '../support/events.ts';
import { askNameless, handsOf, publishNext } from '../support/nameless/slips.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';
import { slowDown } from './slow-line.ts';
import { phone } from './window.ts';

vi.setConfig({ testTimeout: 120_000 });

const port = await freePort();

needs('chromium')('never named by surprise', () => {
  const { world, windowOn: anyWindow } = useListeningWorld(port);
  const windowOn = (options = {}) => anyWindow({ viewport: phone, ...options });

  async function circle() {
    const ada = await world.addPerson({ name: 'Ada' });
    const bo = await world.addPerson({ name: 'Bo' });
    const others: Person[] = [];
    for (let n = 0; n < 5; n++) others.push(await world.addPerson());
    const event = await published(world, [ada, bo, ...others]);
    const hands = await handsOf(world.ctx, event, others);
    return { ada, bo, event, hands, link: linkOf(world, event, ada), linkOfBo: linkOf(world, event, bo) };
  }

  const count = async (table: string) => {
    const [row] = await world.db.execute<{ n: number }>(sql.raw(`SELECT count(*)::int AS n FROM ${table}`));
    return row!.n;
  };
  const named = () => count('questions');
  const namedVotes = async () => (await count('votes_on_nameless')) + (await count('question_votes'));

  const words = (page: Page) => page.getByLabel('Your question', { exact: true });
  const form = (page: Page) => page.locator('form').filter({ has: words(page) });
  const ready = (page: Page) =>
    page.getByRole('switch', { name: 'Send it without my name' }).waitFor({ timeout: 200_000 });

  /** Presses the form's main button whatever it says, as a thumb does that was on its way already. */
  const pressMain = (page: Page) =>
    form(page).locator('button[data-kind=primary]:visible').first().click({ force: true, noWaitAfter: true });

  async function askWithout(page: Page, question: string) {
    await words(page).fill(question);
    await page.getByRole('button', { name: 'Send question' }).click();
    await page.getByText('Sent without your name.').waitFor({ timeout: 200_000 });
    await vi.waitFor(async () => expect(await words(page).inputValue()).toBe(''));
  }

  async function signIn(page: Page, person: Person) {
    const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
    const createdAt = world.ctx.now();
    const expiresAt = createdAt.add({ hours: 24 });
    await sessions.add(world.db, { tokenHash: hashToken(secret), personId: person.id, createdAt, expiresAt });
    await page.context().addCookies([{ name: 'sid', value: secret, url: world.ctx.baseUrl }]);
  }

  test('pressed on a slow line before the slips came, a question waits for them', async () => {
    const { link } = await circle();
    const { page } = await windowOn();
    await slowDown(page);
    await page.goto(link, { waitUntil: 'commit' });
    await words(page).fill('Who signs for the mistake?');
    await pressMain(page);
    await page.keyboard.press('Enter');
    await ready(page);
    expect(await named()).toBe(0);
    expect(await words(page).inputValue()).toBe('Who signs for the mistake?');
    await pressMain(page);
    await page.getByText('Sent without your name.').waitFor({ timeout: 200_000 });
    expect(await named()).toBe(0);
  });

  test('“I wonder too”, pressed on a slow line before the browser has its ballot, is not counted with the name', async () => {
    const { event, hands, link } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'What about us?');
    await publishNext(world);
    const { page } = await windowOn();
    await slowDown(page);
    const scripts = Promise.withResolvers<void>();
    await page.route('**/js/nameless.js', (route) => scripts.promise.then(() => route.continue()));
    await page.goto(`${link}/questions`, { waitUntil: 'commit' });
    const vote = page.getByRole('button', { name: 'I wonder too' }).first();
    await vote.click({ force: true, noWaitAfter: true });
    scripts.resolve();
    await page.locator('[data-ballot]:not([hidden])').waitFor({ state: 'attached', timeout: 200_000 });
    expect(await namedVotes()).toBe(0);
    await vote.click();
    await page.locator('[data-vote][aria-pressed=true]').first().waitFor({ timeout: 200_000 });
    expect(await namedVotes()).toBe(0);
  });

  test('the fourth question does not go with the name that the first three went without', async () => {
    const { link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await ready(page);
    for (const n of [1, 2, 3]) await askWithout(page, `Question ${n}?`);
    await words(page).fill('And a fourth?');
    await page.getByText('You’ve used your 3 questions without a name on this device.').waitFor();
    await pressMain(page);
    await page.keyboard.press('Enter');
    expect(await named()).toBe(0);
    await page.getByRole('button', { name: 'Ask with my name instead' }).click();
    expect(await named()).toBe(0);
    await page.getByText('Your name will be shown: Ada.').waitFor();
    await page.getByRole('button', { name: 'Send with my name' }).click();
    await page.waitForURL(/said=asked/);
    expect(await named()).toBe(1);
  });

  test('with a set of keys that changed nothing goes out, with a name or without, until one says so', async () => {
    const { event, link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await ready(page);
    const { publicKey } = await world.ctx.newKeyPair!();
    await world.db.execute(
      sql`UPDATE slip_keys SET public_key = ${publicKey} WHERE event_id = ${event.id} AND purpose = 'ask'`,
    );
    await world.db.execute(sql`UPDATE events SET lede = 'Other words' WHERE id = ${event.id}`);
    await page.reload();
    await page.getByText('The keys of this event have changed since you first came here.').waitFor();
    await words(page).fill('Anyone there?');
    await pressMain(page);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ask with my name instead' }).waitFor();
    expect(await named()).toBe(0);
  });

  test.each([
    [
      'refuses to open it',
      'IDBFactory.prototype.open = () => { throw new DOMException("", "SecurityError"); }',
    ],
    [
      'answers with an error',
      `IDBFactory.prototype.open = function () {
        const request = new EventTarget();
        setTimeout(() => { request.error = new DOMException("", "InvalidStateError"); request.onerror?.(new Event('error')); });
        return request;
      }`,
    ],
    ['has none', 'delete window.indexedDB; Object.defineProperty(window, "indexedDB", { value: undefined })'],
    ['never answers', 'IDBFactory.prototype.open = () => new EventTarget()'],
  ])(
    'where IndexedDB is refused (the browser %s) the page says so, and Send is a choice',
    async (_how, script) => {
      const { link } = await circle();
      const { page, context } = await windowOn();
      await context.addInitScript(script);
      await page.goto(link);
      await page.getByText('This browser can’t keep what it needs to ask without your name.').waitFor();
      await words(page).fill('Anyone there?');
      await pressMain(page);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Ask with my name instead' }).click();
      expect(await named()).toBe(0);
      await page.getByRole('button', { name: 'Send with my name' }).click();
      await page.waitForURL(/said=asked/);
      expect(await named()).toBe(1);
    },
  );

  test('in a private window one asks without a name; when two are spent the third says so and names nobody', async () => {
    const { link } = await circle();
    for (const question of ['First?', 'Second?']) {
      const { page, context } = await windowOn();
      await page.goto(link);
      await ready(page);
      await askWithout(page, question);
      await context.close();
    }
    const { page } = await windowOn();
    await page.goto(link);
    await page.getByText('Two of your devices can ask without your name already.').waitFor();
    await words(page).fill('Third?');
    await pressMain(page);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ask with my name instead' }).waitFor();
    expect(await named()).toBe(0);
  });

  test('with its storage cleared while one types, the page says so and keeps the words', async () => {
    const { link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await ready(page);
    await words(page).fill('Still here?');
    await page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('flipside').onsuccess = done; })");
    await pressMain(page);
    await page.getByText('This browser has forgotten what it needs to ask without your name.').waitFor();
    expect(await words(page).inputValue()).toBe('Still here?');
    expect(await named()).toBe(0);
    await page.reload();
    await ready(page);
  });

  test('a script that never comes leaves a button that cannot be pressed, and the choice to ask with one’s name', async () => {
    const { link } = await circle();
    const { page } = await windowOn();
    await page.route('**/js/nameless.js', (route) => route.abort());
    await page.goto(link);
    await words(page).fill('Anyone there?');
    await pressMain(page);
    await page.getByRole('link', { name: 'Ask with your name' }).click();
    await page.getByText('Your name will be shown: Ada.').waitFor();
    expect(await named()).toBe(0);
    await words(page).fill('With my name?');
    await page.getByRole('button', { name: 'Send with my name' }).click();
    await page.waitForURL(/said=asked/);
    expect(await named()).toBe(1);
  });

  test('two people on one tablet, by the links in their e-mails: each has their own slips and sees their own questions', async () => {
    const { link, linkOfBo } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await ready(page);
    for (const n of [1, 2, 3]) await askWithout(page, `Ada’s question ${n}?`);
    await page.goto(`${link}/my-questions`);
    await page.locator('#mine').getByText('Ada’s question 1?').waitFor();
    await page.goto(linkOfBo);
    await ready(page);
    await page.goto(`${linkOfBo}/my-questions`);
    await page.getByText('You have asked nothing without your name on this device.').waitFor();
    expect(await page.getByText('Ada’s question').count()).toBe(0);
    await page.goto('/my-question');
    await page.getByLabel('The code of a question').waitFor();
    await page.locator('#mine[data-looked]').waitFor();
    expect(await page.getByText('Ada’s question').count()).toBe(0);
  });

  test('what the browser keeps tells no person and cannot be read by the next one', async () => {
    const { ada, link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await ready(page);
    await askWithout(page, 'Who signs for the mistake?');
    const kept = await page.evaluate<string>(`new Promise((done) => {
      indexedDB.open('flipside').onsuccess = ({ target }) => {
        const store = target.result.transaction('kept').objectStore('kept');
        const [keys, values] = [store.getAllKeys(), store.getAll()];
        values.onsuccess = () => {
          const text = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
            ? new TextDecoder('latin1').decode(value)
            : value && typeof value === 'object' ? Object.entries(value).map((pair) => pair.map(text).join(' ')).join(' ') : String(value);
          done([...keys.result, ...values.result.map(text)].join(' '));
        };
      };
    })`);
    expect(kept.length).toBeGreaterThan(100);
    expect(kept).not.toMatch(/signature|secret|message|voted/);
    expect(kept).not.toContain(`.${ada.id}`);
  });

  test.each([
    ['forgets', 'Sign out and forget', false],
    ['keeps, where its owner says so', 'Sign out and keep', true],
  ])(
    'signing out asks, and %s what the browser needs to find one’s questions',
    async (_what, press, keeps) => {
      const { ada, bo, event } = await circle();
      const { page } = await windowOn();
      const home = `/e/${event.slug}`;
      await signIn(page, ada);
      await page.goto(home);
      await ready(page);
      await askWithout(page, 'Ada’s own?');
      await page.goto('/account');
      await page.getByRole('button', { name: 'Sign out here' }).click();
      await page.getByRole('button', { name: press }).waitFor();
      if (keeps) expect(await lookAt(page)).toEqual([]);
      await page.getByRole('button', { name: press }).click();
      await page.waitForURL(/said=signed-out/);
      await signIn(page, bo);
      await page.goto(`${home}/my-questions`);
      await page.getByText('You have asked nothing without your name on this device.').waitFor();
      expect(await page.getByText('Ada’s own?').count()).toBe(0);
      await signIn(page, ada);
      await page.goto(`${home}/my-questions`);
      if (keeps) await page.locator('#mine').getByText('Ada’s own?').waitFor();
      else await page.getByText('You have asked nothing without your name on this device.').waitFor();
      expect(await page.getByText('Ada’s own?').count()).toBe(keeps ? 1 : 0);
    },
  );

  test('signing out before the script of the page has come forgets as well', async () => {
    const { ada, event } = await circle();
    const { page } = await windowOn();
    await signIn(page, ada);
    await page.goto(`/e/${event.slug}`);
    await ready(page);
    await askWithout(page, 'Ada’s own?');
    await page.route('**/js/sign-out.js', (route) => route.abort());
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out here' }).click();
    await page.waitForURL(/said=signed-out/);
    await signIn(page, ada);
    await page.goto(`/e/${event.slug}/my-questions`);
    await page.getByText('You have asked nothing without your name on this device.').waitFor();
  });

  test('Back after signing out shows nothing of the one who was there, and sends nothing', async () => {
    const { ada, event } = await circle();
    const { page } = await windowOn();
    await signIn(page, ada);
    await page.goto(`/e/${event.slug}`);
    await ready(page);
    await askWithout(page, 'Ada’s own?');
    await page.goto(`/e/${event.slug}/my-questions`);
    await page.locator('#mine').getByText('Ada’s own?').waitFor();
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out here' }).click();
    await page.getByRole('button', { name: 'Sign out and forget' }).click();
    await page.waitForURL(/said=signed-out/);
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    for (let step = 0; step < 3; step++) {
      await page.goBack();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect(await page.getByText('Ada').count()).toBe(0);
    }
    expect([await named(), sent]).toEqual([0, []]);
  });

  test('without JavaScript nothing goes out but by a button that says “with my name”', async () => {
    const { link } = await circle();
    const { page } = await windowOn({ javaScriptEnabled: false });
    await page.goto(link);
    await page.locator('noscript p', { hasText: 'Asking without your name needs JavaScript' }).waitFor();
    await words(page).fill('With my name?');
    // Nothing is on its way, and no button waits for it.
    expect(await page.locator('[data-send]').isVisible()).toBe(false);
    expect(await page.getByText('One moment').first().isVisible()).toBe(false);
    expect(await named()).toBe(0);
    await page.locator('noscript button', { hasText: 'Send with my name' }).click();
    await page.waitForURL(/said=asked/);
    expect(await named()).toBe(1);
  });

  test('two cookies only, whatever one does', async () => {
    const { ada, event } = await circle();
    const { page, context } = await windowOn();
    await page.goto('/sign-in');
    await signIn(page, ada);
    await page.goto(`/e/${event.slug}`);
    await ready(page);
    await askWithout(page, 'Ada’s own?');
    const names = (await context.cookies()).map(({ name }) => name).sort();
    expect(names).toEqual(['login', 'sid']);
  });
});
