// Results of pure work kept for the next request: the same event is drawn for each of its guests.
import type { Words } from '../words.ts';

/** `work` remembered by its key; of `most` results the one that was made first makes room for the next. */
export function remembered<Input, Result>(
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

/** `make` done once for each language. */
export function perLanguage<Made>(make: (words: Words) => Made): (words: Words) => Made {
  const made = new Map<string, Made>();
  return (words) => {
    const known = made.get(words.language) ?? make(words);
    made.set(words.language, known);
    return known;
  };
}
