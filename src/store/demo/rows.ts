import { and, asc, eq, inArray, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../database/open.ts';
import { type Event, timed } from '../events/events.ts';
import {
  blocks,
  demoRows,
  events,
  formats,
  formatVersions,
  letters,
  people,
  programmes,
  questions,
  rsvps,
  teams,
  topics,
  trends,
} from '../schema/index.ts';

/** Tables whose rows have a number of their own, what hangs on others first; the rest hangs on these by foreign key. */
const tables = {
  letters,
  questions,
  rsvps,
  topics,
  blocks,
  events,
  teams,
  trends,
  people,
  programmes,
} satisfies Record<string, PgTable & { id: PgColumn }>;

type TableName = keyof typeof tables;
const inOrder = Object.entries(tables) as [TableName, (typeof tables)[TableName]][];

const rowsOf = (tx: Db, table: TableName) =>
  tx.select({ id: demoRows.rowId }).from(demoRows).where(eq(demoRows.tableName, table));

/** Keeps everybody else from adding rows until the transaction ends; false where somebody has already. */
export async function lockEmpty(tx: Tx): Promise<boolean> {
  const names = sql.join(
    inOrder.map(([, table]) => sql`${table}`),
    sql`, `,
  );
  await tx.execute(sql`LOCK TABLE ${names} IN SHARE ROW EXCLUSIVE MODE`);
  const anything = sql.join(
    inOrder.map(([, table]) => sql`EXISTS (SELECT 1 FROM ${table})`),
    sql` OR `,
  );
  const [row] = await tx.execute<{ used: boolean }>(sql`SELECT ${anything} AS used`);
  return row?.used === false;
}

/** Notes every row there is as one of the demo's: for a database that was empty before. */
export async function registerAll(tx: Tx): Promise<void> {
  for (const [name, table] of inOrder) {
    await tx.execute(sql`INSERT INTO ${demoRows} (table_name, row_id) SELECT ${name}, id FROM ${table}`);
  }
}

/** Unmarks rows: they belong to the demo no longer. */
export async function unmarkRows(tx: Tx, table: TableName, ids?: number[]): Promise<void> {
  const which = ids && inArray(demoRows.rowId, ids);
  await tx.delete(demoRows).where(and(eq(demoRows.tableName, table), which));
}

export async function exist(db: Db): Promise<boolean> {
  const rows = await db.select({ id: demoRows.rowId }).from(demoRows).limit(1);
  return rows.length > 0;
}

/** Locks all events, then what is noted; of two who remove at once one waits. False where nothing is noted. */
export async function lock(tx: Tx): Promise<boolean> {
  await tx.select({ id: events.id }).from(events).orderBy(asc(events.id)).for('update');
  const rows = await tx.select({ id: demoRows.rowId }).from(demoRows).for('update');
  return rows.length > 0;
}

/** Takes away all that is noted, and the notes. */
export async function removeAll(tx: Tx): Promise<void> {
  for (const [name, table] of inOrder) await tx.delete(table).where(inArray(table.id, rowsOf(tx, name)));
  await tx.delete(demoRows);
  await removeUnusedFormats(tx);
}

/** Built-in formats that nobody edited have a row for as long as an event was made from them. */
async function removeUnusedFormats(tx: Tx): Promise<void> {
  await tx.execute(sql`DELETE FROM ${formats} f WHERE f.archived_at IS NULL
    AND NOT EXISTS (SELECT FROM ${formatVersions} v WHERE v.format_id = f.id AND (NOT v.is_built_in
      OR EXISTS (SELECT FROM ${events} e WHERE e.format_version_id = v.id)))`);
}

const isOwn = (db: Db, table: TableName): SQL => notInArray(tables[table].id, rowsOf(db, table));

/** Events that are not the demo's, by number. */
export async function ownEvents(db: Db): Promise<Event[]> {
  return db.select(timed).from(events).where(isOwn(db, 'events')).orderBy(asc(events.id));
}

/** Organisers who can sign in and are not the demo's, the longest there first. */
export async function ownOrganisers(db: Db): Promise<number[]> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.isOrganiser, true), isNull(people.disabledAt), isOwn(db, 'people')))
    .orderBy(asc(people.id));
  return rows.map((row) => row.id);
}

/** Gives events that are not the demo's another organiser, where theirs is. */
export async function handOver(tx: Tx, organiserId: number): Promise<void> {
  await tx
    .update(events)
    .set({ organiserId })
    .where(and(isOwn(tx, 'events'), inArray(events.organiserId, rowsOf(tx, 'people'))));
}

/** The demo's trends that are on a table of an event that is not the demo's. */
export async function trendsOnOwnTables(tx: Tx): Promise<number[]> {
  const rows = await tx
    .selectDistinct({ id: topics.trendId })
    .from(topics)
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(and(isOwn(tx, 'events'), inArray(topics.trendId, rowsOf(tx, 'trends'))));
  return rows.map((row) => row.id);
}

export async function removeEvents(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.delete(events).where(inArray(events.id, ids));
}

/** Letters to the demo's people about anything else: nobody else could read them. */
export async function removeLettersToThem(tx: Tx): Promise<void> {
  await tx.delete(letters).where(inArray(letters.personId, rowsOf(tx, 'people')));
}

/** Undoes merges of other people's trends into one of the demo's. */
export async function unmergeTrends(tx: Tx, now: Temporal.Instant): Promise<void> {
  await tx
    .update(trends)
    .set({ state: 'proposed', mergedIntoId: null, updatedAt: now })
    .where(and(isOwn(tx, 'trends'), inArray(trends.mergedIntoId, rowsOf(tx, 'trends'))));
}
