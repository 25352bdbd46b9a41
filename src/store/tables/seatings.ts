import { and, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { seatings } from '../schema/index.ts';

/** The planner at work for an event. */
export type Seating = typeof seatings.$inferSelect;

export async function findSeating(db: Db, eventId: number): Promise<Seating | null> {
  const [row] = await db.select().from(seatings).where(eq(seatings.eventId, eventId));
  return row ?? null;
}

/** Starts a run in place of any before. */
export async function beginSeating(tx: Tx, seating: typeof seatings.$inferInsert): Promise<void> {
  await tx.insert(seatings).values(seating).onConflictDoUpdate({ target: seatings.eventId, set: seating });
}

/** Changes this run, if it is still the one that may write; null where it is not. */
export async function changeSeating(
  db: Db,
  { eventId, run }: Pick<Seating, 'eventId' | 'run'>,
  values: Partial<Pick<Seating, 'state' | 'work' | 'beatAt'>>,
): Promise<Seating | null> {
  const [row] = await db
    .update(seatings)
    .set(values)
    .where(and(eq(seatings.eventId, eventId), eq(seatings.run, run)))
    .returning();
  return row ?? null;
}

/** Asks a run that works to end; false where none does. */
export async function endSeating(db: Db, eventId: number, how: 'keeping' | 'stopping'): Promise<boolean> {
  const rows = await db
    .update(seatings)
    .set({ state: how })
    .where(and(eq(seatings.eventId, eventId), inArray(seatings.state, ['working', 'keeping'])))
    .returning({ eventId: seatings.eventId });
  return rows.length > 0;
}

export async function removeSeating(db: Db, eventId: number): Promise<void> {
  await db.delete(seatings).where(eq(seatings.eventId, eventId));
}
