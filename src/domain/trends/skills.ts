// Skills in a few words, as people write them: they come from a list that grows, and one has one spelling.
import { fold } from '../people/words.ts';

/** Skills that one person says, or one trend wants, at most; and characters of one. */
export const skillLimits = { each: 20, word: 40 } as const;

/** Reads skills from text, parted by commas or lines: each once, in the spelling that came first. */
export function readSkills(text: string): string[] {
  const words = text
    .split(/[,;\n]/)
    .map((word) => word.normalize('NFC').replace(/\s+/g, ' ').trim())
    .filter((word) => skillKey(word) !== '');
  const byKey = new Map(words.toReversed().map((word) => [skillKey(word), word]));
  return [...new Set(words.map((word) => byKey.get(skillKey(word))!))];
}

/** The same for all spellings of a skill: capitals, accents, spaces and signs do not count, but for + and #. */
export function skillKey(word: string): string {
  return fold(word.replaceAll('+', ' plus ').replaceAll('#', ' sharp '));
}
