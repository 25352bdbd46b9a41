// The one catalogue every sentence goes through, on screen and in letters. English is the key, so templates stay
// readable and another language is one file of translations.

export type Params = Record<string, string | number>;

export interface Words {
  language: string;
  /** The sentence with its `{placeholders}` filled; one that nobody filled is a mistake of ours, so it throws. */
  t: (sentence: string, params?: Params) => string;
  /** The same for a number of things: `one` or `many`, in which `{n}` is the number. */
  tn: (count: number, one: string, many: string, params?: Params) => string;
}

function fill(sentence: string, params: Params = {}): string {
  if (!sentence.includes('{')) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`Nothing was given for {${name}} in: ${sentence}`);
    return String(value);
  });
}

/** The words of one language; a sentence that has no translation stays English. */
export function words(language: string, translations: Record<string, string> = {}): Words {
  const plural = new Intl.PluralRules(language);
  const t: Words['t'] = (sentence, params) => fill(translations[sentence] ?? sentence, params);
  return {
    language,
    t,
    tn: (count, one, many, params) => t(plural.select(count) === 'one' ? one : many, { n: count, ...params }),
  };
}

export const english = words('en');
