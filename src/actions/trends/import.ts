import type { Context } from '../../context.ts';
import { type ComparedRow, compareRadar, type RadarRow } from '../../domain/trends/radar.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
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
    const fresh = compared.filter((row) => row.mark === 'new' || row.mark === 'alike');
    const added = await trends.addFromSource(
      tx,
      fresh.map((row) => proposalFrom(row, now)),
    );
    const changed = compared.filter((row) => row.mark === 'changed');
    for (const row of changed) {
      const { detail, links, ring, quadrant } = row;
      await trends.change(tx, row.trendId!, { detail, links, ring, quadrant, updatedAt: now });
    }
    const result = { added, changed: changed.length, there: compared.length - added - changed.length };
    await imports.end(tx, importId, 'working', { state: 'done', sentence: '', result, finishedAt: now });
    const numbers = { added, changed: changed.length };
    await note(ctx, tx, { by, act: 'imported-trends', about: read.fileName, numbers });
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
