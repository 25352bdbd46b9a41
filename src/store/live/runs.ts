import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { LivePlan, LiveState, Press } from '../../domain/live/state.ts';
import { blockMinutes, events, livePresses, liveRuns, people, rsvps } from '../schema/index.ts';

export type LiveRun = typeof liveRuns.$inferSelect;
export type StoredPress = typeof livePresses.$inferSelect;
export type NewPress = typeof livePresses.$inferInsert;
export type BlockMinutes = typeof blockMinutes.$inferSelect;

export async function find(db: Db, eventId: number): Promise<LiveRun | null> {
  const [row] = await db.select().from(liveRuns).where(eq(liveRuns.eventId, eventId));
  return row ?? null;
}

/** Stores the plan and the state after the last press. */
export async function save(tx: Tx, eventId: number, plan: LivePlan, state: LiveState): Promise<void> {
  const values = { plan, state };
  await tx
    .insert(liveRuns)
    .values({ eventId, ...values })
    .onConflictDoUpdate({ target: liveRuns.eventId, set: values });
}

export async function pressByKey(db: Db, eventId: number, key: string): Promise<StoredPress | null> {
  const [row] = await db
    .select()
    .from(livePresses)
    .where(and(eq(livePresses.eventId, eventId), eq(livePresses.key, key)));
  return row ?? null;
}

export async function pressById(db: Db, eventId: number, id: number): Promise<StoredPress | null> {
  const [row] = await db
    .select()
    .from(livePresses)
    .where(and(eq(livePresses.eventId, eventId), eq(livePresses.id, id)));
  return row ?? null;
}

/** Presses that count, in the order in which they arrived. */
export async function presses(db: Db, eventId: number): Promise<Press[]> {
  const rows = await db
    .select({ press: livePresses.press })
    .from(livePresses)
    .where(and(eq(livePresses.eventId, eventId), isNull(livePresses.takenBackAt)))
    .orderBy(asc(livePresses.id));
  return rows.map(({ press }) => press);
}

export async function addPress(tx: Tx, press: NewPress): Promise<void> {
  await tx.insert(livePresses).values(press);
}

export async function takeBack(
  tx: Tx,
  id: number,
  takenBackAt: Temporal.Instant,
  takenBackById: number,
): Promise<void> {
  await tx.update(livePresses).set({ takenBackAt, takenBackById }).where(eq(livePresses.id, id));
}

/** The last press that arrived after a moment and counts, with the name of whoever made it. */
export async function lastPress(db: Db, eventId: number, after: Temporal.Instant) {
  const [row] = await db
    .select({
      id: livePresses.id,
      press: livePresses.press,
      arrivedAt: livePresses.arrivedAt,
      byId: livePresses.byId,
      by: people.name,
    })
    .from(livePresses)
    .leftJoin(people, eq(people.id, livePresses.byId))
    .where(
      and(
        eq(livePresses.eventId, eventId),
        isNull(livePresses.takenBackAt),
        gt(livePresses.arrivedAt, after),
      ),
    )
    .orderBy(desc(livePresses.id))
    .limit(1);
  return row ?? null;
}

/** Stores planned and actual minutes of each block anew. */
export async function setMinutes(tx: Tx, eventId: number, rows: readonly BlockMinutes[]): Promise<void> {
  await tx.delete(blockMinutes).where(eq(blockMinutes.eventId, eventId));
  if (rows.length > 0) await tx.insert(blockMinutes).values([...rows]);
}

/** Planned and actual minutes of an event, block by block. */
export async function minutesOf(db: Db, eventId: number): Promise<BlockMinutes[]> {
  return db
    .select()
    .from(blockMinutes)
    .where(eq(blockMinutes.eventId, eventId))
    .orderBy(asc(blockMinutes.position));
}

/** Deletes presses and messages of evenings that began before a day; the minutes of their blocks stay. */
export async function forgetPresses(db: Db, before: string): Promise<void> {
  const past = db
    .select({ id: events.id })
    .from(events)
    .where(lt(events.startsAt, sql`${before}`));
  await db.delete(livePresses).where(inArray(livePresses.eventId, past));
  await db.delete(liveRuns).where(inArray(liveRuns.eventId, past));
}

/** People with a seat at an event, and those of them seen at the door. */
export async function hereAt(db: Db, eventId: number): Promise<{ here: number; of: number }> {
  const [row] = await db
    .select({
      here: sql<number>`(count(*) FILTER (WHERE ${rsvps.cameAt} IS NOT NULL))::int`,
      of: sql<number>`(count(*) FILTER (WHERE ${rsvps.state} = 'coming' OR ${rsvps.cameAt} IS NOT NULL))::int`,
    })
    .from(rsvps)
    .where(eq(rsvps.eventId, eventId));
  return row!;
}
