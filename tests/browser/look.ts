// One page looked at in every width and both schemes.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { isLong } from '../support/length.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** In the other scheme only colours differ. */
const colours = ['color-contrast', 'link-in-text-block'];
type Look = [scheme: 'light' | 'dark', widths: number[]];

const widths = [1280, 390, 320];
let pages = 0;

/** At full length each width, and the other scheme in one of them by turn; otherwise one look by turn, which finds most. */
function looks(): Look[] {
  const turn = pages++ % widths.length;
  if (!isLong) return [[turn === 1 ? 'dark' : 'light', [widths[turn]!]]];
  return [
    ['light', widths],
    ['dark', [widths[turn]!]],
  ];
}

/** All that axe finds and every sideways scroll, a line each; nothing on the page is left folded away. */
export async function lookAt(page: Page): Promise<string[]> {
  await page.evaluate('document.fonts.ready.then(() => inPage.unfold())');
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const [scheme, widths] of looks()) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      // As tall as the page: what is fixed to the foot of the window then covers nothing, as when one has scrolled.
      const height = await page.evaluate<number>('inPage.settle()');
      await page.setViewportSize({ width, height });
      await page.evaluate('inPage.settle()');
      if (scheme === 'light') found.push(...(await scrolling(page, width)));
      // Between the two ends axe finds what it finds at one of them.
      if (scheme === 'light' && width === 390) continue;
      const rules = scheme === 'light' ? { type: 'tag', values: levels } : { type: 'rule', values: colours };
      const wrong = await page.evaluate<string[]>(`inPage.axe(${JSON.stringify(rules)})`);
      found.push(...wrong.map((one) => `${width} ${scheme}: ${one}`));
    }
  }
  return found;
}

export async function scrolling(page: Page, width: number): Promise<string[]> {
  const wide = await page.evaluate<string[]>('inPage.sideways()');
  return wide.length > 0 ? [`${width}: scrolls sideways: ${wide.join(' | ')}`] : [];
}
