// Reporting lines: finding the manager that is meant, and lines that run in a circle.

import { eachInSteps, finish, type Steps } from '../steps.ts';
import { bareAddress } from './address.ts';
import { type Candidate, findingNearest, preparingCandidates } from './nearest.ts';
import { fold, type Sentence, sentenceWith, truncated } from './words.ts';

/** Anyone who may be named as a manager. `key` is the address in small letters. */
export interface Listed {
  key: string;
  name: string;
}

export interface Directory {
  byKey: ReadonlyMap<string, Listed>;
  /** By folded name; several people may share one. */
  byName: ReadonlyMap<string, readonly Listed[]>;
  /** Finds the address nearest to a misspelt one, in steps, with the names worked out once. */
  suggest(text: string): Steps<Listed | null>;
}

/** Looking for something alike among thousands is slow work, so it is done for this many different managers at most. */
const mostSuggestions = 100;

/** People to look managers up in, by address and by name; of several with one address the first counts. */
export const directoryOf = (people: Iterable<Listed>): Directory => finish(makingDirectory(people));

/** Does the same in steps, so that pages are answered in between. */
export function* makingDirectory(people: Iterable<Listed>): Steps<Directory> {
  const byKey = new Map<string, Listed>();
  const byName = new Map<string, Listed[]>();
  yield* eachInSteps(people, (person) => {
    if (byKey.has(person.key)) return;
    byKey.set(person.key, person);
    const name = fold(person.name);
    const namesakes = byName.get(name);
    if (namesakes) namesakes.push(person);
    else byName.set(name, [person]);
  });
  return { byKey, byName, suggest: suggestions(byKey, byName) };
}

function suggestions(
  byKey: ReadonlyMap<string, Listed>,
  byName: ReadonlyMap<string, Listed[]>,
): Directory['suggest'] {
  const found = new Map<string, Listed | null>();
  const keys = lists(byKey.keys());
  const names = lists(byName.keys());
  function* search(text: string): Steps<Listed | undefined> {
    const near = yield* findingNearest(yield* (text.includes('@') ? keys : names)(), text);
    return text.includes('@') ? byKey.get(near ?? '') : byName.get(near ?? '')?.[0];
  }
  return function* suggest(text) {
    if (!found.has(text) && found.size < mostSuggestions) found.set(text, (yield* search(text)) ?? null);
    return found.get(text) ?? null;
  };
}

/** Prepares candidates when they are first asked for. */
function lists(texts: Iterable<string>): () => Steps<Candidate[]> {
  let prepared: Candidate[] | undefined;
  return function* prepare() {
    prepared ??= yield* preparingCandidates(texts);
    return prepared;
  };
}

/** The person a manager's address or name means, or a sentence why it means nobody. */
export const managerMeant = (text: string, directory: Directory): Listed | Sentence =>
  finish(findingManager(text, directory));

/** Does the same in steps, so that pages are answered in between. */
export function* findingManager(text: string, directory: Directory): Steps<Listed | Sentence> {
  const key = bareAddress(text).toLowerCase();
  const byAddress = directory.byKey.get(key);
  if (byAddress) return byAddress;
  const named = text.includes('@') ? [] : (directory.byName.get(fold(text)) ?? []);
  if (named.length === 1) return named[0]!;
  if (named.length > 1) {
    return sentenceWith('{n} people are called {manager}. Write the manager’s e-mail address.', {
      n: named.length,
      manager: truncated(text),
    });
  }
  return yield* notListed(text, key, directory);
}

function* notListed(text: string, key: string, directory: Directory): Steps<Sentence> {
  const close = yield* directory.suggest(text.includes('@') ? key : text);
  if (!close)
    return sentenceWith('The manager {manager} is not in the list. Correct it, or leave the cell empty.', {
      manager: truncated(text),
    });
  const params = { manager: truncated(text), close: shortened(close, key) };
  return sentenceWith('The manager {manager} is not in the list. Did you mean {close}?', params);
}

/** With the same domain the part before the @ says enough. */
function shortened({ key, name }: Listed, meant: string): string {
  if (!meant.includes('@')) return name;
  const [local, domain] = key.split('@');
  return meant.endsWith(`@${domain}`) ? local! : key;
}

/** Every circle in "reports to" (key of person → key of manager), each as its members in reporting order. */
export const circles = (managerOf: ReadonlyMap<string, string>): string[][] =>
  finish(findingCircles(managerOf));

/** Does the same in steps, so that pages are answered in between. */
export function* findingCircles(managerOf: ReadonlyMap<string, string>): Steps<string[][]> {
  const found: string[][] = [];
  const done = new Set<string>();
  yield* eachInSteps(managerOf.keys(), (start) => {
    const path = new Map<string, number>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !path.has(at)) {
      path.set(at, path.size);
      at = managerOf.get(at);
    }
    const entry = at === undefined ? undefined : path.get(at);
    if (entry !== undefined) found.push([...path.keys()].slice(entry));
    for (const key of path.keys()) done.add(key);
  });
  return found;
}

/** "Ada reports to Bo, who reports to Ada": the circle in words, from the person whose row it is; long ones are cut. */
export function circleSentence(names: readonly string[]): Sentence {
  const [first = '', second = first, third] = names;
  if (names.length === 1)
    return sentenceWith(
      '{name} cannot report to themselves. Write another manager, or leave the cell empty.',
      {
        name: first,
      },
    );
  if (names.length === 2) {
    return sentenceWith(
      'This makes a circle: {first} reports to {second}, who reports to {first}. Correct one of the two.',
      { first, second },
    );
  }
  return sentenceWith(
    'This makes a circle: {first} reports to {second}, who reports to {third}, and so on back to {first}. Correct one of them.',
    {
      first,
      second,
      third: third!,
    },
  );
}
