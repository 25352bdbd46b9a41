// Two people write one text at once: both texts are kept. Works on sentences and lines, so that no sentence is mixed of two.

/** A sentence or a line, with the white space behind it. */
interface Unit {
  key: string;
  raw: string;
}

/** Sentences end with a stop before white space, lines with their break; white space belongs to the one before. */
const unit = /\S[^\n]*?(?:[.!?…][)"'”’»*_]*(?=\s)\s*|(?=\s*(?:\n|$))\s*)/g;

/** Cells of a table of two lists up to which they are compared exactly. */
const mostCells = 250_000;

/** Text as briefs are stored: one kind of line break, nothing around it. */
export const tidied = (text: string) => text.replace(/\r\n?/g, '\n').trim();

function unitsOf(text: string): Unit[] {
  const whole = tidied(text);
  return (whole === '' ? '' : `${whole}\n`).match(unit)?.map((raw) => ({ key: raw.trimEnd(), raw })) ?? [];
}

type Match = [before: number, after: number];

/** Finds units of the first list in the second: pairs of places, both rising. */
function matches(before: readonly Unit[], after: readonly Unit[]): Match[] {
  const found: Match[] = [];
  const todo: [from: Match, to: Match][] = [
    [
      [0, 0],
      [before.length, after.length],
    ],
  ];
  for (let next = todo.pop(); next; next = todo.pop()) {
    let [[b, a], [bEnd, aEnd]] = next;
    while (b < bEnd && a < aEnd && before[b]!.key === after[a]!.key) found.push([b++, a++]);
    while (b < bEnd && a < aEnd && before[bEnd - 1]!.key === after[aEnd - 1]!.key)
      found.push([--bEnd, --aEnd]);
    if (b === bEnd || a === aEnd) continue;
    if ((bEnd - b) * (aEnd - a) <= mostCells) {
      for (const [i, j] of exactly(before.slice(b, bEnd), after.slice(a, aEnd))) found.push([b + i, a + j]);
      continue;
    }
    const anchors = uniqueOf(before, after, [b, a], [bEnd, aEnd]);
    const stops: Match[] = anchors.length > 0 ? [...anchors, [bEnd, aEnd]] : [];
    let from: Match = [b, a];
    for (const stop of stops) {
      todo.push([from, stop]);
      if (stop[0] < bEnd) found.push(stop);
      from = [stop[0] + 1, stop[1] + 1];
    }
  }
  return found.sort(([one], [other]) => one - other);
}

/** The longest common list, by a table. */
function exactly(before: readonly Unit[], after: readonly Unit[]): Match[] {
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        before[i]!.key === after[j]!.key
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const found: Match[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i]!.key === after[j]!.key) found.push([i++, j++]);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return found;
}

/** Units that are there once on each side, as many as keep one order (patience diff, after Bram Cohen). */
function uniqueOf(before: readonly Unit[], after: readonly Unit[], from: Match, to: Match): Match[] {
  const places = (list: readonly Unit[], start: number, end: number) => {
    const at = new Map<string, number>();
    for (let i = start; i < end; i += 1) at.set(list[i]!.key, at.has(list[i]!.key) ? -1 : i);
    return at;
  };
  const there = places(after, from[1], to[1]);
  const pairs = [...places(before, from[0], to[0])].flatMap(([key, i]): Match[] => {
    const j = there.get(key) ?? -1;
    return i < 0 || j < 0 ? [] : [[i, j]];
  });
  return longestRising(pairs);
}

/** The longest list of pairs whose second places rise. Takes pairs by their first place. */
function longestRising(pairs: readonly Match[]): Match[] {
  const ends: number[] = [];
  const back: number[] = [];
  for (const [at, [, j]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < j) low = middle + 1;
      else high = middle;
    }
    back.push(low > 0 ? ends[low - 1]! : -1);
    ends[low] = at;
  }
  const rising: Match[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = back[at]!) rising.unshift(pairs[at]!);
  return rising;
}

/** A place of the base, from a unit up to another one, that a text fills with units of its own. */
interface Hunk {
  start: number;
  end: number;
  own: Unit[];
  isFirst: boolean;
}

function hunksOf(
  base: readonly Unit[],
  text: readonly Unit[],
  found: readonly Match[],
  isFirst: boolean,
): Hunk[] {
  const hunks: Hunk[] = [];
  let [start, from] = [0, 0];
  for (const [end, to] of [...found, [base.length, text.length] as Match]) {
    if (end > start || to > from) hunks.push({ start, end, own: text.slice(from, to), isFirst });
    [start, from] = [end + 1, to + 1];
  }
  return hunks;
}

/** Hunks of both texts, those that touch in one group, by their places. */
function grouped(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  let end = -1;
  for (const hunk of hunks) {
    if (hunk.start > end) groups.push([hunk]);
    else groups.at(-1)!.push(hunk);
    end = Math.max(end, hunk.end);
  }
  return groups;
}

/**
 * Joins two texts that began with the same one. What one of them changed is taken; where both changed the same sentence,
 * both stay, the saved one first; what one deleted and the other changed stays changed.
 */
export function mergeTexts(base: string, saved: string, typed: string): string {
  const [from, first, second] = [unitsOf(base), unitsOf(saved), unitsOf(typed)];
  const [inFirst, inSecond] = [matches(from, first), matches(from, second)];
  const [firstAt, secondAt] = [new Map(inFirst), new Map(inSecond)];
  const hunks = [...hunksOf(from, first, inFirst, true), ...hunksOf(from, second, inSecond, false)];
  const order = (one: Hunk, other: Hunk) => one.start - other.start || one.end - other.end;
  const groups = grouped(hunks.toSorted(order));
  const merged: string[] = [];
  for (let at = 0, next = 0; at <= from.length; at += 1) {
    const group = groups[next]?.[0]?.start === at ? groups[next++]! : [];
    merged.push(...both(group).map(({ raw }) => raw));
    const [i, j] = [firstAt.get(at), secondAt.get(at)];
    if (i === undefined || j === undefined) continue;
    merged.push(changedSpace(from[at]!.raw, first[i]!.raw, second[j]!.raw));
  }
  return merged.join('').trim();
}

/** Joins the units that both texts have of their own at one place; those that both have come once. */
function both(group: readonly Hunk[]): Unit[] {
  const first = group.filter(({ isFirst }) => isFirst).flatMap(({ own }) => own);
  const second = group.filter(({ isFirst }) => !isFirst).flatMap(({ own }) => own);
  const common = matches(first, second);
  if (common.length === 0) return group.flatMap(({ own }) => own);
  const units: Unit[] = [];
  let [f, s] = [0, 0];
  for (const [i, j] of [...common, [first.length, second.length] as Match]) {
    units.push(...first.slice(f, i), ...second.slice(s, j), ...first.slice(i, i + 1));
    [f, s] = [i + 1, j + 1];
  }
  return units;
}

/** White space behind a sentence that both kept: as the one who changed it left it. */
const changedSpace = (base: string, first: string, second: string) => (first === base ? second : first);

/** A stretch of a text that stayed, was added or was taken out. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Returns the way from one text to another, sentence by sentence. */
export function differenceOf(before: string, after: string): Stretch[] {
  const [from, to] = [unitsOf(before), unitsOf(after)];
  const stretches: Stretch[] = [];
  const put = (kind: Stretch['kind'], units: readonly Unit[]) => {
    if (units.length === 0) return;
    const text = units.map(({ raw }) => raw).join('');
    const last = stretches.at(-1);
    if (last?.kind === kind) last.text += text;
    else stretches.push({ kind, text });
  };
  let [b, a] = [0, 0];
  for (const [i, j] of [...matches(from, to), [from.length, to.length] as Match]) {
    put('removed', from.slice(b, i));
    put('added', to.slice(a, j));
    put('same', to.slice(j, j + 1));
    [b, a] = [i + 1, j + 1];
  }
  return stretches;
}

/** How many words a text has; signs of Markdown alone are none. */
export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
