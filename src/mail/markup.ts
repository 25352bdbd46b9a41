// Values a letter's template may print: our own markup and links as they are, everything else as harmless text.

/** A finished part of a letter, made here from a rendered template. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** A link of ours; throws RangeError for anything but http and https. */
export class Link {
  readonly href: string;
  constructor(address: string | URL) {
    const url = new URL(address);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new RangeError(`Not a web address: ${url.protocol}`);
    this.href = url.href;
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

// Mail programs make links of anything that looks like an address; a zero-width space after the dot or colon stops that.
const LOOKS_LIKE_AN_ADDRESS = /(?<=[\p{L}\p{N}\p{M}_%-])\.(?=\p{L})|:(?=\/\/)|@(?=\S)/gu;

/** The same text for the eye, in which no mail program finds an address to turn into a link. */
export function withoutLinks(text: string): string {
  return text.replace(LOOKS_LIKE_AN_ADDRESS, '$&\u200b');
}

/** How an HTML template prints a value; undefined is a mistake and throws. */
export function printHtml(value: unknown): string {
  if (value instanceof Html) return value.markup;
  if (value instanceof Link) return escapeHtml(value.href);
  return escapeHtml(printed(value));
}

/** How a plain-text template prints a value; undefined is a mistake and throws. */
export function printText(value: unknown): string {
  if (value instanceof Html) return value.markup;
  return value instanceof Link ? value.href : printed(value);
}

function printed(value: unknown): string {
  if (value === null || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return withoutLinks(value);
  throw new TypeError(`A letter printed ${value === undefined ? 'undefined' : 'something that is no text'}`);
}

/** Text in which '16:00–18:15' stays on one line: an hour alone at the end of a line is read wrongly. */
export function withWholeHours(text: string): Html {
  return new Html(
    printHtml(text).replace(/\d\d:\d\d–\d\d:\d\d/g, '<span style="white-space:nowrap">$&</span>'),
  );
}
