// A QR code as one path of an SVG, so that no style and no second request is needed.
import { encode } from 'uqr';
import { escapeText, Html } from './html.ts';

/** The code of a text, with half of the quiet zone that ISO/IEC 18004 asks for, so that the page adds two modules; `label` says where it leads. */
export function qrPicture(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data.map((row, y) =>
    runsOf(row)
      .map(([x, long]) => `M${x} ${y}h${long}v1h-${long}z`)
      .join(''),
  );
  return new Html(
    `<svg class="qr" role="img" aria-label="${escapeText(label)}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
      `<path fill="currentColor" d="${path.join('')}"/></svg>`,
  );
}

/** Finds where dark modules begin in a row, and how many are side by side. */
function runsOf(row: readonly boolean[]): [from: number, long: number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  });
  return runs;
}
