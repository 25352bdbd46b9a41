// An organiser seats everyone, moves one person, publishes and prints: with scripts, and without them.
import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pressAtDoor } from '../../src/actions/guests/door.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import { plansOf, tablesOf, withMet } from '../../src/actions/tables/evening.ts';
import { runSeating } from '../../src/actions/tables/seating.ts';
import { listsOf, questionOf } from '../../src/domain/tables/wishes.ts';
import * as events from '../../src/store/events/events.ts';
import { findSeating } from '../../src/store/tables/seatings.ts';
import { check } from '../planning/tables/checker.ts';
import type { House } from '../support/demo-house.ts';
import { needs } from '../support/needs.ts';
import { checkPlan } from '../support/tables/plan-checker.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone } from './window.ts';

vi.setConfig({ testTimeout: 1_200_000 });

needs('chromium')('everyone at the right table', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];
  let event: events.Event;

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
    event = (await events.all(house.ctx.db)).find(({ name }) => name === 'Winter round')!;
  });
  afterAll(() => close());

  async function organiser(options: Parameters<typeof openWindow>[2]) {
    const window = await openWindow(chromium, house.ctx.baseUrl, options);
    window.page.setDefaultTimeout(30_000);
    await window.page.goto('/');
    await window.page.getByRole('button', { name: 'Organiser', exact: true }).click();
    await window.page.waitForURL('**/events');
    await window.page.goto(`/events/${event.id}/tables`);
    return window;
  }

  /** Seats everyone as the queue of the running program does. */
  async function planner(): Promise<void> {
    const { run } = (await findSeating(house.ctx.db, event.id))!;
    await runSeating(house.ctx, { eventId: event.id, run }, { seconds: 2 });
  }

  const plan = async () => {
    const found = (await events.find(house.ctx.db, event.id))!;
    const tables = await withMet(house.ctx.db, found, await tablesOf(house.ctx.db, found));
    return { tables, ...(await plansOf(house.ctx.db, event.id, tables)) };
  };

  /** Finds the table of the first guest in this round, and another one they could move to. */
  async function pick(page: Page) {
    const seat = page.locator('.floor .table').first().locator('input[name="who"]').last();
    const [id, from] = (await seat.getAttribute('value'))!.split('.').map(Number) as [number, number];
    return { seat, id, from };
  }

  test('one press seats everyone, and every rule holds in what the database has', async () => {
    const { page, noticed, context } = await organiser({});
    await page.getByRole('button', { name: 'Seat everyone' }).click();
    await page.getByRole('button', { name: 'Keep this one' }).waitFor();
    await planner();
    await page.locator('.floor input[name="who"]').first().waitFor();
    const { tables, seats } = await plan();
    const found = check(questionOf(tables), listsOf(seats, tables.rounds, tables.tables));
    expect(found).toMatchObject({ broken: [], apart: 0, together: 0, mix: 0 });
    expect(seats.size).toBe(tables.people.length);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('on a phone without scripts: pick, then press a table; one press takes it back', async () => {
    const { page, context } = await organiser({ viewport: phone, javaScriptEnabled: false });
    const { seat, id, from } = await pick(page);
    await seat.check({ force: true });
    await page.locator('.floor .table').nth(1).getByRole('button').click();
    await page.getByText('Moved.', { exact: true }).waitFor({ state: 'attached' });
    expect((await plan()).seats.get(id)![0]).not.toBe(from);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect((await plan()).seats.get(id)![0]).toBe(from);
    await context.close();
  });

  test('by keyboard alone: space picks, enter puts, and the focus stays near', async () => {
    const { page, noticed, context } = await organiser({});
    const { seat, id, from } = await pick(page);
    await seat.focus();
    await page.keyboard.press('Space');
    await page.locator('.floor .table').nth(1).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await plan()).seats.get(id)![0]).not.toBe(from);
    await page.locator('#plan-undo').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await plan()).seats.get(id)![0]).toBe(from);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('dragged from one table to another they sit there, as with two presses', async () => {
    const { page, noticed, context } = await organiser({});
    const { id, from } = await pick(page);
    await page.locator(`label.seat:has(#seat-${id})`).dragTo(page.locator('.floor .table').nth(1));
    await expect.poll(async () => (await plan()).seats.get(id)![0]).not.toBe(from);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await plan()).seats.get(id)![0]).toBe(from);
    expect(noticed()).toEqual([]);
    await context.close();
  });

  test('published, everyone with a seat has a card to print', async () => {
    const { page, context } = await organiser({});
    await page.getByRole('button', { name: 'Publish the tables' }).click();
    await page.getByText('Published. Guests and hosts see this plan.').waitFor();
    await page.getByRole('link', { name: 'Print' }).click();
    const { publishedSeats } = await plan();
    expect(await page.locator('.paper-cards > li').count()).toBe(publishedSeats.size);
    await context.close();
  });

  /** Puts the beginning of the event so many minutes from now. */
  async function beginsIn(minutes: number): Promise<void> {
    const start = Temporal.Now.zonedDateTimeISO(event.timeZone).add({ minutes }).toPlainDateTime();
    await house.ctx.db.execute(
      sql`UPDATE events SET starts_at = ${start.toString({ smallestUnit: 'minute' })} WHERE id = ${event.id}`,
    );
  }

  /** Presses a proposal's first way, and checks all that the database then holds. */
  async function acceptFirst(page: Page, options: Parameters<typeof checkPlan>[2] = {}): Promise<string> {
    const button = page.locator('button[name="option"]').first();
    const name = (await button.getAttribute('value'))!;
    await button.click();
    await page.getByText('Done.', { exact: true }).waitFor();
    expect((await checkPlan(house.ctx.db, event.id, { sizes: 3, ...options })).wrong).toEqual([]);
    return name;
  }

  test('the doors open with four missing and two more; a table loses its hosts, another is dropped in round 1', async () => {
    const { db } = house.ctx;
    await beginsIn(20);
    const { tables, publishedSeats } = await plan();
    // A table with two hosts who both stay away, and two guests of other tables.
    const hostsOf = (table: number) => tables.people.filter(({ host }) => host === table);
    const lonely = [1, 2, 3, 4, 5].find((table) => hostsOf(table).length === 2)!;
    const away = [...hostsOf(lonely), ...tables.people.filter(({ side }) => side === 'senior').slice(0, 2)];
    const here = tables.people.filter(({ id }) => !away.some((one) => one.id === id));
    for (const { id } of here) await pressAtDoor(house.ctx, event.id, id, { here: true });
    const before = (await checkPlan(db, event.id)).rows;
    expect(before.size).toBe(publishedSeats.size);

    const { page, noticed, context } = await organiser({ viewport: phone });
    const day = `/events/${event.id}/tables/day`;
    const report = (name: string) =>
      page.locator('[aria-labelledby="day-missing"] li', { hasText: name }).getByRole('button').click();
    await page.goto(day);
    await page.getByText(`${here.length} of ${tables.people.length}`).waitFor();
    await report(away[0]!.name);
    expect(await acceptFirst(page)).toBe('still');
    await page.goto(day);
    await report(away[1]!.name);
    await page
      .getByText(/takes table/)
      .first()
      .waitFor();
    const ways = await page
      .locator('button[name="option"]')
      .evaluateAll((all) => all.map((one) => (one as { value?: string }).value));
    expect(ways.toSorted()).toEqual(['drop', 'host']);
    await acceptFirst(page);

    // Two more: one who had said no, and one whom nobody knows.
    const [declined] = await db.execute<{ name: string }>(sql`
      SELECT p.name FROM rsvps r JOIN people p ON p.id = r.person_id
      WHERE r.event_id = ${event.id} AND r.state = 'declined' AND r.seat_kept_until IS NULL ORDER BY p.id LIMIT 1`);
    await page.goto(`${day}?q=${encodeURIComponent(declined!.name)}`);
    await page.locator('[aria-labelledby="day-found"]').getByRole('button').click();
    await acceptFirst(page);
    await page.goto(day);
    await page.getByText('Someone who is not on the list').click();
    await page.getByLabel('Who is it').fill('Nils Aaberg');
    await page.getByRole('button', { name: 'Seat them by name only' }).click();
    await acceptFirst(page);

    // The two guests are taken off together, once the door has shut.
    await page.goto(day);
    await page.getByRole('button', { name: 'Seat who is here' }).click();
    await page.getByRole('heading', { name: 'Seat who is here: 2 people are not' }).waitFor();
    await acceptFirst(page);
    const seated = await checkPlan(db, event.id);
    expect([...seated.rows].filter(([, row]) => row.some((table) => table > 0))).toHaveLength(
      here.length + 2,
    );

    // Round 1 is on: what has begun stays, a guest's phone and the projector hear of the rest.
    await beginsIn(-20);
    const open = [1, 2, 3, 4, 5].filter((table) => [...seated.rows.values()].some((row) => row[1] === table));
    const dropped = open.at(-1)!;
    const mover = tables.people.find(
      ({ id, host }) => host === null && seated.rows.get(`person ${id}`)?.[1] === dropped,
    )!;
    const link = `/i/${personalToken(house.ctx, event.id, mover.id)}/seat`;
    const [guest, screen] = [
      await openWindow(chromium, house.ctx.baseUrl, { viewport: phone }),
      await context.newPage(),
    ];
    await guest.page.goto(link);
    await screen.goto(`/events/${event.id}/live/screen`);
    for (const following of [guest.page, screen])
      await following.locator('#live[data-follows]').waitFor({ state: 'attached' });
    await page.goto(day);
    await page.getByRole('button', { name: `Table ${dropped} is dropped` }).click();
    await acceptFirst(page, { held: 1, before: seated.rows });
    const now = (await checkPlan(db, event.id)).rows.get(`person ${mover.id}`)!;
    await guest.page.getByText(`Round 2: table ${now[1]}, no longer ${dropped}.`).waitFor();
    await screen.locator('.moves').waitFor();
    expect(await screen.locator('.moves').textContent()).toContain('New tables, Round 2');
    expect([...noticed(), ...guest.noticed()]).toEqual([]);
    await Promise.all([context.close(), guest.context.close()]);
  });
});
