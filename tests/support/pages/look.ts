// One page looked at in every width and both schemes.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { isLong } from '../length.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** In the other scheme only colours differ. */
const colours = ['color-contrast', 'link-in-text-block'];
/** On a narrower window only what has moved can be wrong anew. */
const places = ['target-size', 'scrollable-region-focusable', ...colours];
const rulesFor = (scheme: 'light' | 'dark', width: number) => {
  if (scheme === 'dark') return { type: 'rule', values: colours };
  return isLong && width === 320 ? { type: 'rule', values: places } : { type: 'tag', values: levels };
};
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
      const { height, sticks } = await page.evaluate<{ height: number; sticks: boolean }>(
        settled(width, scheme),
      );
      if (scheme === 'light') found.push(...(await scrolling(page, width)));
      if (scheme === 'light') found.push(...(await misplaced(page, width)));
      // Between the two ends axe finds what it finds at one of them.
      if (scheme === 'light' && width === 390) continue;
      // As tall as the page: what is fixed to the foot of the window then covers nothing, as when one has scrolled.
      if (sticks) {
        await page.setViewportSize({ width, height });
        await page.evaluate(settled(width, scheme));
      }
      const rules = rulesFor(scheme, width);
      const wrong = await page.evaluate<string[]>(`inPage.axe(${JSON.stringify(rules)})`);
      found.push(...wrong.map((one) => `${width} ${scheme}: ${one}`));
    }
  }
  return found;
}

const settled = (width: number, scheme: string) => `inPage.settle(${width}, ${JSON.stringify(scheme)})`;

async function misplaced(page: Page, width: number): Promise<string[]> {
  const [over, uneven] = await page.evaluate<string[][]>('[inPage.overlaps(), inPage.uneven()]');
  return [...over!, ...uneven!.map((row) => `fields do not stand level: ${row}`)].map(
    (one) => `${width}: ${one}`,
  );
}

export async function scrolling(page: Page, width: number): Promise<string[]> {
  const wide = await page.evaluate<string[]>('inPage.sideways()');
  return wide.length > 0 ? [`${width}: scrolls sideways: ${wide.join(' | ')}`] : [];
}
