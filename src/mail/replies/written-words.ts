// The words a person typed into a reply, without what mail and calendar programs write by themselves.
import { hideLinks } from '../../domain/letters/hidden-links.ts';
import { manyLines } from '../calendar/text.ts';

const mostWords = 300;

/** Lines in which programs say what was pressed, or begin to quote. */
const byPrograms = [
  /\bhas (?:tentatively )?(?:accepted|declined)\b/i,
  /^(?:accepted|declined|tentative|tentatively accepted):/i,
  /^(?:on|am|op|le) .{6,200}(?:wrote|schrieb|schreef|a écrit) ?:$/i,
  /^-{2,} ?(?:original message|ursprüngliche nachricht|message d’origine)/i,
  /^(?:from|von|de|when|wann|where|subject|sent): /i,
  /^invitation (?:from|via) google calendar/i,
  /^https?:\/\//i,
];

/** Returns at most 300 characters of what was typed; empty where a program wrote it all. */
export function writtenWords(text: string): string {
  const lines = manyLines(text)
    .split('\n')
    .map((line) => line.trim());
  const end = lines.findIndex((line) => line === '--' || line.startsWith('>') || line.startsWith('____'));
  return hideLinks(
    lines
      .slice(0, end < 0 ? undefined : end)
      .filter((line) => !byPrograms.some((pattern) => pattern.test(line)))
      .join('\n'),
  )
    .trim()
    .slice(0, mostWords);
}
