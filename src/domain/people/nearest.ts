// Suggestions: the nearest name or address to one that was misspelt.

import { eachInSteps, finish, mapInSteps, type Steps } from '../steps.ts';
import { fold } from './words.ts';

/** Letters to add, take away or replace to get from a to b; stops counting beyond `most` (then most + 1). */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return Math.min(row[b.length]!, most + 1);
}

/** A name or address that may be meant. */
export interface Candidate {
  text: string;
  words: Words;
}

/**
 * Finds the candidate meant by a misspelt name or address, or null: two letters away at most as a whole, or the last
 * word at most two away and the first letter the same ("h.falck" means "henrik.falk").
 */
export function nearestAmong(candidates: Iterable<string>): (text: string) => string | null {
  const prepared = finish(preparingCandidates(candidates));
  return (text) => finish(findingNearest(prepared, text));
}

/** The first half of it, in steps. */
export function preparingCandidates(candidates: Iterable<string>): Steps<Candidate[]> {
  return mapInSteps(candidates, (text) => ({ text, words: wordsOf(text) }));
}

/** The second half of it, in steps. */
export function* findingNearest(candidates: readonly Candidate[], meant: string): Steps<string | null> {
  const looked = wordsOf(meant);
  let best: { text: string | null; score: number } = { text: null, score: Number.POSITIVE_INFINITY };
  yield* eachInSteps(candidates, ({ text, words }) => {
    const score = scoreOf(looked, words);
    if (score !== null && score < best.score) best = { text, score };
  });
  return best.text;
}

interface Words {
  whole: string;
  last: string;
  initial: string;
  several: boolean;
}

/** The part before the @ is what is misspelt; the domain is the same for most. */
function wordsOf(text: string): Words {
  const whole = fold(text.split('@')[0] ?? '');
  const words = whole.split(' ');
  return { whole, last: words.at(-1) ?? '', initial: whole[0] ?? '', several: words.length > 1 };
}

function scoreOf(meant: Words, other: Words): number | null {
  const allowed = meant.whole.length < 4 ? 0 : 2;
  const whole = distance(meant.whole, other.whole, allowed);
  if (whole <= allowed) return whole;
  const lastAllowed = meant.last.length < 4 ? 0 : meant.last.length < 6 ? 1 : 2;
  const last = distance(meant.last, other.last, lastAllowed);
  // A single word is a last name alone; with a first name, its first letter must be right.
  const isAlike = meant.several ? meant.initial === other.initial : true;
  return isAlike && other.last !== '' && last <= lastAllowed ? 3 + last : null;
}
