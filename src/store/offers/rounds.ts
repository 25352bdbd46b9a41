import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { OfferSide } from '../../domain/offers/offers.ts';
import { offerRounds } from '../schema/index.ts';

export type Round = typeof offerRounds.$inferSelect;
export type RoundValues = Pick<Round, 'closesOn' | 'answerBy' | 'places'>;

const isRound = (programmeId: number, side: OfferSide) =>
  and(eq(offerRounds.programmeId, programmeId), eq(offerRounds.side, side));

/** Finds the days and places for the offers of one side; null where nobody has opened them. */
export async function find(db: Db, programmeId: number, side: OfferSide): Promise<Round | null> {
  const [row] = await db.select().from(offerRounds).where(isRound(programmeId, side));
  return row ?? null;
}

/** The same, kept from changing until the transaction ends: answers to one side's offers wait for each other. */
export async function lock(tx: Tx, programmeId: number, side: OfferSide): Promise<Round | null> {
  const [row] = await tx.select().from(offerRounds).where(isRound(programmeId, side)).for('update');
  return row ?? null;
}

/** Opens a round; null where somebody did meanwhile. */
export async function add(tx: Tx, round: typeof offerRounds.$inferInsert): Promise<Round | null> {
  const [row] = await tx.insert(offerRounds).values(round).onConflictDoNothing().returning();
  return row ?? null;
}

/** Changes a round that is locked, under its next revision. */
export async function change(tx: Tx, round: Round, values: Partial<Round>): Promise<void> {
  await tx
    .update(offerRounds)
    .set({ ...values, revision: round.revision + 1 })
    .where(isRound(round.programmeId, round.side));
}
