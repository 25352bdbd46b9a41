// Names as people and HR systems write them: which part greets, and which order they are in.

import { shorten } from '../visible-text.ts';
import { fold } from './words.ts';

/** Marks behind a name, in small letters without dots: generations, degrees, professions. */
const afterNames = new Set(
  (
    'jr sr ii iii iv v phd dphil md msc ma ba bsc beng meng mba emba llb llm jd dds rn cpa ca cfa cma acca pe pmp frm ' +
    'esq ret ing dipl facp fcca mp obe mbe'
  ).split(' '),
);
/** Titles before a name, in small letters without dots. */
const titles = new Set(
  'dr prof profdr mr mrs ms mx miss drs dhr mevr mevrouw herr frau mme mlle madame monsieur sir dame'.split(
    ' ',
  ),
);
/** Titles that are titles with a dot alone: without one, Ing and Mag are names too. */
const dottedTitles = new Set(
  'ir ing rev hon mag dott dipl-ing priv-doz rer nat med jur phil pol oec habil'.split(' '),
);

const bare = (word: string) => word.replaceAll('.', '').toLowerCase();
const isTitle = (word: string) =>
  titles.has(bare(word)) || (word.endsWith('.') && dottedTitles.has(bare(word)));

/** A mark behind a name: a known one, or capitals as no name in this text is written. */
function isAfterName(word: string, name: string): boolean {
  const isShort = /^\p{Lu}{2,5}$/u.test(word) && name !== name.toUpperCase();
  // "she/her" and "m/w/d" are remarks: no name has a slash in it.
  return afterNames.has(bare(word)) || isShort || word.includes('/');
}

interface Parts {
  /** First names, where a comma parts them from the last; else the whole name. */
  given: string;
  /** '' where the name has no comma that parts it. */
  family: string;
}

/** The parts of a name, without remarks in brackets or behind a dash, and marks behind a comma. */
function partsOf(name: string): Parts {
  const plain = name
    .replace(/\([^()]*\)|\[[^[\]]*\]|\s[-–—|]\s.*$/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const [before = '', after = ''] = plain.split(',').map((part) => part.trim());
  const isParted = after !== '' && !isAfterName(after.split(' ')[0]!, before);
  return isParted ? { given: after, family: before } : { given: before, family: '' };
}

/** How we greet somebody: by the first name; by the whole name if it begins with an initial, or is a title and one word. */
export function greetingName(name: string): string {
  const { given, family } = partsOf(name);
  const words = given.split(' ').filter(Boolean);
  const first = words.findIndex((word) => !isTitle(word));
  const called = words[first] ?? '';
  const isLastNameAlone = family === '' && first > 0 && first === words.length - 1;
  const isInitial = [...called].length < 2 || called.includes('.');
  const greeting = isLastNameAlone || isInitial ? [given, family].filter(Boolean).join(' ') : called;
  return shorten(greeting || name, 60);
}

/** Somebody to be greeted; `greeting`: as an organiser typed it, where it does not follow from the name. */
export interface Greeted {
  name: string;
  greeting?: string;
}

/** How we greet this person: as typed, else by what follows from the name. */
export function greetingOf({ name, greeting }: Greeted): string {
  return greeting ? shorten(greeting, 60) : greetingName(name);
}

/** The greeting to keep beside a name: '' where it follows from it, so that it changes with the name. */
export function ownGreeting({ name, greeting = '' }: Greeted): string {
  return greeting === greetingName(name) ? '' : greeting;
}

/** "Jonas Berg" for "Berg, Jonas"; with a mark, a remark or a title the name stays as it is written. */
export function inSpokenOrder(name: string): string {
  const [family, given, ...more] = name.split(',').map((part) => part.trim());
  if (!family || !given || more.length > 0 || /[()[\]|]|\s[-–—]\s/.test(name)) return name;
  const words = `${family} ${given}`.split(' ');
  if (words.some((word) => isTitle(word) || isAfterName(word, name))) return name;
  return `${given} ${family}`;
}

/** Key of a person in lists: the address in small letters, and the name where the address was another's first. */
export function personKey(person: { email: string; name: string; sharesAddress?: boolean }): string {
  const address = person.email.toLowerCase();
  return person.sharesAddress ? `${address} ${nameKey(person.name)}` : address;
}

/** Equal for names of one person however they are written: order, capitals, accents, titles and remarks do not count. */
export function nameKey(name: string): string {
  const { given, family } = partsOf(name);
  const words = `${given} ${family}`
    .split(' ')
    .filter((word) => !isTitle(word) && !afterNames.has(bare(word)));
  return fold(words.join(' ')).split(' ').sort().join(' ');
}
