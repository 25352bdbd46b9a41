// Shortening an evening that runs late: which blocks give their minutes, the last first.
import { announcedEnd, plannedEnd } from './expected.ts';
import type { LiveState, RunBlock, Taken } from './state.ts';

const minute = 60_000;

/**
 * Takes whole minutes from blocks to come until the evening ends as announced: from the last that may shrink to the
 * first, then it drops those that may be dropped, again the last first. Takes nothing that would not make it end
 * earlier, as minutes before a fixed beginning.
 */
export function shorten(state: LiveState, at: number): { blocks: RunBlock[]; taken: Taken[] } {
  let now = state;
  const late = () => Math.round((plannedEnd(now, at) - announcedEnd(now)) / minute);
  const put = (position: number, values: Partial<RunBlock>) => {
    const changed = now.blocks.map((one, index) => (index === position ? { ...one, ...values } : one));
    if (plannedEnd({ ...now, blocks: changed }, at) < plannedEnd(now, at)) now = { ...now, blocks: changed };
  };
  for (let position = state.blocks.length - 1; position > state.current && late() > 0; position--) {
    const { minutes, shrinksTo, isDropped } = now.blocks[position]!;
    const gives = shrinksTo === null || isDropped ? 0 : minutes - shrinksTo;
    if (gives > 0) put(position, { minutes: minutes - Math.min(gives, late()) });
  }
  for (let position = state.blocks.length - 1; position > state.current && late() > 0; position--) {
    const { mayDrop, isDropped } = now.blocks[position]!;
    if (mayDrop && !isDropped) put(position, { isDropped: true });
  }
  return { blocks: now.blocks, taken: takenBetween(state.blocks, now.blocks) };
}

function takenBetween(before: readonly RunBlock[], after: readonly RunBlock[]): Taken[] {
  return before.flatMap(({ title, minutes, isDropped }, position) => {
    const now = after[position]!;
    if (now.minutes === minutes && now.isDropped === isDropped) return [];
    return [{ position, title, from: minutes, to: now.isDropped ? null : now.minutes }];
  });
}
