// The links of a trend, one on a line: only http and https, each checked with a sentence.
import { limits } from './trend.ts';

/** Why a line is no link; `sentence` is a key of the catalogue with `{placeholders}` filled from `values`. */
export interface LinkProblem {
  sentence: string;
  values: Record<string, string | number>;
}

export interface ReadLinks {
  links: string[];
  problems: LinkProblem[];
}

const NO_SCHEME = 'Line {line}, “{text}”, is not a whole address. Start it with https:// and try again.';
const WRONG_SCHEME =
  'Line {line}, “{text}”, is not an address of a page. Use one that starts with https:// or http://.';
const WITH_PASSWORD = 'Line {line}, “{text}”, has a name or password in it. Leave that part out.';
const TOO_LONG = 'Line {line} is longer than {most} characters. Use a shorter address.';
const TOO_MANY = 'These are {n} links. Keep the {most} that matter most.';

/** Each line that is not blank, as an address; the same address twice counts once. */
export function readLinks(text: string): ReadLinks {
  const links = new Set<string>();
  const problems: LinkProblem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const typed = line.trim();
    if (typed === '') continue;
    const problem = problemWith(typed, index + 1);
    if (problem) problems.push(problem);
    else links.add(new URL(typed).href);
  }
  if (links.size > limits.links) {
    problems.push({ sentence: TOO_MANY, values: { n: links.size, most: limits.links } });
  }
  return { links: [...links], problems };
}

function problemWith(typed: string, line: number): LinkProblem | undefined {
  const values = { line, text: shortened(typed, 60) };
  if (typed.length > limits.link) return { sentence: TOO_LONG, values: { line, most: limits.link } };
  if (/\s/.test(typed) || !URL.canParse(typed)) return { sentence: NO_SCHEME, values };
  const url = new URL(typed);
  // 'example.org:80/x' parses as a scheme of its own, and means a page all the same.
  if (!/^[a-z][a-z\d+.-]*:/i.test(typed) || /^[\w-]+(\.[\w-]+)+:/.test(typed))
    return { sentence: NO_SCHEME, values };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { sentence: WRONG_SCHEME, values };
  if (url.username !== '' || url.password !== '') return { sentence: WITH_PASSWORD, values };
  return undefined;
}

/** Whether an address found in someone else's text may stand among a trend's links. */
export function isLink(address: string): boolean {
  return problemWith(address, 1) === undefined;
}

/** How a link reads in a list: the words at the end of its path ('heat-at-work.html' is 'Heat at work'), and its host. */
export function linkWords(address: string): { title: string; host: string } {
  const url = new URL(address);
  const host = url.hostname.replace(/^www\./, '');
  const path = readable(url.pathname.replace(/\/+$/, ''));
  const words = wordsIn(path.slice(path.lastIndexOf('/') + 1));
  return { title: shortened(words || host + path, 90), host };
}

/** The words of a file's name; nothing where it is a number or a code. */
function wordsIn(name: string): string {
  const words = name
    .replace(/\.(html?|php|aspx?|pdf|md)$/i, '')
    .replace(/[-_+\s]+/g, ' ')
    .trim();
  if (!/\p{L}{3}/u.test(words) || /[\p{C}%]|\p{L}\d+\p{L}|\d\p{L}+\d|^index$/u.test(words)) return '';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
