// An evening run from a phone: presses that are meant, taken back, kept without a connection, and a projector that follows.
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { ask } from '../../src/actions/questions/ask.ts';
import { liveNow } from '../../src/domain/live/now.ts';
import * as runs from '../../src/store/live/runs.ts';
import type { Person } from '../../src/store/people/people.ts';
import { events, planSeats, tablePlans } from '../../src/store/schema/index.ts';
import { published, teamOf } from '../support/events.ts';
import { needs } from '../support/needs.ts';
import { freePort } from '../support/process.ts';
import { useListeningWorld } from './listening-world.ts';
import { phone } from './window.ts';

vi.setConfig({ testTimeout: 120_000 });

const port = await freePort();

needs('chromium')('an evening run from a phone', () => {
  const { world, windowOn } = useListeningWorld(port);

  async function evening() {
    const guests: Person[] = [];
    for (const name of ['Ada Lovelace', 'Bo Hansen', 'Cleo Dahl', 'Dag Lie', 'Eva Moe', 'Finn Aas'])
      guests.push(await world.addPerson({ name }));
    const fia = await world.addPerson({ name: 'Fia Berg', side: 'talent' });
    const topics = [await teamOf(world, 'Agents doing office work', [fia]), await teamOf(world, 'Heat', [])];
    const event = await published(world, guests, { topics });
    await world.db.update(events).set({ facilitatorId: fia.id });
    for (const text of ['Who signs for the mistake of an agent?', 'Which of our sites will be too hot?'])
      await ask(world.ctx, {
        eventId: event.id,
        authorId: guests[0]!.id,
        topicId: null,
        text,
        formKey: randomUUID(),
      });
    const plan = {
      eventId: event.id,
      state: 'published',
      rounds: 3,
      tables: 2,
      changedAt: world.clock.now,
    } as const;
    const [made] = await world.db.insert(tablePlans).values(plan).returning();
    await world.db.insert(planSeats).values(
      guests.map(({ id }, n) => ({
        planId: made!.id,
        personId: id,
        tables: [1 + (n % 2), 2 - (n % 2), 1],
      })),
    );
    world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
    return { event, fia };
  }

  async function open(person: Person, path: string, options = {}): Promise<Page> {
    const { context, page } = await windowOn({ viewport: phone, ...options });
    const { cookies } = await world.browserOf(person);
    await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: world.ctx.baseUrl })));
    await page.goto(path);
    return page;
  }
  const following = (page: Page) => page.locator('#live[data-follows]').waitFor({ state: 'attached' });
  const onNow = async (event: { id: number }) =>
    liveNow((await runs.find(world.db, event.id))?.state, world.clock.now)?.title;

  test('held, pressed twice, taken back by the other phone, and kept while the connection is gone', async () => {
    const { event, fia } = await evening();
    const live = `/events/${event.id}/live`;
    const ida = await open(world.organiser, live);
    const other = await open(fia, live);
    await following(ida);
    await following(other);
    await ida.getByRole('button', { name: 'Start', exact: true }).click();
    await other.getByText('Arrive, ends 16:10').waitFor();

    // A tap opens; the press inside it means it. The other facilitator takes it back.
    await ida.locator('.run-dock summary').click();
    expect(await onNow(event)).toBe('Arrive');
    await ida.getByRole('button', { name: 'Yes, Welcome now' }).click();
    await other.getByRole('button', { name: 'Back to Arrive' }).click();
    await ida.getByText('Arrive, ends 16:10').waitFor();
    expect(await onNow(event)).toBe('Arrive');

    // Held for half a second.
    const box = (await ida.locator('.run-dock summary').boundingBox())!;
    await ida.mouse.move(box.x + 20, box.y + 20);
    await ida.mouse.down();
    await other.getByText('Welcome, ends 16:05').waitFor();
    await ida.mouse.up();

    // Without a connection two presses wait on the phone, the page is closed, and both arrive once it is open again.
    await ida.context().setOffline(true);
    for (const _ of [1, 2]) await ida.getByRole('button', { name: '+2 min' }).click();
    await ida
      .locator('#unsent')
      .getByText('2 presses wait for the connection. They are kept on this phone.')
      .waitFor();
    await ida.close({ runBeforeUnload: false });
    expect(await other.getByText('Welcome, ends 16:05').isVisible()).toBe(true);
    const context = ida.context();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(live);
    await other.getByText('Welcome, ends 16:09').waitFor();
  });

  test('the projector follows, and shows nothing of what goes wrong', async () => {
    const { event } = await evening();
    const live = `/events/${event.id}/live`;
    const ida = await open(world.organiser, live);
    await following(ida);
    const screen = await open(world.organiser, `${live}/screen`, { viewport: { width: 1280, height: 720 } });
    await following(screen);
    await screen.getByText('2 questions are on the wall.').waitFor();
    await ida.getByRole('button', { name: 'Start', exact: true }).click();
    await screen.getByText('Arrive, ends 16:10').waitFor();
    for (const block of ['Welcome', 'Round 1']) {
      const name = `Yes, ${block} now`;
      await ida.locator('.run-dock summary').click();
      await ida.getByRole('button', { name }).click();
      await ida.getByText(`${block}, ends`).waitFor();
    }
    await ida.getByText('Round 1, ends 16:25').waitFor();
    await ida.getByRole('button', { name: 'Show' }).first().click();
    await screen.getByText('Which of our sites will be too hot?').waitFor();
    await ida.locator('.run-dock summary').click();
    await ida.getByRole('button', { name: 'Yes, call the move' }).click();
    await screen.getByText('To table 2').waitFor();
    await ida.getByRole('button', { name: 'Black' }).click();
    await screen.locator('[data-face="black"]').waitFor();
    await ida.getByRole('button', { name: 'Follow' }).click();
    await screen.getByText('To table 2').waitFor();

    // The server is gone: the clock runs on, and nothing is said to the room.
    await screen.context().setOffline(true);
    const clock = screen.locator('.clock strong');
    const before = await clock.textContent();
    await vi.waitFor(async () => expect(await clock.textContent()).not.toBe(before), 5000);
    expect(await screen.locator('.notice:visible').count()).toBe(0);
  });

  test('without scripts: two presses for the move, a refresh to follow', async () => {
    const { event } = await evening();
    const page = await open(world.organiser, `/events/${event.id}/live`, { javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('.run-dock summary').click();
    await page.getByRole('button', { name: 'Yes, Welcome now' }).click();
    await page.getByText('Welcome, ends 16:05').waitFor();
    await page.getByRole('button', { name: 'Back to Arrive' }).click();
    expect(await onNow(event)).toBe('Arrive');
  });
});
