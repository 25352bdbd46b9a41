// Pages of asking without a name that were opened before the event began and pressed after it.
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import type { Person } from '../../src/store/people/people.ts';
import { wallOf } from '../../src/store/questions/wall.ts';
import { linkOf, published } from '../support/events.ts';
import { loseWhatWaits } from '../support/nameless/loss.ts';
import { askNameless, handsOf, publishNext } from '../support/nameless/slips.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';
import { phone } from './window.ts';

vi.setConfig({ testTimeout: 600_000 });

const port = await freePort();

needs('chromium')('a page opened before the event began', () => {
  const { world, windowOn } = useListeningWorld(port);

  /** Ada's window, in which she has asked. */
  async function asked(question: string) {
    const ada = await world.addPerson({ name: 'Ada' });
    const others: Person[] = [];
    for (let n = 0; n < 5; n++) others.push(await world.addPerson());
    const event = await published(world, [ada, ...others]);
    const hands = await handsOf(world.ctx, event, others);
    const link = linkOf(world, event, ada);
    const { page, context } = await windowOn({ viewport: phone });
    page.setDefaultTimeout(300_000);
    await page.goto(`${link}/questions`);
    await page.getByRole('switch', { name: 'Send it without my name' }).waitFor();
    await page.getByLabel('Your question', { exact: true }).fill(question);
    await page.getByRole('button', { name: 'Send question' }).click();
    await page.locator('[data-is-sent]:not([hidden])').waitFor();
    const wall = () => wallOf(world.db, event.id, ada.id);
    const texts = async () => (await wall()).map(({ text }) => text).sort();
    return { event, hands, link, page, context, wall, texts };
  }

  const mine = (page: Page) => page.locator('#mine');
  async function begin() {
    world.clock.now = Temporal.Instant.from('2026-12-10T15:05:00Z');
    await tick(world.ctx);
  }

  test('changes, withdraws and counts nothing at once that it let wait, and says so; pressed again it does', async () => {
    const { event, hands, link, page, context, wall, texts } = await asked('Frist?');
    const four = ['Question 0', 'Question 1', 'Question 2', 'Question 3'];
    for (const [n, text] of four.entries()) await askNameless(world.ctx, event, hands[n]!.ask[0]!, text);
    await publishNext(world);
    await page.goto(`${link}/my-questions`);
    await mine(page).getByText('It is on the wall.').waitFor();
    const onWall = await context.newPage();
    onWall.setDefaultTimeout(300_000);
    await onWall.goto(`${link}/questions`);
    await onWall.locator('[data-ballot]:not([hidden])').waitFor({ state: 'attached' });
    await begin();

    const votes = async () => (await wall()).reduce((sum, one) => sum + one.votes, 0);
    await onWall.locator('[data-vote]').first().click();
    await onWall
      .locator('#status', { hasText: 'The event has begun, so your vote would count at once.' })
      .waitFor();
    expect([await votes(), await onWall.locator('[aria-pressed=true]').count()]).toEqual([0, 0]);
    await onWall.reload();
    await onWall.locator('[data-ballot]:not([hidden])').waitFor({ state: 'attached' });
    await onWall.locator('[data-vote]').first().click();
    await onWall.locator('#status', { hasText: 'Counted: you wonder too.' }).waitFor();
    expect(await votes()).toBe(1);

    await mine(page).locator('summary', { hasText: 'Edit' }).click();
    await mine(page).locator('[data-words]').fill('First?');
    await mine(page).getByRole('button', { name: 'Save' }).click();
    await mine(page).getByText('so your new words would appear at once. They were not saved.').waitFor();
    expect(await texts()).toEqual(['Frist?', ...four]);
    expect(await mine(page).locator('[data-words]').inputValue()).toBe('First?');
    await mine(page).getByRole('button', { name: 'Save' }).click();
    await mine(page).locator('[data-text]', { hasText: 'First?' }).waitFor();
    expect(await texts()).toEqual(['First?', ...four]);
  });

  test('withdraws nothing at once, and shows what the evening’s page promises', async () => {
    const { event, hands, link, page, texts } = await asked('Mine?');
    for (const n of [0, 1, 2, 3]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Question ${n}`);
    await publishNext(world);
    await page.goto(`${link}/my-questions`);
    await mine(page).getByText('A withdrawn question disappears at').waitFor();
    await begin();
    await mine(page).getByRole('button', { name: 'Withdraw' }).click();
    await mine(page).getByText('so your question would vanish at once').waitFor();
    await mine(page).getByText('A withdrawn question disappears at').waitFor({ state: 'detached' });
    expect(await texts()).toContain('Mine?');
    await mine(page).getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('You have asked nothing without your name').waitFor();
    expect(await texts()).not.toContain('Mine?');
  });

  test.each([
    ['now', 'Show it now', 'Without a name'],
    ['with her name', 'Ask it with my name', 'You'],
  ])('whose question was lost before it was shown lets Ada show it %s', async (_how, press, by) => {
    const { link, page, texts } = await asked('Lost?');
    await loseWhatWaits(world);
    await begin();
    await page.addInitScript('{ const now = Date.now; Date.now = () => now() + 11 * 60_000; }');
    await page.goto(`${link}/questions`);
    await page.getByText('One of your questions without a name has not been shown.').waitFor();
    expect(await texts()).toEqual([]);
    await page.goto(`${link}/my-questions`);
    await mine(page).getByText('It had not reached the wall when the event began').waitFor();
    expect(await lookAt(page)).toEqual([]);
    await page.getByRole('button', { name: press }).click();
    if (press === 'Show it now') await mine(page).getByText('It is on the wall.').waitFor();
    else await page.getByText('You have asked nothing without your name').waitFor();
    expect(await texts()).toEqual(['Lost?']);
    await page.goto(`${link}/questions`);
    await page.locator('.q', { hasText: 'Lost?' }).getByText(by).first().waitFor();
  });
});
