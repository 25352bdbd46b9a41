// The projector in each of its states: all of it fits on the screen, and the last row can read it.
import { randomUUID } from 'node:crypto';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { pressRun } from '../../src/actions/live/press.ts';
import { keepNote } from '../../src/actions/notes/notes.ts';
import { ask, wonder } from '../../src/actions/questions/ask.ts';
import { pressLive } from '../../src/actions/questions/live.ts';
import type { PressKind } from '../../src/domain/live/state.ts';
import type { Person } from '../../src/store/people/people.ts';
import { wallOf } from '../../src/store/questions/wall.ts';
import { planSeats, tablePlans } from '../../src/store/schema/index.ts';
import { published, teamOf } from '../support/events.ts';
import { needs } from '../support/needs.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Sizes of projectors and of large screens. */
const sizes = [
  [1920, 1080],
  [1280, 720],
  [1024, 768],
  [3840, 2160],
] as const;

/** Names what is smaller than a thirtieth of the height, lies outside the window or sticks out of its box. */
const unreadable = `[...document.querySelectorAll('.stage *, #status')]
  .filter((one) => [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
  .filter((one) => one.localName !== 'title' && !one.closest('.vh') && one.checkVisibility())
  .flatMap((one) => {
    const { top, bottom, left, right } = one.getBoundingClientRect();
    const text = one.textContent.trim().slice(0, 40);
    const size = parseFloat(getComputedStyle(one).fontSize);
    const small = size < innerHeight / 30 ? ['small (' + size.toFixed(1) + ' px): ' + text] : [];
    const isCut = top < -1 || left < -1 || bottom > innerHeight + 1 || right > innerWidth + 1;
    return isCut ? [...small, 'cut (' + [top, bottom, left, right].map(Math.round) + '): ' + text] : small;
  })
  .concat([...document.querySelectorAll('.whole')].flatMap((one) =>
    one.getClientRects().length > 1 ? ['broken: ' + one.textContent] : []))
  .concat(document.documentElement.scrollHeight > innerHeight + 1 ? ['scrolls'] : [])`;

const twoFrames = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))';

const colours = { runOnly: { type: 'rule', values: ['color-contrast'] } };
const faint = `axe.run('.stage', ${JSON.stringify(colours)}).then(({ violations }) =>
  violations.flatMap(({ nodes }) => nodes.map(({ html }) => 'faint: ' + html.slice(0, 90))))`;

const surnames = [
  'Lindqvist',
  'van den Bergh-Oosterhuis',
  'Fontaine',
  'Weber',
  'Okonkwo',
  'Nordby',
  'Saarinen',
];
const first = ['Margareta', 'Bartholomeus', 'Claire', 'Rolf', 'Ada', 'Bo', 'Eva', 'Finn'];
const trends = [
  'Agents that do office work on their own',
  'Sites that are too hot to work on',
  'Proof',
  'Skills',
  'Energy that is sold by the hour',
];
const longQuestion =
  'If an agent approves an invoice it should not have, and the supplier has already delivered and been paid, who signs for the mistake, who tells the auditor, and would any one of us have noticed before the end of the quarter, when the books are closed and the bonuses have been worked out and paid?'.slice(
    0,
    280,
  );

needs('chromium')('the projector', async () => {
  const port = await freePort();
  const { world, windowOn } = useListeningWorld(port);

  /** An evening of 34 people at 5 tables in 3 rounds. */
  async function evening() {
    const people: Person[] = [];
    for (let n = 0; n < 34; n++)
      people.push(
        await world.addPerson({
          name: `${first[n % first.length]} ${surnames[n % surnames.length]}`,
          side: n < 12 ? 'talent' : 'senior',
        }),
      );
    const hosts = people.slice(0, 5);
    const topics = [];
    for (const [n, trend] of trends.entries()) topics.push(await teamOf(world, trend, [hosts[n]!]));
    const headline =
      'Five trends that already reach your desk, and what the five of them want from you by spring';
    const event = await published(world, people, { topics, headline });
    await world.sql`UPDATE rsvps SET state = 'coming'`;
    await world.sql`UPDATE blocks SET question = 'Which task would you never hand over, and what would have to be true for you to hand it over after all?'
      WHERE kind = 'talk' AND title <> 'Round 3'`;
    const values = {
      eventId: event.id,
      state: 'published',
      rounds: 3,
      tables: 5,
      changedAt: world.clock.now,
    } as const;
    const [plan] = await world.db.insert(tablePlans).values(values).returning();
    await world.db.insert(planSeats).values(
      people.map(({ id }, n) => ({
        planId: plan!.id,
        personId: id,
        tables:
          n < 5 ? [n + 1, n + 1, n + 1] : [0, 1, 2].map((round) => ((n + round * (1 + (n % 3))) % 5) + 1),
      })),
    );
    for (const text of [
      'Who signs?',
      'Which of our sites will be too hot to work on in July, and who says so?',
      longQuestion,
    ])
      await ask(world.ctx, {
        eventId: event.id,
        authorId: people[20]!.id,
        topicId: null,
        text,
        formKey: randomUUID(),
      });
    return { event, hosts, people };
  }

  test('shows all of each state, large enough, in light, dark and forced colours', async () => {
    const { event, hosts, people } = await evening();
    world.clock.now = Temporal.Instant.from('2026-12-10T14:30:00Z');
    const page = await signedIn();
    const wrong: string[] = [];
    const seen = new Set<string>();
    const inColours = ['over time, and the clock stands still', 'the notes of one table'];
    const look = async (state: string) => {
      await page.goto(`/events/${event.id}/live/screen`);
      const face = (await page.locator('.stage').getAttribute('data-face'))!;
      const isNew = !seen.has(face) || inColours.includes(state);
      seen.add(face);
      const found = [...(await wrongInSizes(page)), ...(isNew ? await wrongInColours(page) : [])];
      wrong.push(...found.map((one) => `${state}, ${one}`));
    };
    const press = (made: PressKind) =>
      pressRun(world.ctx, event.id, made, { byId: world.organiser.id, key: randomUUID(), secondsAgo: 0 });
    const next = (from: number) => press({ kind: 'next', from });
    const pass = (minutes: number) => world.clock.advance({ seconds: minutes * 60 });
    const questions = await wallOf(world.db, event.id, people[20]!.id);
    const show = async (text: string) =>
      pressLive(world.ctx, event.id, questions.find((one) => one.text === text)!.id, { state: 'table' });

    await look('before');
    world.clock.now = Temporal.Instant.from('2026-12-10T15:02:00Z');
    await look('late');
    await press({ kind: 'start', ends: 'later' });
    await look('arriving');
    await next(0);
    await look('welcome');
    await next(1);
    pass(21);
    await look('the question of the round, warned');
    for (const { id } of people.slice(10, 34)) await wonder(world.ctx, event.id, questions[0]!.id, id, true);
    for (const { text } of questions) {
      await show(text);
      await look(`a question of ${text.length} signs`);
    }
    pass(6);
    await press({ kind: 'pause' });
    await look('over time, and the clock stands still');
    await next(2);
    await look('moving');
    for (const shows of ['black', 'code'] as const) {
      await press({ kind: 'screen', shows, text: '' });
      await look(shows);
    }
    const text = `${'Please come back from the terrace to the tables. '.repeat(2)}The next round begins in two minutes.`;
    await press({ kind: 'screen', shows: 'message', text });
    await look('a message');
    await press({ kind: 'screen', shows: 'follow', text: '' });
    await next(3);
    await next(4);
    await next(5);
    await pressLive(world.ctx, event.id, questions.at(-1)!.id, { state: 'answered' });
    await look('a round without a question');
    await next(6);
    await look('a harvest without notes');
    for (const [n, host] of hosts.entries())
      for (const kind of ['idea', 'worry', 'follow'] as const)
        await keepNote(world.ctx, event.id, host.id, {
          ...{ id: randomUUID(), table: n + 1, round: 3, kind },
          text: `${kind} ${n}: two signatures above ten thousand euros, one of them human, and a name beside each one of the drafts we send`,
        });
    await look('the notes of all tables');
    await press({ kind: 'turn', from: 0 });
    await look('the notes of one table');
    await next(7);
    await look('drinks');
    await press({ kind: 'end' });
    await look('after the end');
    expect(wrong).toEqual([]);
    expect(seen).toEqual(new Set(['large', 'question', 'places', 'black', 'code', 'message', 'harvest']));
  });

  async function signedIn() {
    const { context, page } = await windowOn({
      viewport: { width: 1920, height: 1080 },
      reducedMotion: 'no-preference',
    });
    const { cookies } = await world.browserOf(world.organiser);
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: world.ctx.baseUrl })));
    return page;
  }

  /** Names what is wrong in any size. */
  async function wrongInSizes(page: Page): Promise<string[]> {
    await page.evaluate('document.fonts.ready.then(() => true)');
    const found: string[] = [];
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await page.evaluate(twoFrames);
      found.push(...(await page.evaluate<string[]>(unreadable)).map((one) => `${width} × ${height}: ${one}`));
    }
    return found;
  }

  /** Names what is hard to read in light, dark or forced colours. */
  async function wrongInColours(page: Page): Promise<string[]> {
    const found: string[] = [];
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.evaluate(axe.source);
    for (const media of [
      { colorScheme: 'light', forcedColors: 'none' },
      { colorScheme: 'dark', forcedColors: 'none' },
      { colorScheme: 'dark', forcedColors: 'active' },
    ] as const) {
      await page.emulateMedia(media);
      found.push(...(await page.evaluate<string[]>(faint)).map((one) => `${JSON.stringify(media)}: ${one}`));
    }
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    return found;
  }
});
