import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { OfferSide, OfferState } from '../../domain/offers/offers.ts';
import { offers, offerTopics, people, trends } from '../schema/index.ts';

export type Offer = typeof offers.$inferSelect;
export type NewOffer = typeof offers.$inferInsert;

/** One side of a season. */
export interface SideOfSeason {
  programmeId: number;
  side: OfferSide;
}

const isOf = ({ programmeId, side }: SideOfSeason) =>
  and(eq(offers.programmeId, programmeId), eq(offers.side, side));

/** Adds an offer with its topics; null where this form was sent before. */
export async function add(tx: Tx, values: NewOffer, topics: readonly number[]): Promise<Offer | null> {
  const [row] = await tx
    .insert(offers)
    .values(values)
    .onConflictDoNothing({ target: offers.formKey })
    .returning();
  if (!row) return null;
  await setTopics(tx, row.id, topics);
  return row;
}

export async function setTopics(tx: Tx, offerId: number, topics: readonly number[]): Promise<void> {
  await tx.delete(offerTopics).where(eq(offerTopics.offerId, offerId));
  if (topics.length === 0) return;
  await tx.insert(offerTopics).values(topics.map((trendId) => ({ offerId, trendId })));
}

/** Whether this form was sent before. */
export async function isSent(db: Db, formKey: string): Promise<boolean> {
  return (await db.$count(offers, eq(offers.formKey, formKey))) > 0;
}

export async function find(db: Db, id: number): Promise<Offer | null> {
  const [row] = await db.select().from(offers).where(eq(offers.id, id));
  return row ?? null;
}

/** The offer, kept from changing until the transaction ends. */
export async function lock(tx: Tx, id: number): Promise<Offer | null> {
  const [row] = await tx.select().from(offers).where(eq(offers.id, id)).for('update');
  return row ?? null;
}

/** Offers of one side in this state, oldest first, kept from changing until the transaction ends. */
export async function lockAll(tx: Tx, of: SideOfSeason, state: OfferState): Promise<Offer[]> {
  return tx
    .select()
    .from(offers)
    .where(and(isOf(of), eq(offers.state, state)))
    .orderBy(asc(offers.confirmedAt), asc(offers.id))
    .for('update');
}

export async function change(tx: Tx, id: number, values: Partial<NewOffer>): Promise<void> {
  await tx.update(offers).set(values).where(eq(offers.id, id));
}

/** The last offer that was sent from a browser and waits for its address to be confirmed. */
export async function lastOfBrowser(
  db: Db,
  browserHash: string,
  since: Temporal.Instant,
): Promise<Offer | null> {
  const [row] = await db
    .select()
    .from(offers)
    .where(
      and(eq(offers.browserHash, browserHash), eq(offers.state, 'unconfirmed'), gt(offers.createdAt, since)),
    )
    .orderBy(desc(offers.id))
    .limit(1);
  return row ?? null;
}

/** The offer of this address that counts, if there is one. */
export async function ofAddress(db: Db, of: SideOfSeason, email: string): Promise<Offer | null> {
  const [row] = await db
    .select()
    .from(offers)
    .where(
      and(isOf(of), ne(offers.state, 'unconfirmed'), sql`lower(${offers.email}) = ${email.toLowerCase()}`),
    );
  return row ?? null;
}

export type OfferCounts = Record<OfferState, number>;

/** Counts the offers of one side by state; those unconfirmed since before `since` no longer count. */
export async function counts(db: Db, of: SideOfSeason, since: Temporal.Instant): Promise<OfferCounts> {
  const rows = await db
    .select({ state: offers.state, n: sql<number>`count(*)::int` })
    .from(offers)
    .where(and(isOf(of), or(ne(offers.state, 'unconfirmed'), gt(offers.createdAt, since))))
    .groupBy(offers.state);
  const found = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  return { unconfirmed: 0, waiting: 0, accepted: 0, reserve: 0, declined: 0, ...found };
}

/** Counts the offers of both sides that wait for an organiser. */
export async function countWaiting(db: Db, programmeId: number): Promise<number> {
  return db.$count(offers, and(eq(offers.programmeId, programmeId), eq(offers.state, 'waiting')));
}

/** An offer in a list: its topics in words, and the person who has its address already. */
export interface ListedOffer extends Offer {
  topics: string[];
  known: { id: number; name: string; side: OfferSide; onlyOrganises: boolean; isDisabled: boolean } | null;
}

/** The person with the address of an offer; of several behind it the one of the same name, else the one whose it was first. */
const personBehind = sql`(SELECT p.id FROM people AS p WHERE lower(p.email) = lower(${offers.email})
  ORDER BY lower(p.name) = lower(${offers.name}) DESC, p.shares_address, p.id LIMIT 1)`;

/** Lists the offers of one side in a state, in the order in which they were confirmed. */
export async function list(
  db: Db,
  of: SideOfSeason,
  state: Exclude<OfferState, 'unconfirmed'>,
  { offset = 0, limit = 100_000 }: { offset?: number; limit?: number } = {},
): Promise<ListedOffer[]> {
  const rows = await db
    .select({
      offer: offers,
      personId: people.id,
      name: people.name,
      side: people.side,
      onlyOrganises: people.onlyOrganises,
      disabledAt: people.disabledAt,
    })
    .from(offers)
    .leftJoin(people, eq(people.id, personBehind))
    .where(and(isOf(of), eq(offers.state, state)))
    .orderBy(asc(offers.confirmedAt), asc(offers.id))
    .limit(limit)
    .offset(offset);
  const topics = await topicsOf(
    db,
    rows.map(({ offer }) => offer.id),
  );
  return rows.map(({ offer, personId, name, side, onlyOrganises, disabledAt }) => ({
    ...offer,
    topics: (topics.get(offer.id) ?? []).map(({ sentence }) => sentence),
    known:
      personId === null
        ? null
        : {
            id: personId,
            name: name!,
            side: side!,
            onlyOrganises: onlyOrganises!,
            isDisabled: disabledAt !== null,
          },
  }));
}

/** Lists the reserve list of one side, the first in line first: for a team that has too few people. */
export async function reserves(db: Db, of: SideOfSeason, limit = 100_000): Promise<ListedOffer[]> {
  return list(db, of, 'reserve', { limit });
}

/** Counts how many of the reserve list are before this one. */
export async function placeInLine(db: Db, { programmeId, side, confirmedAt, id }: Offer): Promise<number> {
  return db.$count(
    offers,
    and(
      isOf({ programmeId, side }),
      eq(offers.state, 'reserve'),
      sql`(${offers.confirmedAt}, ${offers.id}) < (${confirmedAt!.toString()}::timestamptz, ${id})`,
    ),
  );
}

export interface OfferTopic {
  id: number;
  sentence: string;
}

/** Finds the trends of these offers, by offer. */
export async function topicsOf(db: Db, offerIds: number[]): Promise<Map<number, OfferTopic[]>> {
  if (offerIds.length === 0) return new Map();
  const rows = await db
    .select({ offerId: offerTopics.offerId, id: trends.id, sentence: trends.sentence })
    .from(offerTopics)
    .innerJoin(trends, eq(trends.id, offerTopics.trendId))
    .where(inArray(offerTopics.offerId, offerIds))
    .orderBy(asc(trends.id));
  return Map.groupBy(rows, ({ offerId }) => offerId);
}

/** Lists trends of the shortlist of a season, which the open page names. */
export async function topicsToChoose(db: Db, programmeId: number, most: number): Promise<OfferTopic[]> {
  return db
    .select({ id: trends.id, sentence: trends.sentence })
    .from(trends)
    .where(and(eq(trends.programmeId, programmeId), eq(trends.state, 'shortlisted')))
    .orderBy(asc(trends.id))
    .limit(most);
}

/** Finds the offers that were answered by the last press that can still be undone. */
export async function undoable(db: Db, of: SideOfSeason, now: Temporal.Instant): Promise<Offer[]> {
  const rows = await db
    .select()
    .from(offers)
    .where(and(isOf(of), isNotNull(offers.press), gt(offers.pressEnds, now)))
    .orderBy(desc(offers.pressEnds), asc(offers.id));
  return rows.filter(({ press }) => press === rows[0]!.press);
}

/** The offers of one press, kept from changing until the transaction ends. */
export async function lockPress(tx: Tx, of: SideOfSeason, press: string): Promise<Offer[]> {
  return tx
    .select()
    .from(offers)
    .where(and(isOf(of), eq(offers.press, press), isNotNull(offers.pressEnds)))
    .orderBy(asc(offers.id))
    .for('update');
}

/** Puts everybody of the reserve list back among those who wait, first in line as before; returns how many. */
export async function waitAgain(tx: Tx, of: SideOfSeason, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .update(offers)
    .set({ state: 'waiting', press: null, pressEnds: null, updatedAt: now })
    .where(and(isOf(of), eq(offers.state, 'reserve')))
    .returning({ id: offers.id });
  return rows.length;
}

/** Names of those whose offers were confirmed within these days and still wait. */
export async function confirmedWithin(
  db: Db,
  programmeId: number,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<string[]> {
  const { confirmedAt } = offers;
  const rows = await db
    .select({ name: offers.name })
    .from(offers)
    .where(
      and(
        eq(offers.programmeId, programmeId),
        eq(offers.state, 'waiting'),
        gte(confirmedAt, from),
        lt(confirmedAt, until),
      ),
    )
    .orderBy(asc(confirmedAt), asc(offers.id));
  return rows.map(({ name }) => name);
}
