// Pictures of rooms as SVG: presentation attributes and classes only, every word escaped.
import { escapeText, Html } from './html.ts';

interface Point {
  x: number;
  y: number;
}

/** Shapes that can be drawn; the domain's pictures have this form. */
export type Drawn =
  | { draw: 'circle'; x: number; y: number; r: number; kind: string }
  | {
      draw: 'square';
      x: number;
      y: number;
      width: number;
      height: number;
      round: number;
      turn: number;
      kind: string;
    }
  | { draw: 'word'; x: number; y: number; word: string; kind: string }
  | { draw: 'line'; from: Point; to: Point; kind: string }
  | { draw: 'tick'; x: number; y: number; size: number };

export interface Drawing {
  width: number;
  height: number;
  marks: readonly Drawn[];
}

/** The drawing as SVG. `label` is one sentence that says what it shows; without it the drawing is decoration. */
export function roomPicture(drawing: Drawing, label?: string): Html {
  const { width, height, marks } = drawing;
  const role = label
    ? `role="img" aria-label="${escapeText(label)}"`
    : 'aria-hidden="true" focusable="false"';
  const inside = marks.map(oneMark).join('');
  return new Html(`<svg class="room-pic" viewBox="0 0 ${width} ${height}" ${role}>${inside}</svg>`);
}

function oneMark(mark: Drawn): string {
  if (mark.draw === 'circle')
    return `<circle cx="${mark.x}" cy="${mark.y}" r="${mark.r}" class="${mark.kind}"/>`;
  if (mark.draw === 'square') return square(mark);
  if (mark.draw === 'line') {
    return `<path d="M${mark.from.x} ${mark.from.y}L${mark.to.x} ${mark.to.y}" class="${mark.kind}"/>`;
  }
  if (mark.draw === 'tick') return tick(mark);
  return `<text x="${mark.x}" y="${mark.y}" text-anchor="middle" class="${mark.kind}">${escapeText(mark.word)}</text>`;
}

function square(mark: Extract<Drawn, { draw: 'square' }>): string {
  const { x, y, width, height, round, turn, kind } = mark;
  const turned = turn === 0 ? `translate(${x} ${y})` : `translate(${x} ${y}) rotate(${turn})`;
  const size = `x="${-width / 2}" y="${-height / 2}" width="${width}" height="${height}" rx="${round}"`;
  return `<rect ${size} transform="${turned}" class="${kind}"/>`;
}

function tick({ x, y, size }: Extract<Drawn, { draw: 'tick' }>): string {
  const scale = size / 22;
  return `<path d="M-7 .5-2 5.5 7.5-5.5" transform="translate(${x} ${y}) scale(${scale})" class="tick"/>`;
}
