// Asking without a name in a real browser, with the database open beside it.
import { sql } from 'drizzle-orm';
import type { Page, Request } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import { wonderWithoutName } from '../../src/actions/questions/nameless-votes.ts';
import type { Person } from '../../src/store/people/people.ts';
import { linkOf, published } from '../support/events.ts';
import { waitingQuestions, waitingVotes } from '../support/nameless/loss.ts';
import { askNameless, handsOf, publishNext } from '../support/nameless/slips.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';
import { phone } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

const port = await freePort();

needs('chromium')('asking without a name', () => {
  const { world, windowOn: anyWindow } = useListeningWorld(port);
  const windowOn = (options = {}) => anyWindow({ viewport: phone, ...options });

  /** Six guests, of whom all but Ada have been here and hold slips. */
  async function circle() {
    const ada = await world.addPerson({ name: 'Ada' });
    const others: Person[] = [];
    for (let n = 0; n < 5; n++) others.push(await world.addPerson());
    const event = await published(world, [ada, ...others]);
    const hands = await handsOf(world.ctx, event, others);
    return { ada, event, hands, link: linkOf(world, event, ada) };
  }

  /** Ada's page of the wall with questions of all the others, once her ballot is there. */
  async function wallToVoteOn({ evening = false, script = '' } = {}) {
    const { event, hands, link } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'What about us?');
    await publishNext(world);
    if (evening) world.clock.now = Temporal.Instant.from('2026-12-10T15:05:00Z');
    const { page, context } = await windowOn();
    if (script) await context.addInitScript(script);
    await page.goto(`${link}/questions`);
    await page.locator('[data-ballot]:not([hidden])').waitFor({ state: 'attached' });
    const button = page.getByRole('button', { name: 'I wonder too' }).first();
    return { event, hands, link, page, context, button };
  }

  const nameless = (page: Page) => page.getByRole('switch', { name: 'Send it without my name' });
  const count = async (table: string) => {
    const [row] = await world.db.execute<{ n: number }>(sql.raw(`SELECT count(*)::int AS n FROM ${table}`));
    return row!.n;
  };

  async function askHere(page: Page, words: string): Promise<string> {
    await page.getByLabel('Your question', { exact: true }).fill(words);
    await page.getByRole('button', { name: 'Send question' }).click();
    await page.getByText('Sent without your name.').waitFor();
    return (await page.locator('output[data-code]').textContent())!;
  }

  test('takes two presses and typing; what is stored leads nowhere, and the code works on another device', async () => {
    const { ada, event, hands, link } = await circle();
    const { page, noticed } = await windowOn();
    const requests: Request[] = [];
    page.on('request', (request) => request.url().includes('/anon/') && requests.push(request));
    await page.context().addCookies([{ name: 'sid', value: 'not-to-be-sent', url: world.ctx.baseUrl }]);
    await page.goto(link);
    await nameless(page).waitFor();
    expect(await nameless(page).isChecked()).toBe(true);
    expect(await count(`slips_issued WHERE person_id = ${ada.id}`)).toBe(4);
    const code = await askHere(page, 'Who signs for the mistake?');
    expect(code.replaceAll(' ', '')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    // Once the slips are there, a question is one request.
    const sent = await Promise.all(
      requests.map(async (request) => ({
        path: new URL(request.url()).pathname,
        headers: await request.allHeaders(),
      })),
    );
    expect(sent.map(({ path }) => path)).toEqual([`/anon/events/${event.id}/keys`, '/anon/questions']);
    expect(sent.filter(({ headers }) => headers.cookie || headers.referer)).toEqual([]);
    expect([await count('nameless_questions'), waitingQuestions(world)]).toEqual([
      0,
      ['Who signs for the mistake?'],
    ]);

    const elsewhere = await windowOn();
    await elsewhere.page.goto('/my-question');
    await elsewhere.page.getByLabel('The code of a question').fill(code.toLowerCase());
    await elsewhere.page.getByRole('button', { name: 'Find it' }).click();
    await elsewhere.page
      .locator('#mine')
      .getByText('It waits for those of at least four other people.')
      .waitFor();
    for (const n of [0, 1, 2, 3]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Question ${n}`);
    await publishNext(world);
    await elsewhere.page.reload();
    expect(await elsewhere.page.getByRole('listitem').count()).toBe(0);

    await page.goto(`${link}/my-questions`);
    await page.locator('#mine').getByText('It is on the wall.').waitFor();
    await page.locator('#mine').getByText('Edit', { exact: true }).click();
    await page.locator('#mine').getByLabel('Your question').fill('Who signs for it?');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .locator('#mine')
      .getByText('Your new words wait. At 16:00 the present ones disappear')
      .waitFor();
    await page.goto(`${link}/questions`);
    await page.getByText('Who signs for the mistake?').waitFor();
    await publishNext(world);
    await page.reload();
    await page.getByText('Question 0').waitFor();
    expect(await page.getByText('Who signs for the mistake?').count()).toBe(0);
    expect(waitingQuestions(world)).toEqual(['Who signs for it?']);
    expect(noticed()).toEqual([]);
    expect(elsewhere.noticed()).toEqual([]);
  });

  test('“I wonder too” without a name waits for four others; its own page shows it at once, and it is withdrawn', async () => {
    const { page, button } = await wallToVoteOn();
    await page.getByText('Votes carry no names.').waitFor({ state: 'attached' });
    await button.click();
    await page.locator('#status', { hasText: 'Noted: you wonder too.' }).waitFor();
    const mine = page.locator('[data-vote][aria-pressed=true]');
    expect(await mine.locator('b').textContent()).toBe('1');
    expect([await count('ballot_votes'), await count('votes_on_nameless')]).toEqual([0, 0]);
    await page.reload();
    await mine.locator('b', { hasText: '1' }).waitFor();
    await mine.click();
    await page.locator('#status', { hasText: 'Taken back.' }).waitFor();
    expect(await page.locator('[data-vote][aria-pressed=false] b', { hasText: /^0$/ }).count()).toBe(5);
  });

  test('once five people vote the total counts each once, also the one who sees their own', async () => {
    const { page, button, event, hands, link } = await wallToVoteOn();
    await button.click();
    await page.locator('#status', { hasText: 'Noted: you wonder too.' }).waitFor();
    const id = (await page.locator('[data-vote][aria-pressed=true]').getAttribute('data-vote'))!;
    const own = page.locator(`[data-vote="${id}"] b`);
    for (const { vote, counter } of hands.slice(0, 4))
      await wonderWithoutName(world.ctx, {
        eventId: event.id,
        questionId: id,
        slip: vote[0]!,
        on: true,
        counter: counter[0],
      });
    await page.reload();
    await page.locator('[data-vote][aria-pressed=true]').waitFor();
    expect(await own.textContent()).toBe('1');
    await publishNext(world);
    await page.goto(`${link}/questions`);
    await page.locator('[data-vote][aria-pressed=true]').waitFor();
    await vi.waitFor(async () => expect(await own.textContent()).toBe('5'));
  });

  test('on the evening a vote is counted once where the page hears of it before its own answer comes', async () => {
    const { page, button } = await wallToVoteOn({
      evening: true,
      script: `{
      const fetched = window.fetch;
      window.fetch = async (address, ...rest) => {
        const answer = await fetched(address, ...rest);
        if (String(address).includes('/anon/votes')) await new Promise((done) => setTimeout(done, 1500));
        return answer;
      };
    }`,
    });
    await page.locator('#live[data-follows]').waitFor({ state: 'attached' });
    await button.click();
    await button.locator('b', { hasText: '1' }).waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await page.locator('[data-vote][aria-pressed=true]').waitFor();
    expect(await button.locator('b').textContent()).toBe('1');
  });

  test('a vote that finds no connection says so, and counts when it is pressed again', async () => {
    const { page, context, button } = await wallToVoteOn();
    await context.setOffline(true);
    await button.click();
    await page.locator('#status', { hasText: 'could not be reached. Try again' }).waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await context.setOffline(false);
    await button.click();
    await page.locator('[data-vote][aria-pressed=true]').waitFor();
    expect(await waitingVotes(world)).toBe(1);
  });

  test('with its storage cleared a browser gets a second batch, and then says why there is no third', async () => {
    const { link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await nameless(page).waitFor();
    await page.evaluate("indexedDB.deleteDatabase('flipside')");
    await page.reload();
    await nameless(page).waitFor();
    await page.evaluate("indexedDB.deleteDatabase('flipside')");
    await page.reload();
    await page.getByText('Two of your devices can ask without your name already.').waitFor();
    expect(await nameless(page).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Ask with my name instead' }).waitFor();
  });

  test('whoever leaves the page before the slips arrive gets the same ones on the next', async () => {
    const { ada, link } = await circle();
    const { page } = await windowOn();
    await page.route('**/slips', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.goto(link);
    await page.getByText('this browser can’t send without your name yet').waitFor();
    await page.unroute('**/slips');
    await page.goto(`${link}/questions`);
    await nameless(page).waitFor();
    expect(await count(`slips_issued WHERE person_id = ${ada.id}`)).toBe(4);
    await askHere(page, 'Still three?');
  });

  test('a changed key is refused: nothing goes out without the name', async () => {
    const { event, link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await nameless(page).waitFor();
    const { publicKey } = await world.ctx.newKeyPair!();
    await world.db.execute(
      sql`UPDATE slip_keys SET public_key = ${publicKey} WHERE event_id = ${event.id} AND purpose = 'ask'`,
    );
    await world.db.execute(sql`UPDATE events SET lede = 'Other words' WHERE id = ${event.id}`);
    await page.reload();
    await page.getByText('The keys of this event have changed since you first came here.').waitFor();
    expect(await nameless(page).isVisible()).toBe(false);
  });

  test('two tabs share the slips, and never send the same one twice', async () => {
    const { link } = await circle();
    const { page, context } = await windowOn();
    const other = await context.newPage();
    await Promise.all([page.goto(link), other.goto(link)]);
    await Promise.all([nameless(page).waitFor(), nameless(other).waitFor()]);
    expect(await count('slips_issued')).toBe(24);
    await Promise.all([askHere(page, 'From one tab?'), askHere(other, 'From the other?')]);
    expect(waitingQuestions(world).sort()).toEqual(['From one tab?', 'From the other?']);
  });

  test('where a question is refused, the words and the slip are still there', async () => {
    const { event, link } = await circle();
    const { page } = await windowOn();
    await page.goto(link);
    await nameless(page).waitFor();
    await world.db.execute(sql`UPDATE events SET nameless_asking = false WHERE id = ${event.id}`);
    await tick(world.ctx);
    await page.getByLabel('Your question', { exact: true }).fill('Still mine?');
    await page.getByRole('button', { name: 'Send question' }).click();
    await page
      .getByText('Asking without a name is off for this event. Your question was not sent.')
      .waitFor();
    expect(await page.getByLabel('Your question', { exact: true }).inputValue()).toBe('Still mine?');
    await world.db.execute(sql`UPDATE events SET nameless_asking = true WHERE id = ${event.id}`);
    await tick(world.ctx);
    await askHere(page, 'Still mine?');
    expect([await count('questions'), waitingQuestions(world)]).toEqual([0, ['Still mine?']]);
  });

  test('without scripts, and under five invited, the page says why it is off and one asks with one’s name', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const few = await published(world, [ada]);
    const { page } = await windowOn();
    await page.goto(linkOf(world, few, ada));
    await page.getByText('You can ask without your name once five people are invited').waitFor();
    expect(await nameless(page).isVisible()).toBe(false);
    const { link } = await circle();
    const plain = await windowOn({ javaScriptEnabled: false });
    await plain.page.goto(link);
    await plain.page
      .locator('noscript p', { hasText: 'Asking without your name needs JavaScript' })
      .waitFor();
    await plain.page.getByLabel('Your question', { exact: true }).fill('With my name?');
    await plain.page.locator('noscript [name=named]').click();
    await plain.page.waitForURL(/said=asked/);
    expect([await count('questions'), waitingQuestions(world)]).toEqual([1, []]);
  });

  test('passes axe on every state: on, sent, and one’s own questions', async () => {
    const { link } = await circle();
    const { page } = await windowOn();
    await page.goto(`${link}/questions`);
    await nameless(page).waitFor();
    await page.getByText('What this promises, and what not').click();
    expect(await lookAt(page)).toEqual([]);
    await askHere(page, 'Is this readable?');
    expect(await lookAt(page)).toEqual([]);
    await page.goto(`${link}/my-questions`);
    await page.locator('#mine').getByText('It waits for those of at least four other people.').waitFor();
    expect(await lookAt(page)).toEqual([]);
  });
});
