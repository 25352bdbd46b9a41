// The evening on phones in the room: notes that wait without a connection, and phones that follow.
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { pressRun } from '../../src/actions/live/press.ts';
import type { PressKind } from '../../src/domain/live/state.ts';
import { notesOf } from '../../src/store/notes/notes.ts';
import type { Person } from '../../src/store/people/people.ts';
import { needs } from '../support/needs.ts';
import { freePort } from '../support/process.ts';
import { type Evening, eveningIn, itIs } from '../support/tables/evening.ts';
import { useListeningWorld } from './listening-world.ts';
import { phone } from './window.ts';

vi.setConfig({ testTimeout: 120_000 });

const port = await freePort();

needs('chromium')('the evening on phones', () => {
  const { world, windowOn } = useListeningWorld(port);

  async function open(person: Person, path: string, options = {}): Promise<Page> {
    const { context, page } = await windowOn({ viewport: phone, ...options });
    const { cookies } = await world.browserOf(person);
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: world.ctx.baseUrl })));
    await page.goto(path);
    return page;
  }
  const following = (page: Page) => page.locator('#live[data-follows]').waitFor({ state: 'attached' });
  const press = ({ event }: Evening, kind: PressKind) =>
    pressRun(world.ctx, event.id, kind, { byId: world.organiser.id, key: randomUUID(), secondsAgo: 0 });
  async function write(page: Page, text: string, kind: string): Promise<void> {
    await page.locator('#text').fill(text);
    await page.locator('.kinds').getByRole('button', { name: kind }).click();
  }
  const texts = async ({ event }: Evening) =>
    (await notesOf(world.db, event.id)).map(({ text }) => text).sort();

  test('three notes typed without a connection outlive the tab, and reach the next round and the screen once each', async () => {
    const evening = await eveningIn(world, { question: 'Would you let it sign?' });
    itIs(world, '16:00');
    await press(evening, { kind: 'start', ends: 'later' });
    await press(evening, { kind: 'next', from: 0 });
    await press(evening, { kind: 'next', from: 1 });
    const address = `/e/${evening.event.slug}/hosting`;
    const first = await open(evening.amina, address);
    await following(first);
    await write(first, 'Start where a mistake costs an hour', 'Idea');
    await expect.poll(() => texts(evening)).toEqual(['Start where a mistake costs an hour']);
    // The worker has the page before the connection goes.
    await first.waitForFunction(`caches.open('flipside-live').then((c) => c.match(location.pathname))`);
    const context = first.context();
    await context.setOffline(true);
    for (const [text, kind] of [
      ['Let it draft the report', 'Idea'],
      ['Nobody could say who pays', 'Worry'],
      ['Ask three suppliers', 'Follow up'],
    ] as const)
      await write(first, text, kind);
    await first.locator('#unsent', { hasText: '3 notes wait on this phone' }).waitFor();
    expect(await first.locator('#notes-list [data-waits]').count()).toBe(3);
    await first.close();

    const again = await context.newPage();
    await again.goto(address);
    // A browser takes a new tab off the line a moment late, so that a note may have left already.
    await again.locator('#unsent', { hasText: /waits? on this phone/ }).waitFor();
    await context.setOffline(false);
    await expect.poll(() => texts(evening), { timeout: 30_000 }).toHaveLength(4);
    await again.locator('#unsent').waitFor({ state: 'hidden' });

    const screen = await open(world.organiser, `/events/${evening.event.id}/live/screen`, {
      viewport: { width: 1280, height: 720 },
    });
    await press(evening, { kind: 'next', from: 2 });
    await press(evening, { kind: 'next', from: 3 });
    await again.locator('.handed li', { hasText: 'Ask three suppliers' }).waitFor();
    expect(await again.locator('.handed > .notes > li').count()).toBe(4);
    for (const from of [4, 5, 6]) await press(evening, { kind: 'next', from });
    await press(evening, { kind: 'turn', from: 0 });
    await screen.locator('.asked', { hasText: 'Ask three suppliers' }).waitFor();
    expect(await screen.locator('.also li').count()).toBe(3);
  });

  test('a name in a note is pointed out on the phone, and the note is kept once changed', async () => {
    const evening = await eveningIn(world);
    itIs(world, '16:20');
    const page = await open(evening.amina, `/e/${evening.event.slug}/hosting`);
    await following(page);
    await write(page, 'Margareta would sign nothing', 'Worry');
    await page.locator('#name-found', { hasText: '“Margareta” sits at your table.' }).waitFor();
    expect(await texts(evening)).toEqual([]);
    await page.locator('#text').fill('A board member would sign nothing');
    await page.getByRole('button', { name: 'Keep my change' }).click();
    await expect.poll(() => texts(evening)).toEqual(['A board member would sign nothing']);
    await page.locator('#unsent').waitFor({ state: 'hidden' });
    expect(await page.locator('.kinds').count()).toBe(1);
  });

  test('a guest’s phone follows without a press, and says that a round was dropped', async () => {
    const evening = await eveningIn(world, { question: 'Would you let it sign?' });
    itIs(world, '16:00');
    await press(evening, { kind: 'start', ends: 'later' });
    const page = await open(evening.margareta, `/e/${evening.event.slug}/now`);
    await following(page);
    await page.locator('#card-title', { hasText: 'Start at table 1' }).waitFor();
    await press(evening, { kind: 'next', from: 0 });
    await press(evening, { kind: 'next', from: 1 });
    await page.locator('#card-title', { hasText: 'You’re at table 1' }).waitFor();
    await press(evening, { kind: 'next', from: 2 });
    await page.locator('#card-title', { hasText: 'Go to table 2' }).waitFor();
    await press(evening, { kind: 'drop', block: 6 });
    await page.locator('.changed', { hasText: 'Round 3 is dropped' }).waitFor();
  });
});
