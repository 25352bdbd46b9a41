// Shortening an evening that runs late, by the rule that shortens any run of show.
import { shorten as shortenShow } from '../run-of-show/shortening.ts';
import { behind, expected } from './expected.ts';
import type { LiveState, RunBlock, Taken } from './state.ts';

const minute = 60_000;

/**
 * Takes whole minutes from blocks to come until the evening ends as announced, or nothing gives any more. Blocks before
 * one that waits for its fixed start keep theirs: nothing would end earlier.
 */
export function shorten(state: LiveState, at: number): { blocks: RunBlock[]; taken: Taken[] } {
  let blocks = state.blocks;
  for (;;) {
    const now = { ...state, blocks };
    const late = Math.round(behind(now, at) / minute);
    const open = thoseThatHelp(now, at);
    const { taken } = shortenShow(
      open.map((position) => blocks[position]!),
      late,
    );
    if (late <= 0 || taken.length === 0) return { blocks, taken: takenBetween(state.blocks, blocks) };
    const of = new Map(taken.map((one) => [open[one.block]!, one]));
    blocks = blocks.map((block, position) => {
      const one = of.get(position);
      if (!one) return block;
      return one.isDropped
        ? { ...block, isDropped: true }
        : { ...block, minutes: block.minutes - one.minutes };
    });
  }
}

/** Positions of the blocks to come from the last one on that waits for its fixed start. */
function thoseThatHelp(state: LiveState, at: number): number[] {
  const all = expected(state, at);
  const from = all.findLastIndex(
    ({ position, startsAt }, place) =>
      position > state.current && startsAt > (place === 0 ? at : all[place - 1]!.endsAt),
  );
  return all
    .slice(Math.max(0, from))
    .map(({ position }) => position)
    .filter((position) => position > state.current);
}

function takenBetween(before: readonly RunBlock[], after: readonly RunBlock[]): Taken[] {
  return before.flatMap(({ title, minutes, isDropped }, position) => {
    const now = after[position]!;
    if (now.minutes === minutes && now.isDropped === isDropped) return [];
    return [{ position, title, from: minutes, to: now.isDropped ? null : now.minutes }];
  });
}
