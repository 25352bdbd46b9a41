import { and, asc, desc, eq, gt, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { offers, placeAsks } from '../schema/index.ts';

export type Ask = typeof placeAsks.$inferSelect;

export async function find(db: Db, id: number): Promise<Ask | null> {
  const [row] = await db.select().from(placeAsks).where(eq(placeAsks.id, id));
  return row ?? null;
}

/** The ask, kept from changing until the transaction ends. */
export async function lock(tx: Tx, id: number): Promise<Ask | null> {
  const [row] = await tx.select().from(placeAsks).where(eq(placeAsks.id, id)).for('update');
  return row ?? null;
}

/** Asks a person; null where the team or the person is being asked already. */
export async function add(tx: Tx, ask: typeof placeAsks.$inferInsert): Promise<Ask | null> {
  const [row] = await tx.insert(placeAsks).values(ask).onConflictDoNothing().returning();
  return row ?? null;
}

export async function change(
  tx: Tx,
  id: number,
  values: Pick<Ask, 'state'> & { answeredAt: Temporal.Instant },
): Promise<void> {
  await tx.update(placeAsks).set(values).where(eq(placeAsks.id, id));
}

/** The person that a team waits for; null where it waits for nobody. */
export async function openOf(db: Db, teamId: number): Promise<Ask | null> {
  const [row] = await db
    .select()
    .from(placeAsks)
    .where(and(eq(placeAsks.teamId, teamId), eq(placeAsks.state, 'asked')));
  return row ?? null;
}

/** The place that somebody is being asked about; null where there is none. */
export async function openOfOffer(db: Db, offerId: number): Promise<Ask | null> {
  const [row] = await db
    .select()
    .from(placeAsks)
    .where(and(eq(placeAsks.offerId, offerId), eq(placeAsks.state, 'asked')));
  return row ?? null;
}

/** Makes everything one offer was asked be about another one of the same person. */
export async function moveTo(tx: Tx, fromOfferId: number, offerId: number): Promise<void> {
  await tx.update(placeAsks).set({ offerId }).where(eq(placeAsks.offerId, fromOfferId));
}

/** An ask with the name of whom it went to. */
export type NamedAsk = Ask & { name: string };

/** Everyone who was asked to join this team, the last one first. */
export async function ofTeam(db: Db, teamId: number, limit: number): Promise<NamedAsk[]> {
  const rows = await db
    .select({ ask: placeAsks, name: offers.name })
    .from(placeAsks)
    .innerJoin(offers, eq(offers.id, placeAsks.offerId))
    .where(eq(placeAsks.teamId, teamId))
    .orderBy(desc(placeAsks.askedAt), desc(placeAsks.id))
    .limit(limit);
  return rows.map(({ ask, name }) => ({ ...ask, name }));
}

/** How many were asked to join this team since a moment. */
export async function countSince(db: Db, teamId: number, since: Temporal.Instant): Promise<number> {
  return db.$count(placeAsks, and(eq(placeAsks.teamId, teamId), gt(placeAsks.askedAt, since)));
}

/** The first person of the reserve list who was not asked to join this team and is not being asked by another one. */
export async function nextInLine(db: Db, programmeId: number, teamId: number) {
  const [row] = await db
    .select()
    .from(offers)
    .where(
      and(
        eq(offers.programmeId, programmeId),
        eq(offers.side, 'talent'),
        eq(offers.state, 'reserve'),
        isNotNull(offers.confirmedAt),
        sql`NOT EXISTS (SELECT FROM ${placeAsks} a WHERE a.offer_id = offers.id
          AND (a.team_id = ${teamId} OR a.state = 'asked'))`,
      ),
    )
    .orderBy(asc(offers.confirmedAt), asc(offers.id))
    .limit(1);
  return row ?? null;
}

/** Asks whose time is over, oldest first. */
export async function overdue(db: Db, now: Temporal.Instant): Promise<Ask[]> {
  return db
    .select()
    .from(placeAsks)
    .where(and(eq(placeAsks.state, 'asked'), lte(placeAsks.answerBy, now)))
    .orderBy(asc(placeAsks.answerBy), asc(placeAsks.id));
}

/** Open asks of people who are not on the reserve list any more, by an answer that can no longer be taken back. */
export async function answeredOtherwise(db: Db, now: Temporal.Instant): Promise<{ id: number }[]> {
  return db
    .select({ id: placeAsks.id })
    .from(placeAsks)
    .innerJoin(offers, eq(offers.id, placeAsks.offerId))
    .where(
      and(
        eq(placeAsks.state, 'asked'),
        ne(offers.state, 'reserve'),
        or(isNull(offers.pressEnds), lte(offers.pressEnds, now)),
      ),
    )
    .orderBy(asc(placeAsks.answerBy), asc(placeAsks.id));
}
