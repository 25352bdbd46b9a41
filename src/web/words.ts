// The one catalogue every sentence on screen goes through. English is the key, so templates stay readable and
// another language is one file of translations.

export type Params = Record<string, string | number>;
export type Translate = (sentence: string, params?: Params) => string;
export type TranslateCount = (count: number, one: string, many: string, params?: Params) => string;

export interface Words {
  language: string;
  t: Translate;
  tn: TranslateCount;
}

function fill(sentence: string, params: Params | undefined): string {
  if (!params) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The words of one language; a sentence that has no translation stays English. */
export function words(language: string, translations: Record<string, string> = {}): Words {
  const plural = new Intl.PluralRules(language);
  const t: Translate = (sentence, params) => fill(translations[sentence] ?? sentence, params);
  return {
    language,
    t,
    tn: (count, one, many, params) => t(plural.select(count) === 'one' ? one : many, { n: count, ...params }),
  };
}

export const english = words('en');
