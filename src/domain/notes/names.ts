// Names in a note: pointed out before it is kept, so that ideas are taken and names are left.
import { fold } from '../people/words.ts';

/**
 * First and last names that are also words, in the languages of the people here: in a note they count as a name only with
 * a capital where a word would have none, or beside another part of the same name.
 */
const alsoWords = new Set(
  (
    'will mark grace rose hope faith joy may april june august art bill frank max pat penny rich rob sue ray dean drew ' +
    'earl gene grant guy jack jay josh lance miles nick norm peg sandy skip sky wade ward chase chance chip clay cliff ' +
    'colt dale dawn daisy eve fern flora forest ginger glen heather heath holly iris ivy jade jasmine jewel lily ' +
    'melody olive pearl poppy robin ruby summer autumn violet viola victor christian angel amber harmony destiny ' +
    'trinity mercy patience prudence constance charity honor noble major justice page carol bob don harry dick rod ' +
    'sunny woody ad an al bo di do ed eli even jo le li long lou ken kit mai man my no per see so son tom ty van ' +
    'young king brown black white green day cook baker bank stone wood price cash power law rule small best sharp ' +
    'swift short bush rice wolf fox love little gray grey field hill lake bell bond ford hall hunt knight marsh moon ' +
    'park pope rush sands snow sommer winter speed strong west north east waters weeks wise wright reader ' +
    'klein lang kurz berg stein bach jung alt ernst engel kaiser koch richter vogt weber wagner sommer herbst frei ' +
    'roth weiss schwarz bauer fischer schneider hoffnung dag bros storm sol bjorn liv mette bent sten steen kant ' +
    'de jong groot bakker visser mulder kok smit vos bos dekker blanc noir petit grand roi leroy marchand reine claire ' +
    'aime ange pierre rene fleur marin prudent constant clement juste mari luna sol rio paz luz fe'
  ).split(' '),
);

/** Small words inside names, which are no names alone. */
const particles = new Set(
  'van den der de het ten ter von zu zum zur vom la le les du des da das do dos di del della dello el al bin ben ibn abu st y e i und and'.split(
    ' ',
  ),
);

interface Word {
  /** As it was written, without a genitive. */
  written: string;
  folded: string;
  /** A word would have a small letter here: it stands inside a sentence. */
  isInside: boolean;
  isGenitive: boolean;
}

/**
 * Finds the first name of anybody on this list in a note, as it was written; null where there is none. Capitals and accents
 * make no difference, but where a name is also a word ("will", "grace").
 */
export function nameIn(text: string, people: readonly { name: string }[]): string | null {
  const words = wordsOf(text);
  const isShouted = text === text.toLocaleUpperCase('en');
  const wholes = people.map(({ name }) => partsOf(name));
  const parts = new Map<string, string[][]>();
  for (const whole of wholes) for (const part of whole) parts.set(part, [...(parts.get(part) ?? []), whole]);
  const at = words.findIndex((word, index) => isName(words, index, parts.get(word.folded), isShouted));
  if (at < 0) return unspacedIn(text, people);
  const whole = parts.get(words[at]!.folded)!;
  const next = words[at + 1];
  const goesOn = next !== undefined && whole.some((names) => names.includes(next.folded));
  return goesOn ? `${words[at]!.written} ${next.written}` : words[at]!.written;
}

function isName(
  words: readonly Word[],
  index: number,
  wholes: readonly string[][] | undefined,
  isShouted: boolean,
): boolean {
  const word = words[index]!;
  if (wholes === undefined) return false;
  if (!isAlsoWord(word.folded)) return true;
  const beside = [words[index - 1], words[index + 1]].filter((one) => one !== undefined);
  if (beside.some(({ folded }) => folded !== word.folded && wholes.some((names) => names.includes(folded))))
    return true;
  const isCapital = /^\p{Lu}/u.test(word.written);
  return isCapital && !isShouted && (word.isInside || word.isGenitive);
}

/** Names in scripts that put no spaces between words are looked for anywhere. */
function unspacedIn(text: string, people: readonly { name: string }[]): string | null {
  const script = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}・·\s]{2,}$/u;
  const plain = text.normalize('NFC');
  const names = people.map(({ name }) => name.normalize('NFC').trim()).filter((name) => script.test(name));
  return names.find((name) => plain.includes(name)) ?? null;
}

/** Very short names are words in one language or another. */
const isAlsoWord = (folded: string) => alsoWords.has(folded) || [...folded].length <= 2;

/** Parts of a name that count alone: no titles, initials, marks or small words. */
function partsOf(name: string): string[] {
  const plain = name.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
  const written = plain.match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*\.?/gu) ?? [];
  return written
    .filter((part) => !part.endsWith('.') && [...part].length > 1)
    .map(fold)
    .filter((part) => !particles.has(part));
}

function wordsOf(note: string): Word[] {
  const text = note.normalize('NFC');
  const found = [...text.matchAll(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu)];
  return found.map((match) => {
    const genitive = /^(.+)['’]s$/iu.exec(match[0]);
    const written = genitive?.[1] ?? match[0];
    const before = text.slice(0, match.index).trimEnd();
    return {
      written,
      folded: fold(written),
      isInside: before !== '' && !/[.!?:…"“”«»(–—-]$/u.test(before),
      isGenitive: genitive !== null,
    };
  });
}
