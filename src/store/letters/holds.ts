import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { holds } from '../schema/index.ts';

export type Hold = typeof holds.$inferSelect;

export async function add(tx: Tx, hold: Omit<Hold, 'id' | 'takenBackAt'>): Promise<Hold> {
  const [row] = await tx.insert(holds).values(hold).returning();
  return row!;
}

export async function find(db: Db, eventId: number, id: number): Promise<Hold | null> {
  const [row] = await db
    .select()
    .from(holds)
    .where(and(eq(holds.id, id), eq(holds.eventId, eventId)));
  return row ?? null;
}

/** The last thing about this event that can still be taken back. */
export async function current(db: Db, eventId: number, now: Temporal.Instant): Promise<Hold | null> {
  const [row] = await db
    .select()
    .from(holds)
    .where(and(eq(holds.eventId, eventId), isNull(holds.takenBackAt), gt(holds.until, now)))
    .orderBy(desc(holds.id))
    .limit(1);
  return row ?? null;
}

/** Acts that can still be taken back, of all events, the first one first. */
export async function allCurrent(db: Db, now: Temporal.Instant): Promise<Hold[]> {
  return db
    .select()
    .from(holds)
    .where(and(isNull(holds.takenBackAt), gt(holds.until, now)))
    .orderBy(holds.id);
}

export async function setBefore(tx: Tx, id: number, before: Record<string, unknown>): Promise<void> {
  await tx.update(holds).set({ before }).where(eq(holds.id, id));
}

export async function markUndone(tx: Tx, id: number, at: Temporal.Instant): Promise<void> {
  await tx.update(holds).set({ takenBackAt: at }).where(eq(holds.id, id));
}
