// A certificate printed by a real browser is one page of A4, also for long names and trends.
import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { certificateUrl } from '../../src/actions/teams/certificates.ts';
import { presentations } from '../../src/store/schema/index.ts';
import * as record from '../../src/store/teams/record.ts';
import { openChromium } from '../support/chromium.ts';
import { openDemoHouse } from '../support/demo-house.ts';
import { needs } from '../support/needs.ts';
import { freePort } from '../support/process.ts';
import { openWindow } from './window.ts';

needs('chromium')('a certificate on paper', () => {
  test('is one page, and holds the name, the trend and its address', { timeout: 120_000 }, async () => {
    const port = await freePort();
    const house = await openDemoHouse(`http://localhost:${port}`);
    onTestFinished(() => house.close());
    await house.app.listen({ port, host: 'localhost' });
    const { db, now } = house.ctx;
    const [one] = await record.presentationsOf(db, { now: now() }, { limit: 1 });
    const name = 'Maximiliane-Wilhelmina Theodora von Hohenlohe-Langenburg Ferreira da Conceição';
    const trend =
      'The first month without a laptop, without a badge and without anyone to ask, told by five who '
        .repeat(2)
        .slice(0, 160);
    await db.update(presentations).set({ name, trend }).where(eq(presentations.personId, one!.personId));
    const chromium = await openChromium();
    onTestFinished(() => chromium.close());
    const { page, noticed } = await openWindow(chromium, house.ctx.baseUrl);
    await page.goto(certificateUrl(house.ctx, one!.eventId, one!.personId));
    await page.setViewportSize({ width: 794, height: 1123 });
    const paper = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
    await page.emulateMedia({ media: 'print' });
    // Nothing is cut: the last line ends above the foot of an A4 page.
    const foot = await page.locator('.sheet-foot > :last-child').boundingBox();
    expect(foot!.y + foot!.height).toBeLessThan(1100);
    const sheet = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    for (const words of [name, trend.trim(), '/certificate/']) expect(sheet).toContain(words);
    expect(noticed()).toEqual([]);
  });
});
