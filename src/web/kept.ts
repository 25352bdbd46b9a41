// What many people are shown alike, worked out once and kept as long as what it was made from. A kept fragment has
// holes for what is one person's own, such as the form token: they are filled for each request.

/** How many variants of one thing are kept at most, so that no address can fill the memory; the first made goes first. */
const most = 200;

const shelves = new WeakMap<object, Map<string, unknown>>();

/** Caches what `make` returns for this owner and key; the entry goes when the owner does. */
export function kept<T>(owner: object, key: string, make: () => T): T {
  let shelf = shelves.get(owner) as Map<string, T> | undefined;
  if (shelf === undefined) {
    shelf = new Map();
    shelves.set(owner, shelf);
  }
  const known = shelf.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (shelf.size >= most) shelf.delete(shelf.keys().next().value!);
  shelf.set(key, made);
  return made;
}

/** A place to be filled later. Its mark is NUL, which no text from the database can hold, so nobody's words look like one. */
export function hole(name: string): string {
  return `\0${name}\0`;
}

/** Markup cut at its holes: each hole stands between two texts, which are encoded when a whole page first needs them. */
export interface Cut {
  texts: readonly string[];
  holes: readonly string[];
  bytes?: readonly Buffer[];
}

export function cutAtHoles(markup: string): Cut {
  const pieces = markup.split('\0');
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    holes: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** The texts with what is in each hole between them. */
export function between<Text>(
  texts: readonly Text[],
  { holes }: Cut,
  valueIn: (name: string) => string,
): (Text | string)[] {
  const all: (Text | string)[] = [texts[0]!];
  for (let index = 1; index < texts.length; index++) all.push(valueIn(holes[index - 1]!), texts[index]!);
  return all;
}

export function filled(cut: Cut, valueIn: (name: string) => string): string {
  return between(cut.texts, cut, valueIn).join('');
}
