import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { pairRounds } from '../schema/index.ts';

export type Round = typeof pairRounds.$inferSelect;
export type NewRound = typeof pairRounds.$inferInsert;

/** The last round of a season; null before there is one. */
export async function current(db: Db, programmeId: number): Promise<Round | null> {
  const [row] = await db
    .select()
    .from(pairRounds)
    .where(eq(pairRounds.programmeId, programmeId))
    .orderBy(desc(pairRounds.id))
    .limit(1);
  return row ?? null;
}

export async function find(db: Db, id: number): Promise<Round | null> {
  const [row] = await db.select().from(pairRounds).where(eq(pairRounds.id, id));
  return row ?? null;
}

/** The round, held until the transaction ends. */
export async function lock(tx: Tx, id: number): Promise<Round | null> {
  const [row] = await tx.select().from(pairRounds).where(eq(pairRounds.id, id)).for('update');
  return row ?? null;
}

/** A round of the season that has not ended, held; null where there is none. */
export async function lockOpen(tx: Tx, programmeId: number): Promise<Round | null> {
  const [row] = await tx
    .select()
    .from(pairRounds)
    .where(and(eq(pairRounds.programmeId, programmeId), isNull(pairRounds.endedAt)))
    .orderBy(desc(pairRounds.id))
    .limit(1)
    .for('update');
  return row ?? null;
}

export async function add(tx: Tx, values: NewRound): Promise<Round> {
  const [row] = await tx.insert(pairRounds).values(values).returning();
  return row!;
}

/** Writes these columns under the next revision. */
export async function change(
  tx: Tx,
  id: number,
  values: Partial<Omit<Round, 'id' | 'programmeId' | 'revision'>>,
): Promise<void> {
  await tx
    .update(pairRounds)
    .set({ ...values, revision: sql`${pairRounds.revision} + 1` })
    .where(eq(pairRounds.id, id));
}

/** Rounds in which somebody is free again and the next best pairs are to be proposed. */
export async function needingNext(db: Db): Promise<Round[]> {
  return db
    .select()
    .from(pairRounds)
    .where(and(eq(pairRounds.needsNext, true), isNull(pairRounds.endedAt)));
}
