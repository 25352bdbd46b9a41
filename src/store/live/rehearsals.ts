import { eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { events, type RehearsalContent, rehearsals } from '../schema/index.ts';

export type { RehearsalContent };

export async function find(db: Db, eventId: number): Promise<RehearsalContent | null> {
  const [row] = await db
    .select({ content: rehearsals.content })
    .from(rehearsals)
    .where(eq(rehearsals.eventId, eventId));
  return row?.content ?? null;
}

export async function save(
  tx: Tx,
  eventId: number,
  content: RehearsalContent,
  startedAt: Temporal.Instant,
): Promise<void> {
  const set = { content, revision: sql`${rehearsals.revision} + 1` };
  await tx
    .insert(rehearsals)
    .values({ eventId, content, startedAt })
    .onConflictDoUpdate({ target: rehearsals.eventId, set });
}

/** Deletes a rehearsal with everything in it. */
export async function remove(db: Db, eventId: number): Promise<void> {
  await db.delete(rehearsals).where(eq(rehearsals.eventId, eventId));
}

/** Deletes rehearsals that nobody ended, of events that began before a day. */
export async function removeOld(db: Db, before: string): Promise<void> {
  const past = db.select({ id: events.id }).from(events).where(lt(events.startsAt, before));
  await db.delete(rehearsals).where(inArray(rehearsals.eventId, past));
}
