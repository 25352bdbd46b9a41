import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { assignmentRounds } from '../schema/index.ts';

export type Round = typeof assignmentRounds.$inferSelect;

/** How a season gives its trends; null while nobody has said anything about it. */
export async function find(db: Db, programmeId: number): Promise<Round | null> {
  const [row] = await db.select().from(assignmentRounds).where(eq(assignmentRounds.programmeId, programmeId));
  return row ?? null;
}

/** A round of which nobody has said anything yet. */
export const usual = (programmeId: number): Round => ({
  programmeId,
  rankingClosesOn: null,
  toldOn: null,
  least: 2,
  most: 3,
  mixesDepartments: true,
  rule: 'fairest',
  seed: 1,
  revision: 0,
  changedById: null,
  runId: null,
  isProven: false,
  isChanged: false,
  undo: null,
  publishedAt: null,
  publishUndo: null,
});

/** The same, made where it is not there yet, and held until the transaction ends. */
export async function lock(tx: Tx, programmeId: number): Promise<Round> {
  await tx.insert(assignmentRounds).values({ programmeId }).onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(assignmentRounds)
    .where(eq(assignmentRounds.programmeId, programmeId))
    .for('update');
  return row!;
}

/** Writes these columns under the next revision. */
export async function change(
  tx: Tx,
  programmeId: number,
  values: Partial<Omit<Round, 'programmeId' | 'revision'>>,
): Promise<void> {
  await tx
    .update(assignmentRounds)
    .set({ ...values, revision: sql`${assignmentRounds.revision} + 1` })
    .where(eq(assignmentRounds.programmeId, programmeId));
}
