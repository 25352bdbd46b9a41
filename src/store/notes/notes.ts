import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { Note } from '../../domain/notes/notes.ts';
import { tableNotes } from '../schema/index.ts';

const columns = {
  id: tableNotes.id,
  tableNumber: tableNotes.tableNumber,
  round: tableNotes.round,
  kind: tableNotes.kind,
  text: tableNotes.text,
  position: tableNotes.position,
  isSaid: tableNotes.isSaid,
};

/** Notes that were not deleted. */
const there = (eventId: number) => and(eq(tableNotes.eventId, eventId), sql`${tableNotes.text} <> ''`);

/** All notes of an event, by table and place. */
export async function notesOf(db: Db, eventId: number): Promise<Note[]> {
  return db
    .select(columns)
    .from(tableNotes)
    .where(there(eventId))
    .orderBy(asc(tableNotes.tableNumber), asc(tableNotes.position), asc(tableNotes.id));
}

/** One page of the same. */
export async function notePage(
  db: Db,
  eventId: number,
  { offset, limit }: { offset: number; limit: number },
) {
  return db
    .select(columns)
    .from(tableNotes)
    .where(there(eventId))
    .orderBy(asc(tableNotes.tableNumber), asc(tableNotes.position), asc(tableNotes.id))
    .offset(offset)
    .limit(limit);
}

export async function countNotes(db: Db, eventId: number): Promise<number> {
  const [row] = await db.select({ n: count() }).from(tableNotes).where(there(eventId));
  return row!.n;
}

/** A note of this event, deleted or not. */
export async function find(tx: Tx, eventId: number, id: string): Promise<Note | null> {
  const [row] = await tx
    .select(columns)
    .from(tableNotes)
    .where(and(eq(tableNotes.eventId, eventId), eq(tableNotes.id, id)));
  return row ?? null;
}

/** Returns the place of the next note of a table. */
export async function nextPosition(tx: Tx, eventId: number, table: number): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${tableNotes.position}), 0)::int` })
    .from(tableNotes)
    .where(and(eq(tableNotes.eventId, eventId), eq(tableNotes.tableNumber, table)));
  return row!.last + 1;
}

/** Stores a note; one with the same id, of whatever event, stays as it is. */
export async function add(tx: Tx, note: typeof tableNotes.$inferInsert): Promise<void> {
  await tx.insert(tableNotes).values(note).onConflictDoNothing();
}

export async function change(
  tx: Tx,
  id: string,
  values: Partial<Pick<Note, 'kind' | 'text' | 'isSaid'>>,
): Promise<void> {
  await tx.update(tableNotes).set(values).where(eq(tableNotes.id, id));
}

/** Chooses the note a table says aloud; of the others none is. */
export async function chooseSaid(tx: Tx, eventId: number, table: number, id: string): Promise<void> {
  await tx
    .update(tableNotes)
    .set({ isSaid: sql`${tableNotes.id} = ${id}` })
    .where(
      and(
        eq(tableNotes.eventId, eventId),
        eq(tableNotes.tableNumber, table),
        sql`${tableNotes.isSaid} <> (${tableNotes.id} = ${id})`,
      ),
    );
}

/** Erases the notes kept before this day, 'YYYY-MM-DD'. */
export async function eraseNotesBefore(db: Db, day: string): Promise<void> {
  await db.execute(sql`DELETE FROM table_notes WHERE day < ${day}`);
}
