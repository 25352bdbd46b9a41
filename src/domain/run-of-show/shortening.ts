// Shortening a run of show: from the last block that may give minutes first, never below what it needs.

/** A block as far as shortening goes. */
export interface Shrinkable {
  kind: string;
  minutes: number;
  /** Fewest minutes it may shrink to; null or left out: it keeps its minutes. */
  shrinksTo?: number | null;
  mayDrop?: boolean;
}

/** Minutes a block gives; `isDropped`: all it had. */
export interface Taken {
  /** Place in the list, from 0. */
  block: number;
  minutes: number;
  isDropped: boolean;
}

export interface Shortened {
  /** In the order of the list. */
  taken: Taken[];
  /** Minutes by which the show still is too long. */
  missing: number;
}

/** The part of a list that may be shortened: from `from`, up to and without `to`. */
export interface Part {
  from?: number;
  to?: number;
}

/**
 * Takes minutes: as few blocks as possible are dropped, those that may be from the last one on; then blocks shrink, the
 * last first, each down to its least. A round goes with the move that leads to it. Where all that is not enough, it
 * takes what there is and says how many minutes are missing.
 */
export function shorten(blocks: readonly Shrinkable[], minutes: number, part: Part = {}): Shortened {
  const here = within(blocks, part);
  const droppable = here.filter((block) => blocks[block]!.mayDrop).toReversed();
  for (let count = 0; ; count += 1) {
    const dropped = new Set(droppable.slice(0, count).flatMap((block) => withItsMove(blocks, block, here)));
    const isAll = count >= droppable.length;
    const left = minutes - sum([...dropped].map((block) => blocks[block]!.minutes));
    const shrunk = shrink(
      blocks,
      here.filter((block) => !dropped.has(block)),
      left,
    );
    if (shrunk.missing > 0 && !isAll) continue;
    const drops = [...dropped].map((block) => ({ block, minutes: blocks[block]!.minutes, isDropped: true }));
    const taken = [...drops, ...shrunk.taken].toSorted((a, b) => a.block - b.block);
    return { taken, missing: shrunk.missing };
  }
}

/** Returns the blocks without the minutes that were taken, and without those dropped. */
export function withoutTaken<B extends { minutes: number }>(
  blocks: readonly B[],
  taken: readonly Taken[],
): B[] {
  const of = new Map(taken.map((one) => [one.block, one]));
  return blocks.flatMap((block, index) => {
    const one = of.get(index);
    if (!one) return [block];
    return one.isDropped ? [] : [{ ...block, minutes: block.minutes - one.minutes }];
  });
}

/** The blocks that each could give so many minutes alone by shrinking, the last first. */
export function thoseGiving(blocks: readonly Shrinkable[], minutes: number, part: Part = {}): number[] {
  return within(blocks, part)
    .filter((block) => spare(blocks[block]!) >= minutes)
    .toReversed();
}

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);

const within = (blocks: readonly Shrinkable[], { from = 0, to = blocks.length }: Part) =>
  blocks.map((_, index) => index).filter((index) => index >= from && index < to);

/** Minutes a block can give and still take place; at least one minute stays. */
function spare({ minutes, shrinksTo }: Shrinkable): number {
  return shrinksTo === null || shrinksTo === undefined ? 0 : Math.max(0, minutes - Math.max(1, shrinksTo));
}

function shrink(blocks: readonly Shrinkable[], here: readonly number[], minutes: number): Shortened {
  let missing = Math.max(0, minutes);
  const taken: Taken[] = [];
  for (const block of here.toReversed()) {
    const gives = Math.min(missing, spare(blocks[block]!));
    if (gives === 0) continue;
    taken.push({ block, minutes: gives, isDropped: false });
    missing -= gives;
  }
  return { taken, missing };
}

/** A round with the move right before it, or right after it where it is the first; any other block alone. */
function withItsMove(blocks: readonly Shrinkable[], block: number, here: readonly number[]): number[] {
  if (blocks[block]!.kind !== 'talk') return [block];
  const move = [block - 1, block + 1].find((index) => blocks[index]?.kind === 'move' && here.includes(index));
  return move === undefined ? [block] : [block, move];
}
