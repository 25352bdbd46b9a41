// The presses of a run of show that work out by themselves what to change: shorter, mended, more rounds.
import type { Context } from '../../context.ts';
import { clockAfter, firstMoment, placesOf } from '../../domain/events/fixed-starts.ts';
import { copyOf, placeOf, withFields } from '../../domain/run-of-show/edits.ts';
import { mostRoundsOfShow, withRounds } from '../../domain/run-of-show/number-of-rounds.ts';
import { type Part, type Shrinkable, shorten, withoutTaken } from '../../domain/run-of-show/shortening.ts';
import { Refusal } from '../../refusal.ts';
import type { Event } from '../../store/events/events.ts';
import type { StoredBlock } from '../../store/run-of-show/blocks.ts';
import { type Editor, editRun, type RoundsQuestion, type RunEdit } from './edit.ts';

/** The blocks whose minutes decide when a run of show ends: from the last one with a fixed start on. */
export const partThatEnds = (blocks: readonly { fixedAt?: string | null }[]): Part => ({
  from: Math.max(
    0,
    blocks.findLastIndex(({ fixedAt }) => Boolean(fixedAt)),
  ),
});

/** The blocks before a fixed start whose minutes run into it. */
export const partBefore = (blocks: readonly { fixedAt?: string | null }[], block: number): Part => ({
  from: Math.max(
    0,
    blocks.slice(0, block).findLastIndex(({ fixedAt }) => Boolean(fixedAt)),
  ),
  to: block,
});

/** Minutes by which a run of show ends after what was announced; 0 where it does not. */
export function minutesLate(event: Event, blocks: readonly StoredBlock[]): number {
  return Math.max(0, placesOf(blocks, firstMoment(event)).end - event.minutes);
}

/**
 * Takes the minutes by which the event would end later than announced: from the block that was pressed, or from the
 * last ones that may give. Pressed twice, it takes them once.
 */
export async function shortenRun(
  ctx: Context,
  eventId: number,
  editor: Editor,
  blockId?: number,
): Promise<RoundsQuestion | null> {
  return editRun(ctx, eventId, editor, (blocks, event): RunEdit => {
    const late = minutesLate(event, blocks);
    if (late === 0) return null;
    const at = blockId === undefined ? undefined : placeOf(blocks, blockId);
    const part = at === undefined ? partThatEnds(blocks) : { from: at, to: at + 1 };
    return shortened(blocks, late, part);
  });
}

function shortened(blocks: StoredBlock[], minutes: number, part: Part): RunEdit {
  const { taken } = shorten(blocks as readonly Shrinkable[], minutes, part);
  if (taken.length === 0)
    throw new Refusal('conflict', 'No block may be shortened. Open one and say how short it may get.');
  return { kind: 'shortened', blocks: withoutTaken(blocks, taken) };
}

/** Ways to mend a fixed start that does not fit. */
export type MendingWay = 'fill' | 'shorten' | 'move';

/**
 * Mends a fixed start that does not fit: fills the free minutes with the block before it, shortens the blocks that run
 * into it, or moves the start to where they end.
 */
export async function mendStart(
  ctx: Context,
  eventId: number,
  editor: Editor,
  { blockId, way }: { blockId: number; way: MendingWay },
): Promise<RoundsQuestion | null> {
  return editRun(ctx, eventId, editor, (blocks, event): RunEdit => {
    const first = firstMoment(event);
    const at = placeOf(blocks, blockId);
    const clash = placesOf(blocks, first).clashes.find(({ block }) => block === at);
    if (!clash) return null;
    const before = blocks[at - 1];
    if (way === 'move' || !before) return movedStart(blocks, event, at);
    if (way === 'shorten') return shortened(blocks, clash.minutes, partBefore(blocks, at));
    const minutes = before.minutes + clash.minutes;
    return { kind: 'mended', blocks: withFields(blocks, before.id, { minutes }) };
  });
}

/** Puts a fixed start to where the blocks before it end; at the beginning of the event it is fixed no more. */
function movedStart(blocks: StoredBlock[], event: Event, at: number): RunEdit {
  const first = firstMoment(event);
  const { starts } = placesOf(blocks, first);
  const after = at === 0 ? 0 : starts[at - 1]! + blocks[at - 1]!.minutes;
  const fixedAt = at === 0 ? null : clockAfter(first, after);
  return { kind: 'mended', blocks: withFields(blocks, blocks[at]!.id, { fixedAt }) };
}

/** Sets the number of rounds; moves follow. */
export async function setRounds(
  ctx: Context,
  eventId: number,
  editor: Editor,
  rounds: number,
): Promise<RoundsQuestion | null> {
  if (rounds < 1 || rounds > mostRoundsOfShow)
    throw new Refusal('invalid', 'There are 1 to {n} rounds.', { n: mostRoundsOfShow });
  return editRun(ctx, eventId, editor, (blocks) => ({
    kind: 'rounds',
    blocks: withRounds(blocks, rounds, copyOf),
  }));
}
