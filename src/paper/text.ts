// Text on paper: signs to fonts, right-to-left runs in their place, lines that fit their box. Nothing is ever cut.
import bidiFactory from 'bidi-js';
import { type Family, families, familyFor, hasSign, openFont, roomOf } from './fonts.ts';

// The package's types name a module where it gives a function.
const bidi = (bidiFactory as unknown as () => ReturnType<typeof bidiFactory.default>)();
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' });
const wordsOf = new Intl.Segmenter('und', { granularity: 'word' });

/** A piece of a line in one font and one direction; pieces follow each other from left to right. */
export interface Piece {
  text: string;
  family: Family;
  /** Width as a part of the size. */
  width: number;
}

export interface Style {
  bold?: boolean;
}

/** Prepares text: one form of each sign, one space between words, and no signs that only steer. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Says whether every sign of a text can be drawn with the fonts there are. */
export function canDraw(text: string): boolean {
  return [...letters.segment(cleanText(text))].every(({ segment }) => familyFor(segment) !== null);
}

/** Signs that look alike in every font: they stay in the font of what stands before them. */
const neutral = /^[\p{Z}\p{P}\p{N}]+$/u;

/** Splits a text into runs of one font and one direction, from the first to the last sign. */
function runsOf(text: string) {
  const { levels } = bidi.getEmbeddingLevels(text);
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const runs: { text: string; family: Family; level: number }[] = [];
  for (const { segment, index } of letters.segment(text)) {
    const level = levels[index]!;
    const last = runs.at(-1);
    const shown = mirrored.get(index) ?? segment;
    const keeps =
      last && neutral.test(shown) && [...shown].every((one) => hasSign(last.family, one.codePointAt(0)!));
    const family = keeps ? last.family : (familyFor(shown) ?? families()[0]!);
    if (last && last.family === family && last.level === level) last.text += shown;
    else runs.push({ text: shown, family, level });
  }
  return runs;
}

/** Puts runs in the order in which they stand on paper (UAX 9, rule L2). */
function inVisualOrder<Run extends { level: number }>(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    let start = 0;
    while (start < ordered.length) {
      if (ordered[start]!.level < level) {
        start += 1;
        continue;
      }
      let end = start;
      while (end < ordered.length && ordered[end]!.level >= level) end += 1;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end;
    }
  }
  return ordered;
}

const known = new Map<string, Piece[]>();
const mostKnown = 20_000;

/** Lays out one line: its pieces from left to right. */
export function piecesOf(line: string, { bold = false }: Style = {}): Piece[] {
  const key = `${bold ? 'b' : 'r'}${line}`;
  let pieces = known.get(key);
  if (!pieces) {
    pieces = inVisualOrder(runsOf(line)).map(({ text, family }) => {
      const font = openFont(bold ? family.files.bold : family.files.regular);
      return { text, family, width: font.layout(text).advanceWidth / font.unitsPerEm };
    });
    if (known.size >= mostKnown) known.clear();
    known.set(key, pieces);
  }
  return pieces;
}

/** Measures a line at size 1. */
export function widthOf(line: string, style?: Style): number {
  return piecesOf(line, style).reduce((sum, { width }) => sum + width, 0);
}

/** The height of a line at size 1, and how deep its baseline lies: those of the tallest font in it. */
export function lineRoom(line: string): { height: number; ascent: number } {
  const used = piecesOf(line).map(({ family }) => family);
  const all = used.length > 0 ? used : families().slice(0, 1);
  const rooms = all.map(roomOf);
  const ascent = Math.max(...rooms.map((room) => room.ascent));
  const below = Math.max(...rooms.map((room) => room.below));
  return { height: ascent + below, ascent };
}

/** Breaks text into lines of at most this width at size 1; `isBroken`: a word was too wide and is broken. */
export function wrapped(text: string, width: number, style?: Style): { lines: string[]; isBroken: boolean } {
  const lines: string[] = [];
  let [line, isBroken] = ['', false];
  const add = (part: string) => {
    const longer = line + part;
    if (line === '' || widthOf(longer.trimEnd(), style) <= width) {
      line = line === '' ? part.trimStart() : longer;
      return;
    }
    lines.push(line.trimEnd());
    line = part.trimStart();
  };
  for (const part of unbreakable(text)) {
    if (widthOf(part.trim(), style) <= width) add(part);
    else {
      isBroken = true;
      for (const { segment } of letters.segment(part)) add(segment);
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return { lines: lines.filter((one) => one !== ''), isBroken };
}

/** Splits a text where a line may end: after spaces and hyphens, and between words that have no spaces. */
function unbreakable(text: string): string[] {
  const parts: string[] = [];
  for (const { segment, isWordLike } of wordsOf.segment(text)) {
    const last = parts.at(-1);
    const continues =
      !isWordLike || (last !== undefined && /[^\s\p{Pd}]$/u.test(last) && !isIdeographic(segment));
    if (last !== undefined && continues) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

const isIdeographic = (text: string) => /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(text);

export interface Fitted {
  size: number;
  lines: { text: string; height: number; ascent: number }[];
  height: number;
}

const fits = new Map<string, Fitted>();

/** Finds the largest size at which a text fits into a box; a word is broken where the whole one would be far smaller. */
export function fitted(
  text: string,
  { width, height, most }: { width: number; height: number; most: number },
  style: Style = {},
): Fitted {
  const clean = cleanText(text);
  const key = [clean, width, height, most, style.bold].join('|');
  let found = fits.get(key);
  if (!found) {
    found = largest(clean, width, height, most, style);
    if (fits.size >= mostKnown) fits.clear();
    fits.set(key, found);
  }
  return found;
}

/** A whole word is drawn down to this part of the size it would have if it were broken. */
const wholeFrom = 0.7;

function largest(text: string, width: number, height: number, most: number, style: Style): Fitted {
  let broken: Fitted | null = null;
  for (let size = most; ; size *= 0.95) {
    if (broken && size < broken.size * wholeFrom) return broken;
    const { lines, isBroken } = wrapped(text, width / size, style);
    const rooms = lines.map((line) => ({ text: line, ...lineRoom(line) }));
    const total = rooms.reduce((sum, room) => sum + room.height, 0) * size;
    if (total > height && size > 0.5) continue;
    const here = { size, lines: rooms, height: total };
    if (!isBroken || size <= 0.5) return here;
    broken ??= here;
  }
}
