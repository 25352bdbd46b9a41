import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { and, asc, count, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { importChanges, imports } from '../schema/index.ts';

export type StoredImport = typeof imports.$inferSelect;
export type ImportKind = StoredImport['kind'];
/** An import without its file and rows: what a page that only follows it needs. */
export type ImportState = Omit<StoredImport, 'bytes' | 'choices' | 'run'>;
export type ImportChange = typeof importChanges.$inferSelect;

const stateColumns = {
  id: imports.id,
  kind: imports.kind,
  state: imports.state,
  fileName: imports.fileName,
  total: imports.total,
  done: imports.done,
  sentence: imports.sentence,
  result: imports.result,
  createdById: imports.createdById,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
};

type NewImport = Pick<StoredImport, 'kind' | 'fileName' | 'bytes' | 'choices' | 'createdById' | 'createdAt'>;

/** Compresses in another thread. */
const compress = promisify(zstdCompress);

/** The first bytes of what zstd compressed (RFC 8878, 3.1.1). An earlier version kept files as they came, and no table begins so. */
const zstdMagic = Buffer.from('28b52ffd', 'hex');

/** Says whether the bytes of an import are compressed. */
export const isPacked = (bytes: Uint8Array): boolean => zstdMagic.equals(bytes.subarray(0, 4));

/** Keeps an uploaded file to look at; nothing else is stored of it. Compressed elsewhere, a large one keeps no page waiting. */
export async function add(db: Db, values: NewImport): Promise<number> {
  const bytes = values.bytes && (await compress(values.bytes));
  const [row] = await db
    .insert(imports)
    .values({ ...values, bytes, state: 'preview' })
    .returning({ id: imports.id });
  return row!.id;
}

export async function find(db: Db, id: number, kind: ImportKind): Promise<ImportState | null> {
  const [row] = await db
    .select(stateColumns)
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.kind, kind)));
  return row ?? null;
}

/** With the file, as it is stored, and what was chosen. */
export async function findWhole(db: Db, id: number, kind: ImportKind): Promise<StoredImport | null> {
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.kind, kind)));
  return row ?? null;
}

/** The latest that went through, newest first. */
export async function recent(db: Db, kind: ImportKind, most: number): Promise<ImportState[]> {
  return db
    .select(stateColumns)
    .from(imports)
    .where(and(eq(imports.kind, kind), inArray(imports.state, ['working', 'done', 'undone'])))
    .orderBy(desc(imports.id))
    .limit(most);
}

/** Saves the choices made in the preview; false once it is no preview any more. */
export async function choose(db: Db, id: number, choices: StoredImport['choices']): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({ choices })
    .where(and(eq(imports.id, id), eq(imports.state, 'preview')))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** A preview becomes work, once, on these bytes where they are given; false where it was begun before. */
export async function begin(
  tx: Tx,
  id: number,
  values: Pick<StoredImport, 'choices'> & Partial<Pick<StoredImport, 'bytes'>>,
): Promise<boolean> {
  const rows = await tx
    .update(imports)
    .set({ ...values, state: 'working', done: 0, total: 0, sentence: '' })
    .where(and(eq(imports.id, id), eq(imports.state, 'preview')))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** Makes this run the one at work; false where there is nothing to do. */
export async function takeOver(db: Db, id: number, run: string): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({ run })
    .where(and(eq(imports.id, id), eq(imports.state, 'working')))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** Says how far this run is, and holds the row; false where somebody stopped it or another run has taken its place. */
export async function progress(
  tx: Db,
  id: number,
  run: string,
  far: Pick<StoredImport, 'total' | 'done' | 'sentence'>,
): Promise<boolean> {
  const rows = await tx
    .update(imports)
    .set(far)
    .where(and(eq(imports.id, id), eq(imports.run, run), eq(imports.state, 'working')))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** Work that is not over: what is being imported, and what was stopped and has to be taken back. */
const isUnfinished = or(
  eq(imports.state, 'working'),
  and(eq(imports.state, 'stopped'), ne(imports.choices, {})),
);

/** The ids of imports whose work is not over. */
export async function unfinished(db: Db): Promise<number[]> {
  const rows = await db.select({ id: imports.id }).from(imports).where(isUnfinished).orderBy(asc(imports.id));
  return rows.map(({ id }) => id);
}

/** Holds one of them until the end of the transaction; false where its work is over. */
export async function lockUnfinished(tx: Tx, id: number): Promise<boolean> {
  const rows = await tx
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.id, id), isUnfinished))
    .for('update');
  return rows.length > 0;
}

export type Ending = Pick<StoredImport, 'state' | 'sentence' | 'result' | 'finishedAt'>;

/** Moves it from one state to another and forgets the file; false where it was in another state. */
export async function end(db: Db, id: number, from: StoredImport['state'], ending: Ending): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({ ...ending, bytes: null, choices: {} })
    .where(and(eq(imports.id, id), eq(imports.state, from)))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** Ends the work from outside; the rows that were read stay until the process at work has seen it. */
export async function stop(db: Db, id: number, ending: Ending): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set(ending)
    .where(and(eq(imports.id, id), eq(imports.state, 'working')))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** Holds the row until the end of the transaction. */
export async function lock(tx: Tx, id: number): Promise<(ImportState & Pick<StoredImport, 'run'>) | null> {
  const [row] = await tx
    .select({ ...stateColumns, run: imports.run })
    .from(imports)
    .where(eq(imports.id, id))
    .for('update');
  return row ?? null;
}

/** Remembers what was done to each person; done twice (tried again after a crash) the first "before" counts. */
export async function addChanges(tx: Tx, changes: ImportChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx
    .insert(importChanges)
    .values(changes)
    .onConflictDoUpdate({
      target: [importChanges.importId, importChanges.personId],
      set: { writtenAt: sql`excluded.written_at` },
    });
}

export async function changesOf(db: Db, importId: number): Promise<ImportChange[]> {
  return db.select().from(importChanges).where(eq(importChanges.importId, importId));
}

/** Counts how many people this import added and changed so far. */
export async function countChanges(db: Db, importId: number): Promise<Record<ImportChange['kind'], number>> {
  const rows = await db
    .select({ kind: importChanges.kind, n: count() })
    .from(importChanges)
    .where(eq(importChanges.importId, importId))
    .groupBy(importChanges.kind);
  return { added: 0, changed: 0, ...Object.fromEntries(rows.map(({ kind, n }) => [kind, n])) };
}

export async function removeChanges(tx: Tx, importId: number): Promise<void> {
  await tx.delete(importChanges).where(eq(importChanges.importId, importId));
}

/** A preview or what came to nothing goes after a day; what went through after eight, when it cannot be undone any more. */
export async function removeOld(db: Db, now: Temporal.Instant): Promise<void> {
  const ended = and(
    inArray(imports.state, ['done', 'undone']),
    lt(imports.createdAt, now.subtract({ hours: 8 * 24 })),
  );
  const forgotten = and(
    inArray(imports.state, ['preview', 'stopped', 'failed']),
    lt(imports.createdAt, now.subtract({ hours: 24 })),
  );
  await db.delete(imports).where(or(ended, forgotten));
}
