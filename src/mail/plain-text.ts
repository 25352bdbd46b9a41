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

/** At most that many characters as people count them; what is left out shows as '…'. */
export function cut(text: string, most: number): string {
  const characters = [...new Intl.Segmenter().segment(text)].map((part) => part.segment);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** How a letter greets: the first name, or the whole name where its first word is a title or an initial. */
export function greetingName(name: string): string {
  const words = name.split(' ').filter(Boolean);
  const first = words[0] ?? '';
  const whole = first.length < 2 || /[.,]/.test(first);
  return cut(whole ? name : first, 60);
}

/** Paragraphs of a typed text: an empty line starts a new one. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .filter(Boolean);
}
