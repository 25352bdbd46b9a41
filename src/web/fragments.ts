// The one layer in which what many people are shown alike is cached, as values and as markup. Its one rule: what is
// cached is made of a shared object and a declared variant, and of nothing else. Makers are declared at the top of their
// files, where no request is in reach; one person's own data come through slots, which are filled for each request.
import { randomUUID } from 'node:crypto';
import type { Words } from '../words.ts';

/** Says which copy a reader gets: each of its values is part of the key. */
export type Variant = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Most copies cached of one object by one maker, so that no address can fill the memory; the first made goes first. */
const most = 200;

function copiesOf<Made>() {
  const owners = new WeakMap<object, Map<string, Made>>();
  return (shared: object, key: string, make: () => Made): Made => {
    let copies = owners.get(shared);
    if (copies === undefined) {
      copies = new Map();
      owners.set(shared, copies);
    }
    const known = copies.get(key);
    if (known !== undefined || copies.has(key)) return known as Made;
    const made = make();
    if (copies.size >= most) copies.delete(copies.keys().next().value!);
    copies.set(key, made);
    return made;
  };
}

/** Texts come with their length, so that no two variants can look alike. */
function keyOf(variant: Variant = {}, words?: Words): string {
  let key = words === undefined ? '' : `${words.language} `;
  for (const name in variant) {
    const value = variant[name];
    key += typeof value === 'string' ? `${name}:${value.length}:${value} ` : `${name}=${value} `;
  }
  return key;
}

/** Caches what `make` returns for each shared object, variant and language, as long as the object exists. */
export function cached<Shared extends object, Rest extends [] | [Variant] | [Variant, Words], Made>(
  make: (shared: Shared, ...rest: Rest) => Made,
): (shared: Shared, ...rest: Rest) => Made {
  const copies = copiesOf<Made>();
  return (shared, ...rest) => {
    const [variant, words] = rest as [Variant?, Words?];
    return copies(shared, keyOf(variant, words), () => make(shared, ...rest));
  };
}

const pairs = new WeakMap<object, readonly [object, object]>();

/** Joins two shared objects into one, which is the same object as long as both are. */
export function joinShared<First extends object, Second extends object>(
  first: First,
  second: Second,
): readonly [First, Second] {
  const known = pairs.get(first);
  if (known?.[1] === second) return known as [First, Second];
  const pair = [first, second] as const;
  pairs.set(first, pair);
  return pair;
}

/** Marks a slot by NUL, which no text from the database can hold, so nobody's words look like one. */
export function slot(name: string): string {
  return `\0${name}\0`;
}

/** Markup split at its slots: one slot between two texts, which are encoded when a whole page first needs them. */
export interface Fragment {
  texts: readonly string[];
  slots: readonly string[];
  bytes?: readonly Buffer[];
}

export function splitAtSlots(markup: string): Fragment {
  const pieces = markup.split('\0');
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    slots: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** Values of the slots, by their names. */
export type Fill = Readonly<Record<string, unknown>>;

/** Fragments of one shared object and variant, for a template to print with `keep`. Only `cachedFragment` makes them. */
export interface CachedFragment {
  /** Returns the fragment of a template; `render` draws it where it is not cached yet. */
  of: (template: string, render: (data: object) => string) => Fragment;
  fill: Fill;
}

/** Declares the data of cached fragments; `slot('name')` in them is filled with what `fill` has of that name. */
export function cachedFragment<Shared extends object, V extends Variant>(
  make: (shared: Shared, variant: V, words: Words) => object,
): (shared: Shared, variant: V, words: Words, fill?: Fill) => CachedFragment {
  const copies = copiesOf<Fragment>();
  return (shared, variant, words, fill = {}) => {
    const key = keyOf(variant, words);
    return {
      fill,
      of: (template, render) =>
        copies(shared, `${template} ${key}`, () => splitAtSlots(render(make(shared, variant, words)))),
    };
  };
}

/** Returns the texts with the value of each slot between them. */
function interleave<Text>(
  texts: readonly Text[],
  { slots }: Fragment,
  valueIn: (name: string) => string,
): (Text | string)[] {
  const all: (Text | string)[] = [texts[0]!];
  for (let index = 1; index < texts.length; index++) all.push(valueIn(slots[index - 1]!), texts[index]!);
  return all;
}

export function fillSlots(fragment: Fragment, valueIn: (name: string) => string): string {
  return interleave(fragment.texts, fragment, valueIn).join('');
}

type Chunk = Buffer | string;

/** Fragments of one page, reserved while the rest of it is rendered: only that rest is encoded for each request. */
export type Reserved = Chunk[][];

/** Boundary of a placeholder, drawn by each process, so that nothing typed can look like it. */
const boundary = `\0${randomUUID()}`;

/** Reserves a fragment; returns the placeholder to print in its place. */
export function reserve(reserved: Reserved, fragment: Fragment, valueIn: (name: string) => string): string {
  fragment.bytes ??= fragment.texts.map((text) => Buffer.from(text));
  reserved.push(interleave(fragment.bytes, fragment, valueIn));
  return `${boundary}${reserved.length - 1}${boundary}`;
}

/** The page with every fragment back in its place. */
export function pageBytes(markup: string, reserved: Reserved): Buffer {
  const chunks: Chunk[] = [];
  markup.split(boundary).forEach((text, index) => {
    if (index % 2 === 0) chunks.push(text);
    else chunks.push(...reserved[Number(text)]!);
  });
  return joined(chunks);
}

function joined(chunks: readonly Chunk[]): Buffer {
  let size = 0;
  for (const chunk of chunks) size += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
  const page = Buffer.allocUnsafeSlow(size);
  let end = 0;
  for (const chunk of chunks) {
    if (typeof chunk === 'string') end += page.write(chunk, end);
    else {
      page.set(chunk, end);
      end += chunk.length;
    }
  }
  return page;
}
