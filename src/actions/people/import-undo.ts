import type { Tx } from '../../database/open.ts';
import * as store from '../../store/people/import.ts';
import * as imports from '../../store/people/imports.ts';

/** Result of an undo: people removed again, changed back, and left because of what happened since. */
export interface ImportUndo {
  removed: number;
  changedBack: number;
  kept: number;
}

/**
 * Reverts what an import wrote, but for people who were invited, edited or became active since, and for those who
 * manage somebody who stays.
 */
export async function revertImport(tx: Tx, importId: number, now: Temporal.Instant): Promise<ImportUndo> {
  const written = await store.writtenBy(tx, importId);
  // Forgotten first: with thousands of them, taking the people out would look through them again for each.
  await imports.removeChanges(tx, importId);
  const free = written.filter(({ touched }) => !touched);
  const changed = free.filter(({ kind }) => kind === 'changed');
  await store.changeMany(
    tx,
    changed.map(({ id, before }) => ({ id, ...before!, seenAt: null })),
    now,
  );
  const removable = await withoutOthersManagers(
    tx,
    free.filter(({ kind }) => kind === 'added').map(({ id }) => id),
  );
  await store.removeMany(tx, removable);
  const kept = written.length - changed.length - removable.length;
  return { removed: removable.length, changedBack: changed.length, kept };
}

/** Keeps the managers of everybody who stays, and so on upwards. */
async function withoutOthersManagers(tx: Tx, ids: number[]): Promise<number[]> {
  const needed = new Set(await store.managersOfOthers(tx, ids));
  if (needed.size === 0) return ids;
  return withoutOthersManagers(
    tx,
    ids.filter((id) => !needed.has(id)),
  );
}
