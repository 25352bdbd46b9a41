import { and, asc, eq, getTableColumns, inArray, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { PlannedBlock } from '../../domain/run-of-show/edits.ts';
import { blocks, people, rsvps, runChanges } from '../schema/index.ts';

const { eventId: _event, position: _position, ...columns } = getTableColumns(blocks);

/** A block of an event with its number. */
export type StoredBlock = PlannedBlock & { id: number };

/** Reads the run of show of an event in its order. */
export async function blocksWithIds(db: Db, eventId: number): Promise<StoredBlock[]> {
  return db.select(columns).from(blocks).where(eq(blocks.eventId, eventId)).orderBy(asc(blocks.position));
}

/** Stores a run of show: a block that stays keeps its row, and with it what hangs on it. */
export async function storeBlocks(tx: Tx, eventId: number, list: readonly PlannedBlock[]): Promise<void> {
  const kept = list.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const gone = kept.length > 0 ? notInArray(blocks.id, kept) : undefined;
  await tx.delete(blocks).where(and(eq(blocks.eventId, eventId), gone));
  // Out of the way first: places are unique at every moment.
  await tx
    .update(blocks)
    .set({ position: sql`-1 - ${blocks.position}` })
    .where(eq(blocks.eventId, eventId));
  for (const [position, { id, ...fields }] of list.entries()) {
    const row = { ...fields, position };
    const there =
      id === undefined
        ? []
        : await tx
            .update(blocks)
            .set(row)
            .where(and(eq(blocks.id, id), eq(blocks.eventId, eventId)))
            .returning({ id: blocks.id });
    // One that is brought back by an undo has its number again.
    if (there.length === 0)
      await tx.insert(blocks).values({ ...row, eventId, ...(id !== undefined && { id }) });
  }
}

/** People of an event who can lead a block: on its list, its organiser and facilitator, and hosts of its tables. */
export async function mayLeadBlocks(
  db: Db,
  event: { id: number; organiserId: number; facilitatorId: number | null },
): Promise<{ id: number; name: string }[]> {
  const leads = [event.organiserId, ...(event.facilitatorId === null ? [] : [event.facilitatorId])];
  const guests = sql`${people.id} IN (SELECT r.person_id FROM ${rsvps} r
    WHERE r.event_id = ${event.id} AND r.state NOT IN ('uninvited', 'declined'))`;
  return db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(sql`(${inArray(people.id, leads)} OR ${guests})`)
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`, asc(people.id));
}

/** Names of these people by their number. */
export async function namesOfLeads(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type RunChange = Omit<typeof runChanges.$inferSelect, 'before'> & { before: StoredBlock[] };

/** The last change of an event's run of show, with the name of the person behind it. */
export async function lastChange(db: Db, eventId: number): Promise<(RunChange & { name: string }) | null> {
  const [row] = await db
    .select({ ...getTableColumns(runChanges), name: people.name })
    .from(runChanges)
    .leftJoin(people, eq(people.id, runChanges.personId))
    .where(eq(runChanges.eventId, eventId));
  return row ? { ...row, name: row.name ?? '', before: row.before as unknown as StoredBlock[] } : null;
}

/** Notes the last change in place of the one before. */
export async function noteChange(tx: Tx, change: RunChange): Promise<void> {
  const { eventId, ...rest } = change;
  const values = { ...rest, before: change.before as unknown as Record<string, unknown>[] };
  await tx
    .insert(runChanges)
    .values({ eventId, ...values })
    .onConflictDoUpdate({ target: runChanges.eventId, set: values });
}

/** Forgets the last change, once it was undone. */
export async function forgetChange(tx: Tx, eventId: number): Promise<void> {
  await tx.delete(runChanges).where(eq(runChanges.eventId, eventId));
}

/** Forgets changes that can no longer be undone. */
export async function forgetOldChanges(db: Db, before: Temporal.Instant): Promise<void> {
  await db.delete(runChanges).where(sql`${runChanges.changedAt} < ${before.toString()}`);
}
