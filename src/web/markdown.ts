// The one place where somebody's own words become markup: Markdown in, a short list of harmless tags out.
import { Marked, type Token, type Tokens } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { escapeText, Html } from './html.ts';

/** In characters, marks and levels. Beyond them a text is shown as typed: nobody writes it, and reading it must stay quick. */
const longest = 12_000;
const mostMarks = 2000;
const deepest = 12;

/** Tags typed by hand are shown as they were typed; pictures, tables and bare HTML have no meaning here. */
const marked = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: { html: () => undefined, tag: () => undefined, table: () => undefined, def: () => undefined },
  renderer: {
    image: ({ href, text }: Tokens.Image) => `<a href="${escapeText(href)}">${escapeText(text || href)}</a>`,
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
  },
});

const harmless: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'br',
    'strong',
    'em',
    'del',
    'code',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'a',
    'hr',
  ],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'escape',
  nestingLimit: 60,
  transformTags: { a: outward },
};

/** A link that leaves the site says nothing of where it came from; any other address is no link at all. */
function outward(_name: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const href = attributes.href ?? '';
  const leaves = /^(https?:\/\/|mailto:)/i.test(href) && URL.canParse(href);
  return { tagName: 'a', attribs: leaves ? { href, rel: 'nofollow noopener noreferrer' } : {} };
}

/**
 * Markdown as markup inside an element htmx leaves alone. Headings begin below `under` (the level of the heading
 * this text stands under, 1 to 5) and skip no level. What is too long or too deep is shown as it was typed.
 */
export function renderMarkdown(source: string, options: { under?: number } = {}): Html {
  return new Html(`<div class="prose" hx-ignore>${proseOf(source, options.under ?? 2)}</div>`);
}

function proseOf(source: string, under: number): string {
  if (source.length > longest || hasTooManyMarks(source) || isTooDeep(source)) return asTyped(source);
  try {
    const tokens = marked.lexer(source);
    demoteHeadings(tokens, under);
    return sanitizeHtml(marked.parser(tokens), harmless);
  } catch {
    return asTyped(source);
  }
}

function asTyped(source: string): string {
  return `<p>${escapeText(source).replaceAll('\n', '<br>')}</p>`;
}

/** Emphasis that never closes is looked for again at each mark. */
function hasTooManyMarks(source: string): boolean {
  return (source.match(/[*_~`[\]<@]/g)?.length ?? 0) > mostMarks;
}

/** Quotes in quotes and lists in lists cost time that grows with their depth, squared. */
function isTooDeep(source: string): boolean {
  return source.split('\n').some((line) => {
    const lead = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*/.exec(line)?.[0] ?? '';
    return (lead.match(/[>*+.)-]/g)?.length ?? 0) > deepest;
  });
}

function demoteHeadings(tokens: Token[], under: number): void {
  const open: number[] = [];
  marked.walkTokens(tokens, (token) => {
    if (token.type !== 'heading') return;
    while (open.length > 0 && open.at(-1)! >= token.depth) open.pop();
    open.push(token.depth);
    token.depth = Math.min(6, under + open.length);
  });
}

/** The first paragraph of a text in Markdown, without its marks, cut between two words: for a line in a list. */
export function excerpt(source: string, most = 180): string {
  const start = source.slice(0, most * 4);
  const text = isTooDeep(start) ? start : openingOf(marked.lexer(start));
  const words = text.replace(/\s+/g, ' ').trim();
  if ([...words].length <= most) return words;
  const cut = [...words].slice(0, most).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).replace(/[\s.,;:–-]+$/, '')}…`;
}

function openingOf(tokens: Token[]): string {
  const first = tokens.find((token) => token.type === 'paragraph');
  return textOf(first ? [first] : tokens);
}

function textOf(tokens: Token[]): string {
  return tokens.map((token) => (blocks.has(token.type) ? ` ${wordsOf(token)} ` : wordsOf(token))).join('');
}

function wordsOf(token: Token): string {
  if (token.type === 'list') return (token as Tokens.List).items.map((item) => textOf(item.tokens)).join(' ');
  if ('tokens' in token && token.tokens) return textOf(token.tokens);
  if (token.type === 'br' || token.type === 'space' || token.type === 'hr') return ' ';
  return 'text' in token && typeof token.text === 'string' ? token.text : '';
}

const blocks = new Set(['paragraph', 'heading', 'blockquote', 'list', 'code']);

/** Matches what begins a heading, a list, a quotation, a line or the end of a heading at its position. */
const beginnings = /(?<=^|\s)(#+(?=\s|$)|[-+=>](?=\s|$|[-=]))|(?<=^\d{1,9})[.)](?=\s|$)/g;

/**
 * A text as Markdown that reads the same on one line: nobody's words become a heading, a link, a picture or a tag
 * (CommonMark 0.31, 2.4; addresses as in the extension of GitHub). What means nothing stays as it was typed.
 */
export function asPlainWords(text: string): string {
  return text
    .trim()
    .replace(/\s*[\n\r\u2028\u2029]\s*/g, ' ')
    .replace(/[\\`*_[\]<>|~]|&(?=#?\w)|:(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-])/gi, '\\$&')
    .replace(beginnings, '\\$&');
}
