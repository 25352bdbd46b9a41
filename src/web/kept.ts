// Cache of parts that many people see alike, as long as the object they were made from exists. A cached fragment has
// slots for one person's own data, such as the form token: they are filled for each request.

/** Most variants cached of one object, so that no address can fill the memory; the first made goes first. */
const most = 200;

const caches = new WeakMap<object, Map<string, unknown>>();

/** Caches what `make` returns for this owner and key; the entry goes when the owner does. */
export function cached<T>(owner: object, key: string, make: () => T): T {
  let cache = caches.get(owner) as Map<string, T> | undefined;
  if (cache === undefined) {
    cache = new Map();
    caches.set(owner, cache);
  }
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= most) cache.delete(cache.keys().next().value!);
  cache.set(key, made);
  return made;
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

/** Returns the texts with the value of each slot between them. */
export function interleave<Text>(
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
