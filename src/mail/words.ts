// The words of a letter: every sentence goes through a catalogue in which the English sentence is the key.

export type Values = Record<string, string | number>;

/** What a letter needs from the catalogue; the site's own words fit. */
export interface Words {
  language: string;
  t: (sentence: string, values?: Values) => string;
  tn: (count: number, one: string, many: string, values?: Values) => string;
}

/** English: every sentence stands for itself. A placeholder that nobody filled throws. */
export const english: Words = {
  language: 'en',
  t: fill,
  tn: (count, one, many, values) => fill(count === 1 ? one : many, { n: count, ...values }),
};

function fill(sentence: string, values: Values = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing was given for {${name}} in: ${sentence}`);
    return String(value);
  });
}
