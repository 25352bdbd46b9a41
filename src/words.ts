// The one catalogue that every sentence goes through, on screen and in letters. English is the key, so templates stay
// readable and another language is one file of translations: English sentence to MessageFormat 2.
import { blanksOf, compileMessage, type Message } from './words/message.ts';

export type Params = Record<string, string | number>;

export interface Words {
  language: string;
  /** The sentence with its `{placeholders}` filled; one that nobody filled is a mistake of ours, so it throws. */
  t: (sentence: string, params?: Params) => string;
  /** The same for a number of things: `one` or `many`, in which `{n}` is the number. Its entry in a catalogue is `many`. */
  tn: (count: number, one: string, many: string, params?: Params) => string;
}

/** A sentence of ours before it is put into words: the edge hands both to `t`. */
export interface Sentence {
  sentence: string;
  params?: Params;
}

/** Translations by their English sentence; those of `tn` by its `many`, with a variant for each form of the plural. */
export type Catalogue = Readonly<Record<string, string>>;

function fill(sentence: string, params: Params = {}): string {
  if (!sentence.includes('{')) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`Nothing was given for {${name}} in: ${sentence}`);
    return String(value);
  });
}

/** Compiles the words of one language; a sentence that has no translation stays English. Throws for a wrong message. */
export function words(language: string, catalogue: Catalogue = {}): Words {
  const compiled = compileCatalogue(language, catalogue);
  const t: Words['t'] = (sentence, params) =>
    compiled.get(sentence)?.(params ?? {}) ?? fill(sentence, params);
  return {
    language,
    t,
    tn: (count, one, many, params) => {
      const all = { n: count, ...params };
      const said = compiled.get(many)?.(all, count);
      return said ?? fill(englishPlural.select(count) === 'one' ? one : many, all);
    },
  };
}

// Kept, since to make one takes a hundred times as long as to ask it.
const englishPlural = new Intl.PluralRules('en');

function compileCatalogue(language: string, catalogue: Catalogue): Map<string, Message> {
  const plural = new Intl.PluralRules(language);
  const compile = ([key, message]: [string, string]) => {
    try {
      const compiled = compileMessage(language, message, (count) => plural.select(count));
      refuseOtherBlanks(key, message);
      return [key, compiled] as const;
    } catch (cause) {
      throw new Error(`${language}, “${key}”: ${message}: ${(cause as Error).message}`, { cause });
    }
  };
  return new Map(Object.entries(catalogue).map(compile));
}

/** Throws where a message fills other blanks than its English sentence; a plural may say its number in words. */
function refuseOtherBlanks(key: string, message: string): void {
  const has = new Set(blanksOf(message));
  const needs = new Set([...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
  const wrong = [...has.symmetricDifference(needs)].filter((name) => has.has(name) || name !== 'n');
  if (wrong.length > 0)
    throw new Error(`its blanks are not those of the English sentence: ${wrong.join(', ')}`);
}

/** Returns the locale in which a language writes days, months and lists. */
export function localeOf({ language }: Pick<Words, 'language'>): string {
  return language === 'en' ? 'en-GB' : language;
}

const lists = new Map<string, Intl.ListFormat>();

/** 'Ada, Bo and Chen'. */
export function listed(names: readonly string[], words: Pick<Words, 'language'>): string {
  const locale = localeOf(words);
  const list = lists.get(locale) ?? new Intl.ListFormat(locale, { type: 'conjunction' });
  lists.set(locale, list);
  return list.format(names);
}
