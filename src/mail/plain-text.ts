// Typed text made safe for letters: no control characters, lines only where lines are meant.
import { manyLines, oneLine } from './calendar/text.ts';

const SEVERAL_LINES = new Set(['lede', 'reason', 'body']);

/** The same facts with every text cleaned; only `lede`, `reason` and `body` keep their line ends. */
export function cleanFacts<T>(facts: T): T {
  return clean(facts, false) as T;
}

function clean(value: unknown, lines: boolean): unknown {
  if (typeof value === 'string') return (lines ? manyLines(value) : oneLine(value)).trim();
  if (Array.isArray(value)) return value.map((item) => clean(item, lines));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, clean(item, SEVERAL_LINES.has(key))]),
  );
}

/** Paragraphs of a typed text: an empty line starts a new one. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .filter(Boolean);
}
