// A young professional puts themselves forward on a phone, without script and with it, and an organiser accepts them.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { offerToken } from '../../src/actions/letters/links.ts';
import { openRound } from '../../src/actions/offers/rounds.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import { ofAddress } from '../../src/store/offers/offers.ts';
import * as people from '../../src/store/people/people.ts';
import { offers } from '../../src/store/schema/index.ts';
import type { House } from '../support/demo-house.ts';
import { needs } from '../support/needs.ts';
import { lookAt } from '../support/pages/look.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { openWindow, phone } from './window.ts';

vi.setConfig({ testTimeout: 600_000 });

needs('chromium')('putting oneself forward', () => {
  let house: House;
  let chromium: Browser;
  let close: OpenHouse['close'];

  beforeAll(async () => {
    ({ house, chromium, close } = await openHouse());
    const organiser = (await people.firstOrganiser(house.ctx.db, 0))!.id;
    const day = (weeks: number) =>
      house.ctx
        .now()
        .add({ hours: 168 * weeks })
        .toString()
        .slice(0, 10);
    const values = { closesOn: day(1), answerBy: day(2), places: 9 };
    await openRound(house.ctx, organiser, 'talent', { seen: -1, values, nextWave: false });
  });
  afterAll(() => close());

  test.each([false, true])('on a phone, with script: %s', async (javaScriptEnabled) => {
    const { ctx } = house;
    const email = `nils-${javaScriptEnabled}@halden.example`;
    const open = await openWindow(chromium, ctx.baseUrl, { viewport: phone, javaScriptEnabled });
    const { page } = open;
    await page.goto('/join-in');
    await page.getByLabel('Your name').fill('Nils Nord');
    await page.getByLabel('Work e-mail').fill(email);
    await page.getByLabel('Why you').fill('I know the shops that nobody here visits.');
    await page.getByLabel('A season in a team').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('link', { name: 'Tick the box' }).waitFor();
    expect(await page.getByLabel('Why you').inputValue()).toContain('the shops');
    await page.getByLabel('The organisers may keep and read this').check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText(`It is for ${email}`).waitFor();
    const [sent] = (await ctx.db.select().from(offers)).filter((one) => one.email === email);
    await page.goto(`/offer/${offerToken(ctx, sent!.id, sent!.number)}`);
    await page.getByRole('button', { name: 'Yes, confirm' }).click();
    await page.getByRole('heading', { name: 'Thank you, Nils' }).waitFor();
    if (javaScriptEnabled) expect(await lookAt(page)).toEqual([]);

    const { page: desk } = await openWindow(chromium, ctx.baseUrl, { viewport: phone, javaScriptEnabled });
    await desk.goto('/');
    await desk.getByRole('button', { name: 'Organiser', exact: true }).click();
    await desk.waitForURL('**/events');
    await desk.goto('/people/offers');
    await desk.getByRole('button', { name: 'Accept Nils Nord' }).click();
    await desk.getByText('Nils Nord is in.').waitFor();
    const programmeId = (await programmes.current(ctx.db))!.id;
    const offer = await ofAddress(ctx.db, { programmeId, side: 'talent' }, email);
    expect(offer?.state).toBe('accepted');
    expect(await people.findByEmail(ctx.db, email)).toMatchObject({ name: 'Nils Nord', side: 'talent' });
  });
});
