// A made-up language in which every sentence of the catalogue is in brackets, so that a sentence that never went
// through the catalogue stands outside them. Its dates and lists are Greek: one written in English stands outside, too.
import { load } from 'cheerio';
import type { Element } from 'domhandler';
import type { Words } from '../../../src/words.ts';
import { english } from '../words.ts';

export const bracketed: Words = {
  language: 'el',
  t: (sentence, params) => `⟦${english.t(sentence, params)}⟧`,
  tn: (count, one, many, params) => `⟦${english.tn(count, one, many, params)}⟧`,
};

/** The same with one sentence that is not translated, as if its template had not asked for it. */
export const forgetting = (forgotten: string): Words => ({
  ...bracketed,
  t: (sentence, params) => (sentence === forgotten ? english : bracketed).t(sentence, params),
});

const spoken = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'summary',
];

/** Tells what scripts look for in data attributes: an address, a name, a number. */
const isCode = (value: string) => /^(https?:|[{[]|[\w./#?=&%+-]*$)/.test(value);

const apart = '\u0001';

/** All that a page says or may come to say: its texts, the attributes that are read out, and what scripts print. */
function textsOfPage(html: string): string[] {
  const $ = load(html, { scriptingEnabled: false });
  $('script, style').remove();
  const texts = ['title', 'body'].map((part) =>
    $(`${part}, ${part} *`)
      .contents()
      .toArray()
      .flatMap((node) => (node.type === 'text' ? [$(node).text()] : []))
      .join(apart),
  );
  for (const { attribs, name: tag } of $('*').toArray() as Element[]) {
    for (const [name, value] of Object.entries(attribs))
      if (spoken.includes(name) || (name.startsWith('data-') && !isCode(value))) texts.push(value);
    if (tag === 'input' && /^(submit|button)$/.test(attribs.type ?? '')) texts.push(attribs.value ?? '');
  }
  return texts;
}

/** Texts that people read of a calendar: no keyword, no property that programs alone look at. */
function textsOfCalendar(lines: string): string[] {
  return lines
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => /^(SUMMARY|DESCRIPTION|COMMENT|LOCATION|X-WR-CALNAME|X-WR-CALDESC|NAME)\b/.test(line))
    .map((line) =>
      line
        .replace(/^[^:]*:/, '')
        .replace(/\\n/g, '\n')
        .replace(/\\(.)/g, '$1'),
    );
}

/** All that an answer says, whatever kind of file it is. */
export function textsOf(body: string, type: string): string[] {
  if (type.includes('html')) return textsOfPage(body);
  if (type.includes('calendar')) return textsOfCalendar(body);
  if (type.includes('json')) return stringsIn(JSON.parse(body));
  return body.split(type.includes('csv') ? /[\n;]/ : /\n{2,}/);
}

/** Every string in a value, however deep. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** True for text; a fingerprint in groups of four signs has letters, but no words. */
const says = (text: string) =>
  /\p{Script=Latin}{4}/u.test(text) && !/^[\da-f]{1,4}( [\da-f]{4})+$/.test(text);
const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Cuts out what stands outside all brackets, piece by piece. */
export function outside(text: string): string[] {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, apart);
  }
  return rest.split(apart).map(inOneLine).filter(says);
}

/** A word in small letters alone may be a code of ours, as states of a table are. */
const isCodeWord = (text: string) => /^\p{Ll}+(-\p{Ll}+)*$/u.test(text);

/** Words and their ends as a sentence is cut into pieces. */
const trimmed = (text: string) => text.replace(/^[\s.\-–#>\d]+|[\s.\-–?]+$/g, '');

/** People's own words: names, titles, places, what they typed. Those in `exact` may be in small letters. */
export class OwnWords {
  #phrases: string[];
  #words: Set<string>;
  #firstNames: Set<string>;
  #long: string;
  /** All of it as it was typed, with its Markdown and addresses. */
  #typed: string;

  constructor(own: Iterable<string>, exact: Iterable<string> = []) {
    const all = [...new Set([...own].map(inOneLine))].filter(says).sort((a, b) => b.length - a.length);
    this.#phrases = all.filter((one) => one.includes(' '));
    this.#words = new Set([
      ...all
        .filter((one) => !one.includes(' '))
        .map(trimmed)
        .filter((one) => !isCodeWord(one)),
      ...exact,
    ]);
    const names = this.#phrases.filter((one) => /^\p{Lu}[\p{L}’'-]+( \p{L}[\p{L}’'-]*){1,2}$/u.test(one));
    this.#firstNames = new Set(names.map((one) => one.split(' ')[0]!));
    this.#long = this.#phrases.join('\n').replace(/[*_`#>[\]]/g, '');
    this.#typed = all.join('\n').toLowerCase();
  }

  /** Returns what is left of a text once all that is people's own is taken out. */
  without(text: string): string[] {
    let rest = text.replace(/https?:\/\/\S+|[\w.+-]+@[\w.-]+|[\w-]+(\.halden)?\.example\S*/g, apart);
    for (const phrase of this.#phrases) if (rest.includes(phrase)) rest = rest.replaceAll(phrase, apart);
    return rest
      .split(/[\u0001·,:;()“”"|…&]|\.(?= |$)| [/] | και /)
      .map(trimmed)
      .filter((one) => says(one) && !this.#words.has(one) && !this.#isPart(one));
  }

  /** A first name, or words out of a longer text: where it is cut, emphasised, in a table, or named after a link. */
  #isPart(text: string): boolean {
    if (this.#firstNames.has(text) || (text.includes(' ') && this.#long.includes(text))) return true;
    const words = text.toLowerCase().replace(/[^\p{L}\d ]/gu, '.');
    const isMarked = new RegExp(`[*_|\`][\\d ]*${words} *[*_|\`]`, 'u').test(this.#typed);
    return isMarked || new RegExp(`/${words.replaceAll(' ', '[-_]')}(\\W|$)`, 'mu').test(this.#typed);
  }
}
