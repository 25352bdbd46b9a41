// Faults of a page that axe finds, and sideways scrolling.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { byLength } from '../length.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const settled =
  'new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))' +
  '.then(() => Promise.allSettled(document.getAnimations().filter((one) => one.timeline instanceof DocumentTimeline).map((one) => one.finished)))';

/** All three where nothing is skipped, the two ends where somebody waits for the answer. */
const usual = byLength([1280, 320], [1280, 390, 320]);

/** Lists what is wrong with the page at these widths, light and dark: axe's findings, and sideways scrolling. */
export async function flaws(page: Page, widths = usual): Promise<string[]> {
  const found: string[] = [];
  const at = new URL(page.url()).pathname;
  await page.evaluate(axe);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (Number(over) > 0) found.push(`${at} ${width}: scrolls sideways by ${over}`);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // A colour half way to the other scheme would be measured as it passes.
      await page.evaluate(settled);
      found.push(
        ...(await violations(page, colorScheme)).map((one) => `${at} ${width} ${colorScheme}: ${one}`),
      );
    }
  }
  return found;
}

/** In the dark only colours differ, so only what depends on them is looked for again. */
const looksFor = {
  light: {},
  dark: { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
};
const schemes = ['light', 'dark'] as const;

async function violations(page: Page, scheme: keyof typeof looksFor): Promise<string[]> {
  const options = JSON.stringify({ ...looksFor[scheme], resultTypes: ['violations'], preload: false });
  const look = () =>
    page.evaluate<string[]>(`axe.run(document, ${options}).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.target, node.any[0]?.message].join(' '))))`);
  if ((await look()).length === 0) return [];
  // Chromium may still be painting the other scheme: what is wrong is wrong at a second look too.
  await page.evaluate(settled);
  return look();
}
