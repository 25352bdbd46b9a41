import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderLetter } from '../../src/mail/letter.ts';
import { chromiumPath, needs } from '../support/needs.ts';
import { english } from '../support/words.ts';
import { bare, letters, stretched } from './letters-on-the-desk.ts';

// letters as a mail program shows them, on a phone and on a desk, by day and by night

const quiet =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const margareta = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };

needs('chromium')('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: quiet.split(' ') });
  });
  afterAll(() => browser?.close());

  const desks = { letters, stretched, bare };
  const looks = [320, 390, 1280].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => [width, colorScheme] as const),
  );

  test.each(looks)('every letter fits %i pixels and reads well when it is %s', async (width, colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const wrong: string[] = [];
    for (const [desk, all] of Object.entries(desks)) {
      for (const facts of all) {
        await page.setContent(renderLetter(facts, margareta, english).html);
        const where = `${desk} ${facts.kind}`;
        const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(over) > 0) wrong.push(`${where}: ${over} pixels too wide`);
        // The same letter at another width has the same words and colours.
        if (width !== 390) continue;
        await page.evaluate(axe);
        const violations = await page.evaluate(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations.map((v) => v.id + ' ' + v.nodes[0].html))`,
        );
        for (const violation of violations as string[]) wrong.push(`${where}: ${violation}`);
      }
    }
    await page.close();
    expect(wrong).toEqual([]);
    expect(requests).toEqual([]);
  });
});
