import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoableUntil } from '../../domain/people/import.ts';
import { type ComparedRow, compareRadar, type RadarRow } from '../../domain/trends/radar.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as imports from '../../store/people/imports.ts';
import * as trends from '../../store/trends/trends.ts';
import { type Actor, note } from '../audit/note.ts';

/** The rows of a radar file as they were read, and the line numbers of those somebody wants. */
export interface RadarChoices {
  rows: RadarRow[];
  chosen: number[];
}

export interface RadarOutcome {
  added: number;
  changed: number;
  /** Chosen, and there already when the button was pressed. */
  there: number;
}

/** Trends an import added, and those it changed as they were before, for its undo. */
interface RadarTraces {
  addedIds: number[];
  before: Pick<trends.Trend, 'id' | 'detail' | 'links' | 'ring' | 'quadrant'>[];
}

/** Result of an undo: trends removed again, changed back, and left because of what happened since. */
export interface RadarUndo {
  removed: number;
  changedBack: number;
  kept: number;
}

/** Keeps a radar file's rows to look at, the new ones chosen; nothing else is stored. Returns the import's number. */
export async function lookAtRadar(
  ctx: Context,
  personId: number,
  fileName: string,
  rows: RadarRow[],
): Promise<number> {
  const now = ctx.now();
  await imports.removeOld(ctx.db, now);
  const compared = compareRadar(rows, await trends.known(ctx.db));
  const chosen = compared.filter((row) => row.mark === 'new').map((row) => row.line);
  const choices = { rows, chosen } satisfies RadarChoices;
  return imports.add(ctx.db, {
    kind: 'trends',
    fileName,
    bytes: null,
    choices,
    createdById: personId,
    createdAt: now,
  });
}

/**
 * Adds the chosen rows as proposals and brings changed ones up to date, all or none. What came in meanwhile is not
 * added again, and an import that went through before changes nothing.
 */
export async function addFromRadar(ctx: Context, importId: number, by: Actor): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const read = orNotFound(await imports.findWhole(tx, importId, 'trends'), 'import');
    if (!(await imports.begin(tx, importId, { choices: read.choices }))) return;
    // Read again, now that the row is ours: choices may have changed in between.
    const { rows, chosen } = choicesOf(orNotFound(await imports.findWhole(tx, importId, 'trends'), 'import'));
    const wanted = new Set(chosen);
    const compared = compareRadar(rows, await trends.known(tx)).filter((row) => wanted.has(row.line));
    if (compared.length === 0) throw new Refusal('invalid', 'Choose at least one row.');
    const now = ctx.now();
    const fresh = compared.filter((row) => row.mark === 'new' || row.mark === 'similar');
    const addedIds = await trends.addFromSource(
      tx,
      fresh.map((row) => proposalFrom(row, now)),
    );
    const before = await bringUpToDate(
      tx,
      compared.filter((row) => row.mark === 'changed'),
      now,
    );
    const [added, changed] = [addedIds.length, before.length];
    const outcome = { added, changed, there: compared.length - added - changed } satisfies RadarOutcome;
    const result = { ...outcome, ...({ addedIds, before } satisfies RadarTraces) };
    await imports.end(tx, importId, 'working', { state: 'done', sentence: '', result, finishedAt: now });
    await note(ctx, tx, { by, act: 'imported-trends', about: read.fileName, numbers: { added, changed } });
  });
}

/** Brings imported trends up to date with their rows; returns them as they were. */
async function bringUpToDate(
  tx: Tx,
  rows: ComparedRow[],
  updatedAt: Temporal.Instant,
): Promise<RadarTraces['before']> {
  const found = await trends.lock(
    tx,
    rows.map((row) => row.trendId!),
  );
  for (const { trendId, detail, links, ring, quadrant } of rows)
    await trends.change(tx, trendId!, { detail, links, ring, quadrant, updatedAt });
  return found.map(({ id, detail, links, ring, quadrant }) => ({ id, detail, links, ring, quadrant }));
}

/** Undoes an import for every trend that nobody has voted on, worked on or changed since; refused after seven days. */
export async function undoRadar(ctx: Context, importId: number, by: Actor): Promise<void> {
  const now = ctx.now();
  await ctx.db.transaction(async (tx) => {
    orNotFound(await imports.lock(tx, importId), 'import');
    const found = orNotFound(await imports.findWhole(tx, importId, 'trends'), 'import');
    if (found.state === 'undone') throw new Refusal('conflict', 'This import was undone already.');
    if (found.state !== 'done' || found.finishedAt === null)
      throw new Refusal('conflict', 'There is nothing to undo.');
    if (Temporal.Instant.compare(now, undoableUntil(found.finishedAt)) > 0)
      throw closed('Too late to undo', 'An import can be undone for seven days. Park the trends instead.');
    const { addedIds = [], before = [] } = found.result as Partial<RadarTraces>;
    await trends.lock(tx, [...addedIds, ...before.map(({ id }) => id)]);
    const removed = addedIds.length > 0 ? await trends.removeUntouched(tx, addedIds, found.finishedAt) : 0;
    let changedBack = 0;
    for (const { id, ...was } of before)
      if (await trends.changeIfAsWritten(tx, id, found.finishedAt, { ...was, updatedAt: now }))
        changedBack += 1;
    const kept = addedIds.length + before.length - removed - changedBack;
    const undo = { removed, changedBack, kept } satisfies RadarUndo;
    const result = { ...found.result, ...undo };
    await imports.end(tx, importId, 'done', { state: 'undone', sentence: '', result, finishedAt: now });
    await note(ctx, tx, { by, act: 'undid-trends', about: found.fileName, numbers: { ...undo } });
  });
}

/** Returns the choices made in the preview of this import. */
export function choicesOf(stored: imports.StoredImport): RadarChoices {
  return stored.choices as unknown as RadarChoices;
}

function proposalFrom(row: ComparedRow, now: Temporal.Instant): trends.NewTrend {
  const { name: sentence, detail, links, ring, quadrant, sourceKey } = row;
  return {
    sentence,
    detail,
    links,
    ring,
    quadrant,
    sourceKey,
    state: 'proposed',
    createdAt: now,
    updatedAt: now,
  };
}
