// The desk in a real browser: by keyboard alone, and what somebody who types sees of questions alike.
import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { ask } from '../../src/actions/questions/ask.ts';
import { everyQuestionOf } from '../../src/store/questions/wall.ts';
import { events } from '../../src/store/schema/index.ts';
import { linkOf, published } from '../support/events.ts';
import { needs } from '../support/needs.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';
import type { Watched } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

const port = await freePort();

needs('chromium')('questions in a browser', () => {
  const { world, windowOn } = useListeningWorld(port);

  async function asked(texts: string[], readFirst: boolean) {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    await world.db.update(events).set({ questionRules: { readFirst } });
    for (const text of texts)
      await ask(world.ctx, {
        eventId: event.id,
        authorId: ada.id,
        topicId: null,
        text,
        formKey: randomUUID(),
      });
    return { ada, event };
  }

  async function windowOf(isOrganiser: boolean): Promise<Watched> {
    const watched = await windowOn();
    if (isOrganiser) {
      const { cookies } = await world.browserOf(world.organiser);
      await watched.context.addCookies(
        [...cookies].map(([name, value]) => ({ name, value, url: world.ctx.baseUrl })),
      );
    }
    return watched;
  }

  test('four questions are read, parked, merged and turned down without a mouse', async () => {
    const texts = [
      'Is Bo a thief?',
      'Who signs for a mistake?',
      'What of pensions?',
      'Who signs for mistakes?',
    ];
    const { event } = await asked(texts, true);
    const { page, noticed } = await windowOf(true);
    const inHand = async (text: string) => {
      await page.getByRole('heading', { name: text }).waitFor();
    };
    await page.goto(`/events/${event.id}/questions`);
    await inHand('Who signs for mistakes?');
    await page.keyboard.press('a');
    await inHand('What of pensions?');
    await page.keyboard.press('p');
    await page.keyboard.type('It needs a table, and pals.');
    await page.keyboard.press('Enter');
    await inHand('Who signs for a mistake?');
    expect(await page.evaluate('document.activeElement.id')).toBe('desk-question');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await inHand('Is Bo a thief?');
    await page.keyboard.press('x');
    await page.keyboard.type('It is about a person.');
    await page.keyboard.press('Enter');
    await page.getByText('Everything is read').waitFor();
    const left = (await everyQuestionOf(world.db, event.id)).map(({ text, state, note, parts }) => ({
      text,
      state,
      note,
      parts,
    }));
    expect(left).toEqual([
      { text: 'Who signs for mistakes?', state: 'wall', note: '', parts: 1 },
      { text: 'What of pensions?', state: 'parked', note: 'It needs a table, and pals.', parts: 0 },
      { text: 'Is Bo a thief?', state: 'refused', note: 'It is about a person.', parts: 0 },
    ]);
    expect(noticed()).toEqual([]);
  });

  test('letters press nothing once the keyboard is switched off, now and the next time', async () => {
    const { event } = await asked(['Who signs?'], true);
    const { page } = await windowOf(true);
    await page.goto(`/events/${event.id}/questions`);
    await page.getByRole('switch', { name: 'Work by keyboard' }).uncheck();
    await page.reload();
    await page.keyboard.press('p');
    expect(await page.locator('#note-parked').isVisible()).toBe(false);
    await page.getByRole('switch', { name: 'Work by keyboard' }).check();
    await page.keyboard.press('p');
    await page.locator('#note-parked').waitFor();
  });

  test('whoever types sees a question alike, and nothing they type leaves the browser', async () => {
    const { ada, event } = await asked(['Who signs for the mistake of an agent?', 'Is it warm?'], false);
    const { page, noticed } = await windowOf(false);
    const listed = page.waitForResponse((response) => response.url().endsWith('/questions/list'));
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(`${linkOf(world, event, ada)}/questions`);
    await listed;
    await page.getByLabel('Your question', { exact: true }).fill('Who signs for mistakes of agents');
    const link = page.locator('[data-similar] a');
    await link.waitFor();
    expect(await link.allTextContents()).toEqual(['Who signs for the mistake of an agent?']);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((one) => one.includes('mistakes'))).toEqual([]);
    await page.getByLabel('Your question', { exact: true }).fill('Something else entirely, please');
    await link.waitFor({ state: 'detached' });
    expect(noticed()).toEqual([]);
  });
});
