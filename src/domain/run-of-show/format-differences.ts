// Differences between two versions of a format, and which of them an event can still take.
import type { PlannedBlock } from './edits.ts';
import { plainDetails } from './edits.ts';
import { type FormatBlock, type FormatContent, type FormatFacts, isSameContent } from './format.ts';

/** Texts and facts an event takes from its format, beside blocks. */
export const factFields = [
  ...(['headline', 'lede', 'howItRuns', 'seniors', 'talents'] as const),
  ...(['questions', 'deadlines', 'survey'] as const),
] as const;
export type FactField = (typeof factFields)[number];

/** A block as both versions know it: kind, title, and which one of that name it is. */
export interface BlockName {
  kind: string;
  title: string;
  nth: number;
}

export type Difference =
  | { kind: 'field'; block: BlockName; field: keyof FormatBlock; from: unknown; to: unknown }
  | { kind: 'added'; block: FormatBlock; name: BlockName; after: BlockName | null }
  | { kind: 'removed'; block: BlockName }
  | { kind: 'fact'; field: FactField; from: unknown; to: unknown };

/** A short name of a difference, the same each time it is worked out. */
export function keyOf(difference: Difference): string {
  const of = ({ kind, title, nth }: BlockName) => `${kind}:${nth}:${title}`;
  if (difference.kind === 'fact') return `fact:${difference.field}`;
  if (difference.kind === 'added') return `added:${of(difference.name)}`;
  if (difference.kind === 'removed') return `removed:${of(difference.block)}`;
  return `field:${difference.field}:${of(difference.block)}`;
}

/** Lists all in which a newer version differs from an older one. */
export function differencesOf(older: FormatContent, newer: FormatContent): Difference[] {
  const facts = factFields
    .filter((field) => !isSameContent(older[field], newer[field]))
    .map((field): Difference => ({ kind: 'fact', field, from: older[field], to: newer[field] }));
  return [...blockDifferences(older.blocks, newer.blocks), ...facts];
}

type Named<B> = B & { name: BlockName };

/** Blocks with their names; the second 'Move' is another one than the first. */
export function named<B extends { kind: string; title: string }>(blocks: readonly B[]): Named<B>[] {
  const seen = new Map<string, number>();
  return blocks.map((block) => {
    const key = `${block.kind}:${block.title}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { ...block, name: { kind: block.kind, title: block.title, nth } };
  });
}

const isSameName = (one: BlockName, other: BlockName) => isSameContent(one, other);

function blockDifferences(older: readonly FormatBlock[], newer: readonly FormatBlock[]): Difference[] {
  const [before, after] = [named(older), named(newer)];
  const kept = keptInOrder(before, after);
  const keptBefore = new Set(kept.map(([at]) => at));
  const keptAfter = new Set(kept.map(([, at]) => at));
  const changed = kept.flatMap(([from, to]) => fieldDifferences(before[from]!, after[to]!));
  const removed = before.flatMap((block, at): Difference[] =>
    keptBefore.has(at) ? [] : [{ kind: 'removed', block: block.name }],
  );
  const added = after.flatMap((block, at): Difference[] => {
    if (keptAfter.has(at)) return [];
    const { name, ...content } = block;
    return [{ kind: 'added', block: content, name, after: after[at - 1]?.name ?? null }];
  });
  return [...changed, ...removed, ...added];
}

/** Pairs of places of the blocks that stay in their order, as many as can be (longest common subsequence). */
function keptInOrder(before: Named<FormatBlock>[], after: Named<FormatBlock>[]): [number, number][] {
  const longest: [number, number][][][] = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => []),
  );
  for (let from = before.length - 1; from >= 0; from--)
    for (let to = after.length - 1; to >= 0; to--) {
      const isSame = isSameName(before[from]!.name, after[to]!.name);
      const [skip, other] = [longest[from + 1]![to]!, longest[from]![to + 1]!];
      const longer = skip.length >= other.length ? skip : other;
      longest[from]![to] = isSame ? [[from, to], ...longest[from + 1]![to + 1]!] : longer;
    }
  return longest[0]![0]!;
}

function fieldDifferences(before: Named<FormatBlock>, after: Named<FormatBlock>): Difference[] {
  const { name, ...fields } = after;
  return (Object.keys(fields) as (keyof FormatBlock)[])
    .filter((field) => !isSameContent(before[field] ?? null, after[field] ?? null))
    .map((field) => ({ kind: 'field', block: name, field, from: before[field], to: after[field] }));
}

/** An event as far as it holds parts of a format. */
export interface HeldParts {
  blocks: readonly PlannedBlock[];
  facts: FormatFacts;
  headline: string;
  lede: string;
}

const factIn = (held: HeldParts, field: FactField): unknown =>
  field === 'headline' || field === 'lede' ? held[field] : held.facts[field];

/** Says whether an event can take a difference: it has not yet, and what it is about is still there. */
export function canTake(difference: Difference, held: HeldParts): boolean {
  const find = (name: BlockName) => named(held.blocks).find((block) => isSameName(block.name, name));
  if (difference.kind === 'fact') return !isSameContent(factIn(held, difference.field), difference.to);
  if (difference.kind === 'added') return find(difference.name) === undefined;
  const block = find(difference.block);
  if (!block || difference.kind === 'removed') return block !== undefined;
  return !isSameContent(block[difference.field] ?? null, difference.to ?? null);
}

/** Reads what an event has now where a difference would change it; undefined where it has nothing there. */
export function presentIn(difference: Difference, held: HeldParts): unknown {
  if (difference.kind === 'fact') return factIn(held, difference.field);
  if (difference.kind !== 'field') return undefined;
  return named(held.blocks).find((block) => isSameName(block.name, difference.block))?.[difference.field];
}

/** Takes differences into the blocks of an event. */
export function withDifferences(
  blocks: readonly PlannedBlock[],
  differences: readonly Difference[],
): PlannedBlock[] {
  return differences.reduce(
    (list: PlannedBlock[], difference) => withDifference(list, difference),
    [...blocks],
  );
}

function withDifference(blocks: PlannedBlock[], difference: Difference): PlannedBlock[] {
  const placeOf = (name: BlockName) => named(blocks).findIndex((block) => isSameName(block.name, name));
  if (difference.kind === 'fact') return blocks;
  if (difference.kind === 'added') {
    const after = difference.after === null ? -1 : placeOf(difference.after);
    const at = difference.after !== null && after < 0 ? blocks.length : after + 1;
    return blocks.toSpliced(at, 0, { ...plainDetails, ...difference.block });
  }
  const at = placeOf(difference.block);
  if (at < 0) return blocks;
  if (difference.kind === 'removed') return blocks.toSpliced(at, 1);
  return blocks.with(at, { ...blocks[at]!, [difference.field]: difference.to });
}
