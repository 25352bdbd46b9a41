import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { type DayFacts, nothingDiffers } from '../../domain/tables/day.ts';
import type { Hop } from '../../domain/tables/day-options.ts';
import { seatProposals, tableDays, walkIns } from '../schema/index.ts';

export type SeatProposal = typeof seatProposals.$inferSelect;
export type WalkIn = typeof walkIns.$inferSelect;

/** Differences of the day of an event, and how often they have changed. */
export async function dayOf(db: Db, eventId: number): Promise<{ facts: DayFacts; revision: number }> {
  const [row] = await db
    .select({ facts: tableDays.facts, revision: tableDays.revision })
    .from(tableDays)
    .where(eq(tableDays.eventId, eventId));
  return row ?? { facts: nothingDiffers, revision: 0 };
}

export async function setDay(tx: Tx, eventId: number, facts: DayFacts): Promise<void> {
  await tx
    .insert(tableDays)
    .values({ eventId, facts, revision: 1 })
    .onConflictDoUpdate({
      target: tableDays.eventId,
      set: { facts, revision: sql`${tableDays.revision} + 1` },
    });
}

export async function walkInsOf(db: Db, eventId: number): Promise<WalkIn[]> {
  return db.select().from(walkIns).where(eq(walkIns.eventId, eventId)).orderBy(walkIns.id);
}

export async function addWalkIn(tx: Tx, walkIn: typeof walkIns.$inferInsert): Promise<number> {
  const [row] = await tx.insert(walkIns).values(walkIn).returning({ id: walkIns.id });
  return row!.id;
}

/** Removes plain names of people who came to events before this day, 'YYYY-MM-DDTHH:MM'. */
export async function forgetWalkIns(db: Db, before: string): Promise<void> {
  await db.execute(
    sql`DELETE FROM walk_ins w USING events e WHERE e.id = w.event_id AND e.starts_at < ${before}`,
  );
  await db.execute(
    sql`DELETE FROM seat_proposals p USING events e WHERE e.id = p.event_id AND e.starts_at < ${before}`,
  );
}

/** Stores proposals; of those that are there for the situation the first stays. Proposals of other situations are dropped. */
export async function keepProposals(
  db: Db,
  proposals: readonly (typeof seatProposals.$inferInsert)[],
): Promise<void> {
  if (proposals.length === 0) return;
  await db
    .insert(seatProposals)
    .values([...proposals])
    .onConflictDoNothing();
}

/** Removes proposals of this event that nobody accepted and that are older. */
export async function dropOldProposals(db: Db, eventId: number, before: Temporal.Instant): Promise<void> {
  await db
    .delete(seatProposals)
    .where(
      and(
        eq(seatProposals.eventId, eventId),
        isNull(seatProposals.acceptedAt),
        lt(seatProposals.madeAt, before),
      ),
    );
}

export async function proposalFor(
  db: Db,
  eventId: number,
  situation: string,
  key: string,
): Promise<SeatProposal | null> {
  const [row] = await db
    .select()
    .from(seatProposals)
    .where(
      and(
        eq(seatProposals.eventId, eventId),
        eq(seatProposals.situation, situation),
        eq(seatProposals.key, key),
      ),
    );
  return row ?? null;
}

export async function findProposal(db: Db, eventId: number, id: number): Promise<SeatProposal | null> {
  const [row] = await db
    .select()
    .from(seatProposals)
    .where(and(eq(seatProposals.eventId, eventId), eq(seatProposals.id, id)));
  return row ?? null;
}

/** Keys of the changes that have a proposal in this situation. */
export async function readyKeys(db: Db, eventId: number, situation: string): Promise<Set<string>> {
  const rows = await db
    .select({ key: seatProposals.key })
    .from(seatProposals)
    .where(and(eq(seatProposals.eventId, eventId), eq(seatProposals.situation, situation)));
  return new Set(rows.map(({ key }) => key));
}

export async function changeProposal(
  tx: Tx,
  id: number,
  values: Partial<Pick<SeatProposal, 'accepted' | 'acceptedAt' | 'acceptedById' | 'undo' | 'undoneAt'>>,
): Promise<void> {
  await tx.update(seatProposals).set(values).where(eq(seatProposals.id, id));
}

/** A proposal of the event that was accepted and not taken back. */
const stands = (eventId: number) =>
  and(
    eq(seatProposals.eventId, eventId),
    isNotNull(seatProposals.acceptedAt),
    isNull(seatProposals.undoneAt),
  );

/** The last new seats of one person that were accepted on the day, and when; null where they have none. */
export async function newSeatsOf(
  db: Db,
  eventId: number,
  personId: number,
): Promise<{ at: Temporal.Instant; hops: Hop[] } | null> {
  const rows = await db
    .select({ at: seatProposals.acceptedAt, hops: sql<Hop[] | string>`${seatProposals.undo} -> 'hops'` })
    .from(seatProposals)
    .where(
      and(
        stands(eventId),
        sql`${seatProposals.undo} -> 'hops' @> ${JSON.stringify([{ id: personId }])}::jsonb`,
      ),
    )
    .orderBy(desc(seatProposals.acceptedAt), desc(seatProposals.id))
    .limit(1);
  const [row] = rows;
  if (!row?.at) return null;
  const hops = typeof row.hops === 'string' ? (JSON.parse(row.hops) as Hop[]) : row.hops;
  return { at: row.at, hops: hops.filter(({ id }) => id === personId) };
}

/** Proposals that were accepted and not taken back, the latest first. */
export async function acceptedOf(db: Db, eventId: number, most: number): Promise<SeatProposal[]> {
  return db
    .select()
    .from(seatProposals)
    .where(stands(eventId))
    .orderBy(desc(seatProposals.acceptedAt), desc(seatProposals.id))
    .limit(most);
}
