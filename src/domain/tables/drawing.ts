// Simple drawings: circles, squares, words and lines with places, and the frame around them.

/** One thing to draw; `x` and `y` are its middle, `turn` is in degrees clockwise. */
export type Mark =
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

/** A drawing `width` by `height` units large, beginning at 0 0; marks are in drawing order. */
export interface Picture {
  width: number;
  height: number;
  marks: Mark[];
}

export interface Point {
  x: number;
  y: number;
}

/** Moves all marks so that the drawing begins at 0 0 with a margin around it, and is at least so wide. */
export function framed(marks: readonly Mark[], margin: number, leastWidth = 0): Picture {
  const boxes = marks.map(boxOf);
  const middle =
    (Math.min(0, ...boxes.map((box) => box.left)) + Math.max(0, ...boxes.map((box) => box.right))) / 2;
  const left = Math.min(middle - leastWidth / 2, ...boxes.map((box) => box.left - margin));
  const top = Math.min(0, ...boxes.map((box) => box.top)) - margin;
  const right = Math.max(middle + leastWidth / 2, ...boxes.map((box) => box.right + margin));
  const bottom = Math.max(0, ...boxes.map((box) => box.bottom)) + margin;
  return {
    width: tenth(right - left),
    height: tenth(bottom - top),
    marks: marks.map((mark) => moved(mark, -left, -top)),
  };
}

function boxOf(mark: Mark): { left: number; top: number; right: number; bottom: number } {
  if (mark.draw === 'line') {
    return { left: mark.from.x, top: mark.from.y, right: mark.to.x, bottom: mark.to.y };
  }
  const [x, y] = halves(mark);
  return { left: mark.x - x, top: mark.y - y, right: mark.x + x, bottom: mark.y + y };
}

function halves(mark: Exclude<Mark, { draw: 'line' }>): [number, number] {
  if (mark.draw === 'circle') return [mark.r, mark.r];
  if (mark.draw !== 'square') return [0, 0];
  const [across, down] = [Math.abs(cosine(mark.turn)), Math.abs(sine(mark.turn))];
  return [(mark.width * across + mark.height * down) / 2, (mark.width * down + mark.height * across) / 2];
}

function moved(mark: Mark, x: number, y: number): Mark {
  const by = (point: Point): Point => ({ x: tenth(point.x + x), y: tenth(point.y + y) });
  if (mark.draw === 'line') return { ...mark, from: by(mark.from), to: by(mark.to) };
  if (mark.draw === 'circle') return { ...mark, ...by(mark), r: tenth(mark.r) };
  if (mark.draw !== 'square') return { ...mark, ...by(mark) };
  return {
    ...mark,
    ...by(mark),
    width: tenth(mark.width),
    height: tenth(mark.height),
    round: tenth(mark.round),
    turn: tenth(mark.turn),
  };
}

export const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
export const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
const tenth = (length: number) => Math.round(length * 10) / 10;
