import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import type { PlannedBlock } from '../../domain/run-of-show/edits.ts';
import { countRounds } from '../../domain/run-of-show/number-of-rounds.ts';
import { Refusal } from '../../refusal.ts';
import type * as events from '../../store/events/events.ts';
import * as runs from '../../store/run-of-show/blocks.ts';
import * as plans from '../../store/tables/plans.ts';
import { editionOf } from '../edition.ts';
import { lockChangeable } from '../guests/list.ts';
import { keepLength } from './length.ts';

/** Kinds of changes of a run of show. */
export type RunChangeKind =
  | 'saved'
  | 'added'
  | 'removed'
  | 'moved'
  | 'rounds'
  | 'shortened'
  | 'mended'
  | 'restored';

/** A change of a run of show; null where there is nothing to change. */
export type RunEdit = { blocks: PlannedBlock[]; kind: RunChangeKind } | null;

/** Somebody who changes a run of show; `isSure`: they were asked about the table plan. */
export interface Editor {
  personId: number;
  isSure?: boolean;
}

/** Asks about a table plan that another number of rounds does not fit; `seated`: people with a seat in a round that goes. */
export interface RoundsQuestion {
  before: number;
  after: number;
  seated: number;
  isPublished: boolean;
}

/** Blocks an event's run of show may have. */
export const mostBlocksOfEvent = 60;

/**
 * Changes the run of show of an event, under the event's lock, so that of two editors neither loses anything. Nobody is
 * told: guests read the end that was announced. Returns a question where tables are planned for another number of
 * rounds and the editor was not asked yet; then nothing is changed.
 */
export async function editRun(
  ctx: Context,
  eventId: number,
  editor: Editor,
  edit: (blocks: runs.StoredBlock[], event: events.Event) => RunEdit,
): Promise<RoundsQuestion | null> {
  return ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    if (isOver(event, ctx.now()))
      throw new Refusal('conflict', 'This event is over. Its run of show stays as it was.');
    const before = await runs.blocksWithIds(tx, eventId);
    const edited = edit(before, event);
    if (!edited) return null;
    if (edited.blocks.length > mostBlocksOfEvent)
      throw new Refusal('invalid', 'A run of show has at most {n} blocks. Remove one first.', {
        n: mostBlocksOfEvent,
      });
    const question = editor.isSure ? null : await roundsQuestion(tx, event, before, edited.blocks);
    if (question) return question;
    await store(ctx, tx, event, { personId: editor.personId, before, ...edited });
    return null;
  });
}

interface Change {
  personId: number;
  before: runs.StoredBlock[];
  blocks: PlannedBlock[];
  kind: RunChangeKind;
}

async function store(ctx: Context, tx: Tx, event: events.Event, change: Change): Promise<void> {
  const { personId, before, blocks, kind } = change;
  await runs.storeBlocks(tx, event.id, blocks);
  await keepLength(tx, event);
  const after = editionOfRun(await runs.blocksWithIds(tx, event.id));
  await runs.noteChange(tx, {
    eventId: event.id,
    personId,
    changedAt: ctx.now(),
    kind,
    about: {},
    before,
    after,
  });
}

/** A short text that is another one whenever anything of a run of show is. */
export const editionOfRun = (blocks: readonly runs.StoredBlock[]): string => editionOf({ blocks });

/** Counts what another number of rounds does to the tables; null where none are planned or the number stays. */
async function roundsQuestion(
  tx: Tx,
  event: events.Event,
  before: readonly PlannedBlock[],
  blocks: readonly PlannedBlock[],
): Promise<RoundsQuestion | null> {
  const [was, now] = [before, blocks].map((list) => Math.max(1, countRounds(list))) as [number, number];
  if (event.shape !== 'tables' || was === now) return null;
  const { draft, published } = await plans.bothOf(tx, event.id);
  const plan = published ?? draft;
  if (!plan) return null;
  const seats = (await plans.seatsOf(tx, [plan.id])).get(plan.id) ?? new Map<number, number[]>();
  const isTouched = (tables: readonly number[]) =>
    now < was ? tables.slice(now, was).some((table) => table > 0) : tables.some((table) => table > 0);
  const seated = [...seats.values()].filter(isTouched).length;
  return { before: was, after: now, seated, isPublished: published !== null };
}

/** Undoes the last change, for ten seconds and while nothing else was changed. */
export async function undoRunChange(ctx: Context, eventId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    const last = await runs.lastChange(tx, eventId);
    if (!last || Temporal.Instant.compare(ctx.now(), undoEnds(last.changedAt)) >= 0)
      throw new Refusal('conflict', 'The ten seconds are over. Change the run of show instead.');
    const now = await runs.blocksWithIds(tx, eventId);
    if (editionOfRun(now) !== last.after)
      throw new Refusal('conflict', 'Someone else has changed the run of show since. Nothing was undone.');
    await store(ctx, tx, event, { personId, before: now, blocks: last.before, kind: 'restored' });
  });
}
