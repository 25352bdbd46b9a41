// Memoised results of pure work: the same event is drawn for each of its guests.
import type { Words } from '../words.ts';

/** Memoises `work` by its key; of `most` results the oldest makes room for the next. */
export function memoize<Input, Result>(
  most: number,
  keyOf: (input: Input) => string,
  work: (input: Input) => Result,
): (input: Input) => Result {
  const kept = new Map<string, Result>();
  return (input) => {
    const key = keyOf(input);
    if (kept.has(key)) return kept.get(key)!;
    const result = work(input);
    if (kept.size >= most) kept.delete(kept.keys().next().value!);
    kept.set(key, result);
    return result;
  };
}

/** Memoises `make` for each language. */
export function perLanguage<Made>(make: (words: Words) => Made): (words: Words) => Made {
  const made = new Map<string, Made>();
  return (words) => {
    const known = made.get(words.language) ?? make(words);
    made.set(words.language, known);
    return known;
  };
}
