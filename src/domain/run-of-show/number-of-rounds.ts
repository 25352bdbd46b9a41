// More or fewer rounds in a run of show: moves follow.

/** A block as far as rounds go. */
export interface RoundBlock {
  kind: string;
  title: string;
  minutes: number;
}

/** Most rounds of one event. */
export const mostRoundsOfShow = 12;

/** Counts the blocks of talk. */
export const countRounds = (blocks: readonly { kind: string }[]): number =>
  blocks.filter(({ kind }) => kind === 'talk').length;

/**
 * Adds rounds after the last one, each like it and with a move before it, or takes the last ones away with the move that
 * leads to them. At least one stays. `copy` makes a new block of one that is there, under a title of its own.
 */
export function withRounds<B extends RoundBlock>(
  blocks: readonly B[],
  wanted: number,
  copy: (block: B | undefined, fresh: RoundBlock) => B,
): B[] {
  const rounds = Math.min(mostRoundsOfShow, Math.max(1, wanted));
  let list = [...blocks];
  while (countRounds(list) > rounds) list = withoutLastRound(list);
  while (countRounds(list) < rounds) list = withOneMore(list, copy);
  return list;
}

function withoutLastRound<B extends RoundBlock>(blocks: readonly B[]): B[] {
  const last = lastOf(blocks, 'talk');
  const gone = new Set([last]);
  const [before, after] = [blocks[last - 1], blocks[last + 1]];
  if (before?.kind === 'move') gone.add(last - 1);
  else if (after?.kind === 'move') gone.add(last + 1);
  return blocks.filter((_, index) => !gone.has(index));
}

function withOneMore<B extends RoundBlock>(
  blocks: readonly B[],
  copy: (block: B | undefined, fresh: RoundBlock) => B,
): B[] {
  const last = lastOf(blocks, 'talk');
  const talk = blocks[last];
  const title = nextTitle(talk?.title ?? '', countRounds(blocks) + 1);
  const round = copy(talk, { kind: 'talk', title, minutes: talk?.minutes ?? 20 });
  if (!talk) {
    const end = blocks.findIndex(({ kind }) => kind === 'harvest');
    return blocks.toSpliced(end < 0 ? blocks.length : end, 0, round);
  }
  const move = blocks[lastOf(blocks, 'move')];
  const way = copy(move, { kind: 'move', title: move?.title ?? 'Move', minutes: move?.minutes ?? 5 });
  return blocks.toSpliced(last + 1, 0, way, round);
}

const lastOf = (blocks: readonly RoundBlock[], kind: string) =>
  blocks.findLastIndex((block) => block.kind === kind);

/** 'Round 4' after 'Round 3'; another title gets the round's number. */
function nextTitle(title: string, number: number): string {
  const numbered = /^(.*?)\s*\d{1,2}$/u.exec(title)?.[1] ?? (title || 'Round');
  return `${numbered} ${number}`;
}
