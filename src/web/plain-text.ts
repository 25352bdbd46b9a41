// HTML of others as clean text: no tags, no entities, paragraphs and lists kept, addresses of links set aside.
import { compile, type FormatCallback } from 'html-to-text';

/** Handed through a conversion, and filled on the way; the package's types do not know of it. */
interface Found {
  addresses: string[];
}

const linkText: FormatCallback = (element, walk, builder) => {
  const address = element.attribs?.href;
  if (address) (builder as typeof builder & { metadata?: Found }).metadata?.addresses.push(address.trim());
  walk(element.children, builder);
};

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const convert = compile({
  wordwrap: false,
  formatters: { linkText },
  limits: { maxDepth: 30, maxInputLength: 200_000 },
  selectors: [
    { selector: 'a', format: 'linkText' },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'hr', format: 'skip' },
    ...headings.map((selector) => ({ selector, options: { uppercase: false } })),
  ],
}) as (html: string, found: Found) => string;

/** The text of a piece of HTML, and the addresses its links lead to. */
export interface PlainText {
  text: string;
  addresses: string[];
}

/** The text of a piece of HTML; what has neither tags nor entities is text already and only tidied. */
export function htmlToPlainText(html: string): PlainText {
  const found: Found = { addresses: [] };
  const isHtml = /<\/?[a-z][^<>]*>|&(#\d+|#x[\da-f]+|[a-z]\w*);/i.test(html);
  const text = isHtml ? convert(html, found) : html.replace(/\r\n?/g, '\n');
  return { text: tidied(text), addresses: [...new Set(found.addresses)] };
}

function tidied(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
