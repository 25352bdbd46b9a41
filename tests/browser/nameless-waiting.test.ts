// Between asking and the publishing hour: what the browser keeps, sends again, and lets its owner choose.

import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import { keyFingerprint } from '../../src/actions/questions/slip-signatures.ts';
import type { Person } from '../../src/store/people/people.ts';
import * as slips from '../../src/store/questions/slips.ts';
import { linkOf, published } from '../support/events.ts';
import { loseWhatWaits, waitingQuestions } from '../support/nameless/loss.ts';
import { askNameless, handsOf, publishNext } from '../support/nameless/slips.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';
import { phone } from './window.ts';

vi.setConfig({ testTimeout: 300_000 });

const port = await freePort();

needs('chromium')('a question without a name, while it waits', () => {
  const { world, windowOn: anyWindow } = useListeningWorld(port);

  async function circle() {
    const ada = await world.addPerson({ name: 'Ada' });
    const others: Person[] = [];
    for (let n = 0; n < 5; n++) others.push(await world.addPerson());
    const event = await published(world, [ada, ...others]);
    const hands = await handsOf(world.ctx, event, others);
    return { ada, event, hands, link: linkOf(world, event, ada) };
  }

  /** Ada's window, with what it sent to `/anon/questions`. */
  async function open(link: string) {
    const { page, context } = await anyWindow({ viewport: phone });
    page.setDefaultTimeout(200_000);
    const sent: Record<string, unknown>[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/anon/questions')) sent.push(request.postDataJSON());
    });
    await page.goto(link);
    await page.getByRole('switch', { name: 'Send it without my name' }).waitFor();
    return { page, context, sent };
  }

  const words = (page: Page) => page.getByLabel('Your question', { exact: true }).first();

  async function ask(page: Page, question: string) {
    await words(page).fill(question);
    await page.getByRole('button', { name: 'Send question' }).click();
    await vi.waitFor(async () => expect(await words(page).inputValue()).toBe(''), 30_000);
    await page.locator('[data-sent]').waitFor();
  }

  const mine = (page: Page) => page.locator('#mine');
  /** The browser's clock goes on; its own time tells when it sent something. */
  const later = (page: Page, minutes: number) =>
    page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${minutes * 60_000}; }`);

  test('the slip that counts a person goes first, the others after it, and none of a second device counts again', async () => {
    const { link } = await circle();
    const { page, sent } = await open(link);
    for (const n of [1, 2, 3]) await ask(page, `Question ${n}?`);
    expect(sent.map(({ first, alone }) => [first, alone])).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ]);
    const second = await open(link);
    for (const n of [4, 5, 6]) await ask(second.page, `Question ${n}?`);
    expect(second.sent.map(({ first }) => first)).toEqual([false, false, false]);
    await publishNext(world);
    expect(waitingQuestions(world)).toHaveLength(6);
    await second.page.goto(`${link}/questions`);
    await second.page.locator('[data-no-ballot]').waitFor();
  });

  test('ticked, it goes alone when the event begins, and the page says so; the sentence beside the box says what that means', async () => {
    const { event, link } = await circle();
    const { page, sent } = await open(link);
    const box = page.getByLabel('Show it even if fewer than five people ask');
    expect(await box.isChecked()).toBe(false);
    await page
      .getByText('If fewer than five people ask, yours may stand alone, and guests may guess.')
      .waitFor();
    await box.check();
    await ask(page, 'May it stand alone?');
    expect(sent.map(({ alone }) => alone)).toEqual([true]);
    world.clock.now = Temporal.Instant.from(`${event.startsAt}:00+01:00`);
    await tick(world.ctx);
    await page.goto(`${link}/questions`);
    await page.getByText('May it stand alone?').first().waitFor();
    await page.getByText('One question without a name appeared alone when the event began').waitFor();
  });

  test('lost in a restore, it is sent again at the next look, once, and appears once', async () => {
    const { event, hands, link } = await circle();
    const { page, context, sent } = await open(link);
    await ask(page, 'Was this lost?');
    await loseWhatWaits(world);
    expect(waitingQuestions(world)).toEqual([]);
    // Looked at within ten minutes another process may hold it still.
    await page.reload();
    await page.locator('[data-mine]').waitFor();
    await mine(page).or(page.locator('[data-state=ready]')).first().waitFor();
    expect(sent).toHaveLength(1);
    await later(page, 11);
    await page.goto(`${link}/my-questions`);
    await mine(page).getByText('Was this lost?').waitFor();
    await vi.waitFor(() => expect(waitingQuestions(world)).toEqual(['Was this lost?']));
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    const other = await context.newPage();
    await other.goto(link);
    await other.locator('[data-mine]').waitFor();
    for (const n of [0, 1, 2, 3]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Question ${n}`);
    await publishNext(world);
    await page.goto(`${link}/questions`);
    await page.getByText('Was this lost?').waitFor();
    expect(await page.locator('.q', { hasText: 'Was this lost?' }).count()).toBe(1);
  });

  test('where its slip was spent elsewhere meanwhile the browser says so and asks it again with another', async () => {
    const { event, link } = await circle();
    const { page, sent } = await open(link);
    await ask(page, 'Whose slip is this?');
    await loseWhatWaits(world);
    const { message, signature, first } = sent[0] as { message: string; signature: string; first: boolean };
    const bytes = (text: string) => Buffer.from(text, 'base64url');
    const slip = { message: bytes(message), signature: bytes(signature), first };
    await askNameless(world.ctx, event, slip, 'Another question');
    await later(page, 11);
    await page.goto(link);
    await page.getByText('One of your questions without a name has not been shown.').waitFor();
    await page.locator('[data-left] a').click();
    await mine(page).getByText('It did not get through').waitFor();
    await page.getByRole('button', { name: 'Ask it again' }).click();
    await mine(page).getByText('It waits').waitFor();
    await vi.waitFor(() =>
      expect(waitingQuestions(world).sort()).toEqual(['Another question', 'Whose slip is this?']),
    );
  });

  test('where the slot is full the page says so, and the browser sends it by itself', async () => {
    const { link } = await circle();
    const { page, sent } = await open(link);
    let full = true;
    await page.route('**/anon/questions', (route) =>
      full
        ? route.fulfill({
            status: 503,
            headers: { 'retry-after': '1' },
            contentType: 'application/json',
            body: JSON.stringify({
              kind: 'unavailable',
              field: 'full',
              sentence: 'Try again in five minutes.',
            }),
          })
        : route.continue(),
    );
    await ask(page, 'Is there room?');
    await page.getByText('Not sent yet: Flipside is full right now.').waitFor();
    expect(waitingQuestions(world)).toEqual([]);
    full = false;
    await vi.waitFor(() => expect(waitingQuestions(world)).toEqual(['Is there room?']), 200_000);
    expect(new Set(sent.map(({ message }) => message)).size).toBe(1);
    await page.goto(`${link}/my-questions`);
    await mine(page).getByText('It waits for those of at least four other people.').waitFor();
  });

  test.each([
    ['with their name', 'Ask it with my name', 'You'],
    ['now', 'Show it now', 'Without a name'],
    ['not at all', 'Withdraw', ''],
  ])('left because fewer than five asked, its author shows it %s', async (_how, press, shownBy) => {
    const { event, link } = await circle();
    const { page } = await open(link);
    await ask(page, 'Only me?');
    world.clock.now = Temporal.Instant.from(`${event.startsAt}:00+01:00`);
    await tick(world.ctx);
    await page.goto(link);
    await page.getByText('One of your questions without a name has not been shown.').waitFor();
    await page.locator('[data-left] a').click();
    await mine(page).getByText('Fewer than five people asked before the event began').waitFor();
    if (press === 'Withdraw') expect(await lookAt(page)).toEqual([]);
    await page.getByRole('button', { name: press }).click();
    if (press === 'Show it now') await mine(page).getByText('It is on the wall.').waitFor();
    else await page.getByText('You have asked nothing without your name').waitFor();
    await vi.waitFor(() => expect(waitingQuestions(world)).toEqual([]));
    await page.goto(`${link}/questions`);
    const question = page.locator('.q', { hasText: 'Only me?' });
    if (shownBy)
      await question
        .getByText(shownBy === 'Ada' ? 'You' : shownBy)
        .first()
        .waitFor();
    else await page.getByText('No question yet').waitFor();
  });

  test('published, it is withdrawn at the next hour, or taken down now by a press that says what that gives away', async () => {
    const { event, hands, link } = await circle();
    const { page } = await open(link);
    for (const question of ['First of mine?', 'Second of mine?']) await ask(page, question);
    for (const n of [0, 1, 2, 3]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Question ${n}`);
    await publishNext(world);
    await page.goto(`${link}/my-questions`);
    const card = (text: string) => mine(page).locator('li', { hasText: text });
    await card('First of mine?').getByText('It is on the wall.').waitFor();
    await card('First of mine?').getByText('it vanishes while you’re on the page').waitFor();
    await card('First of mine?').getByRole('button', { name: 'Withdraw' }).click();
    await card('First of mine?').getByText('Withdrawn. It disappears at 16:00.').waitFor();
    await card('Second of mine?').getByRole('button', { name: 'Take it down now' }).click();
    await card('Second of mine?').waitFor({ state: 'detached' });
    await page.goto(`${link}/questions`);
    await page.getByText('First of mine?').waitFor();
    expect(await page.getByText('Second of mine?').count()).toBe(0);
    await publishNext(world);
    await page.reload();
    await page.getByText('Question 0').waitFor();
    expect(await page.getByText('First of mine?').count()).toBe(0);
  });

  test('words changed while it waits are the words that are sent again', async () => {
    const { link } = await circle();
    const { page } = await open(link);
    await ask(page, 'Badly said?');
    await page.goto(`${link}/my-questions`);
    await mine(page).locator('summary', { hasText: 'Edit' }).click();
    await mine(page).locator('[data-words]').fill('Well said?');
    await mine(page).getByRole('button', { name: 'Save' }).click();
    await mine(page).locator('[data-text]', { hasText: 'Well said?' }).waitFor();
    expect(waitingQuestions(world)).toEqual(['Well said?']);
    await loseWhatWaits(world);
    await later(page, 11);
    await page.reload();
    await vi.waitFor(() => expect(waitingQuestions(world)).toEqual(['Well said?']), 200_000);
  });

  test('a whole ask goes by keyboard alone', async () => {
    const { link } = await circle();
    const { page } = await open(`${link}/questions`);
    const focus = () =>
      page.evaluate<string>('document.activeElement.textContent.trim() || document.activeElement.id');
    await words(page).focus();
    await page.keyboard.type('By keyboard?');
    for (let presses = 0; presses < 20 && (await focus()) !== 'nameless'; presses++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 20 && (await focus()) !== 'Send question'; presses++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Sent without your name.').waitFor();
    expect(await focus()).toMatch(/^Sent without your name/);
    expect(waitingQuestions(world)).toEqual(['By keyboard?']);
  });

  test('what an earlier version kept is taken over, under the keys of then: its slips stay good and no more are drawn', async () => {
    const { ada, event, link } = await circle();
    const { page, context } = await open(link);
    const keys = (await slips.keysOf(world.db, event.id)).toSorted((a, b) =>
      a.purpose < b.purpose ? -1 : 1,
    );
    const before = keys.filter(({ purpose }) => !purpose.endsWith('-first'));
    expect([keys.length, before.length]).toEqual([5, 3]);
    const fingerprint = keyFingerprint(before.map(({ publicKey }) => publicKey));
    const old = await context.newPage();
    await old.goto('/my-question');
    await old.evaluate(`new Promise((done) => {
      indexedDB.open('flipside').onsuccess = ({ target }) => {
        const store = target.result.transaction('kept', 'readwrite').objectStore('kept');
        store.clear();
        store.put({ fingerprint: '${fingerprint}', ask: [{ message: 'x', signature: 'y' }], vote: [], voted: [], mine: [], pending: null }, 'slips.${event.id}.${ada.id}').onsuccess = done;
      };
    })`);
    await page.reload();
    await page.getByRole('switch', { name: 'Send it without my name' }).waitFor();
    const names = await old.evaluate<string[]>(`new Promise((done) => {
      indexedDB.open('flipside').onsuccess = ({ target }) => {
        target.result.transaction('kept').objectStore('kept').getAllKeys().onsuccess = (event) => done(event.target.result);
      };
    })`);
    expect(names).toHaveLength(1);
    expect(names[0]).not.toContain('slips');
    const [issued] = await world.db.execute(
      sql`SELECT count(*)::int AS n FROM slips_issued WHERE person_id = ${ada.id}`,
    );
    expect(issued).toEqual({ n: 4 });
  });
});
