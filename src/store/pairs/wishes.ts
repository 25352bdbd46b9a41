import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../database/open.ts';
import type { Topic, Wisher } from '../../domain/pairs/wishes.ts';
import {
  lastNameOf,
  pairRounds,
  pairsApart,
  pairTopics,
  pairWishes,
  people,
  trends,
} from '../schema/index.ts';

export type Wish = typeof pairWishes.$inferSelect;

/** A topic with its words, also where it is a trend. */
export interface NamedTopic extends Topic {
  label: string;
}

/** Somebody who is asked in a round. */
export interface Asked {
  id: number;
  name: string;
  email: string;
  side: 'talent' | 'senior';
  department: string;
  answeredOn: string | null;
  takesPart: boolean;
  askedOn: string | null;
  remindedOn: string | null;
  topics: string[];
}

const topicLabels = sql<
  string[]
>`coalesce((SELECT array_agg(coalesce(t.words, trends.sentence) ORDER BY t.place)
  FROM ${pairTopics} t LEFT JOIN ${trends} ON trends.id = t.trend_id
  WHERE t.round_id = ${pairWishes.roundId} AND t.person_id = ${pairWishes.personId}), '{}')`;

const askedColumns = {
  id: people.id,
  name: people.name,
  email: people.email,
  side: people.side,
  department: people.department,
  answeredOn: pairWishes.answeredOn,
  takesPart: pairWishes.takesPart,
  askedOn: pairWishes.askedOn,
  remindedOn: pairWishes.remindedOn,
  topics: topicLabels,
};

/** People of a round by last name: those who have not answered, or all who were asked; one page of them. */
export async function list(
  db: Db,
  roundId: number,
  {
    missing = false,
    offset = 0,
    limit = 100_000,
  }: { missing?: boolean; offset?: number; limit?: number } = {},
): Promise<Asked[]> {
  return db
    .select(askedColumns)
    .from(pairWishes)
    .innerJoin(people, eq(people.id, pairWishes.personId))
    .where(inRound(roundId, missing ? isNull(pairWishes.answeredOn) : undefined))
    .orderBy(asc(people.side), asc(lastNameOf(people.name)), asc(people.name), asc(people.id))
    .offset(offset)
    .limit(limit);
}

const inRound = (roundId: number, more?: SQL) =>
  and(eq(pairWishes.roundId, roundId), isNull(people.disabledAt), more);

/** How many of each side are asked, have answered, and take part. */
export async function counts(db: Db, roundId: number) {
  const [row] = await db
    .select({
      seniors: sql<number>`(count(*) FILTER (WHERE ${people.side} = 'senior'))::int`,
      talents: sql<number>`(count(*) FILTER (WHERE ${people.side} = 'talent'))::int`,
      answeredSeniors: sql<number>`(count(*) FILTER (WHERE ${people.side} = 'senior' AND ${pairWishes.answeredOn} IS NOT NULL))::int`,
      answeredTalents: sql<number>`(count(*) FILTER (WHERE ${people.side} = 'talent' AND ${pairWishes.answeredOn} IS NOT NULL))::int`,
      unasked: sql<number>`(count(*) FILTER (WHERE ${pairWishes.askedOn} IS NULL AND ${pairWishes.answeredOn} IS NULL))::int`,
      out: sql<number>`(count(*) FILTER (WHERE NOT ${pairWishes.takesPart}))::int`,
    })
    .from(pairWishes)
    .innerJoin(people, eq(people.id, pairWishes.personId))
    .where(inRound(roundId));
  return row!;
}

/** Adds people who are asked; those who are asked already stay as they are. Returns how many came. */
export async function add(tx: Tx, roundId: number, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await tx
    .insert(pairWishes)
    .values(ids.map((personId) => ({ roundId, personId })))
    .onConflictDoNothing()
    .returning({ personId: pairWishes.personId });
  return rows.length;
}

export async function find(db: Db, roundId: number, personId: number): Promise<Wish | null> {
  const [row] = await db.select().from(pairWishes).where(of(roundId, personId));
  return row ?? null;
}

const of = (roundId: number, personId: number) =>
  and(eq(pairWishes.roundId, roundId), eq(pairWishes.personId, personId));

/** The wish, held until the transaction ends. */
export async function lock(tx: Tx, roundId: number, personId: number): Promise<Wish | null> {
  const [row] = await tx.select().from(pairWishes).where(of(roundId, personId)).for('update');
  return row ?? null;
}

export async function change(
  tx: Tx,
  roundId: number,
  personIds: readonly number[],
  values: Partial<Omit<Wish, 'roundId' | 'personId'>>,
): Promise<void> {
  await tx
    .update(pairWishes)
    .set(values)
    .where(and(eq(pairWishes.roundId, roundId), inArray(pairWishes.personId, [...personIds])));
}

/** Topics of one person, in their order. */
export async function topicsOf(db: Db, roundId: number, personId: number): Promise<NamedTopic[]> {
  return db
    .select({
      trendId: pairTopics.trendId,
      words: pairTopics.words,
      label: sql<string>`coalesce(${pairTopics.words}, ${trends.sentence})`,
    })
    .from(pairTopics)
    .leftJoin(trends, eq(trends.id, pairTopics.trendId))
    .where(and(eq(pairTopics.roundId, roundId), eq(pairTopics.personId, personId)))
    .orderBy(asc(pairTopics.place));
}

export async function replaceTopics(
  tx: Tx,
  roundId: number,
  personId: number,
  topics: readonly Topic[],
): Promise<void> {
  await tx.delete(pairTopics).where(and(eq(pairTopics.roundId, roundId), eq(pairTopics.personId, personId)));
  if (topics.length === 0) return;
  await tx
    .insert(pairTopics)
    .values(topics.map(({ trendId, words }, place) => ({ roundId, personId, place, trendId, words })));
}

/** How many want a topic and how many offer it, the most wanted first. */
export async function demand(db: Db, roundId: number, limit: number) {
  const label = sql<string>`coalesce(${pairTopics.words}, ${trends.sentence})`;
  const want = sql<number>`(count(*) FILTER (WHERE ${people.side} = 'senior'))::int`;
  const offer = sql<number>`(count(*) FILTER (WHERE ${people.side} = 'talent'))::int`;
  return db
    .select({ label, want, offer })
    .from(pairTopics)
    .innerJoin(people, eq(people.id, pairTopics.personId))
    .leftJoin(trends, eq(trends.id, pairTopics.trendId))
    .where(and(eq(pairTopics.roundId, roundId), isNull(people.disabledAt)))
    .groupBy(label)
    .orderBy(sql`${want} DESC`, sql`${offer} DESC`, asc(label))
    .limit(limit);
}

/** Everyone who takes part and has answered, with topics, by number. */
export async function wishers(db: Db, roundId: number): Promise<Wisher[]> {
  const topics = sql<
    Wisher['topics']
  >`coalesce((SELECT json_agg(json_build_object('trendId', t.trend_id, 'words', t.words)
    ORDER BY t.place) FROM ${pairTopics} t WHERE t.round_id = ${pairWishes.roundId}
    AND t.person_id = ${pairWishes.personId}), '[]')`;
  return db
    .select({
      id: people.id,
      name: people.name,
      side: people.side,
      managerId: people.managerId,
      topics,
      most: pairWishes.most,
    })
    .from(pairWishes)
    .innerJoin(people, eq(people.id, pairWishes.personId))
    .where(inRound(roundId, and(eq(pairWishes.takesPart, true), isNotNull(pairWishes.answeredOn))))
    .orderBy(asc(people.id));
}

/** Managers of these people and of everyone above them. */
export async function managersOf(db: Db, ids: readonly number[]): Promise<Map<number, number | null>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<{ id: number; manager_id: number | null }>(sql`
    WITH RECURSIVE line(id, manager_id) AS (
      SELECT id, manager_id FROM people WHERE id IN ${[...ids]}
      UNION SELECT p.id, p.manager_id FROM people p JOIN line ON p.id = line.manager_id
    ) SELECT id, manager_id FROM line`);
  return new Map([...rows].map((row) => [row.id, row.manager_id]));
}

export async function apart(db: Db, roundId: number) {
  return db.select().from(pairsApart).where(eq(pairsApart.roundId, roundId));
}

export async function keepApart(tx: Tx, values: typeof pairsApart.$inferInsert): Promise<void> {
  await tx.insert(pairsApart).values(values).onConflictDoNothing();
}

const others = alias(people, 'others');

/** Pairs of people who are kept apart, by name. */
export async function apartByName(db: Db, roundId: number) {
  return db
    .select({
      personId: pairsApart.personId,
      otherId: pairsApart.otherId,
      setBy: pairsApart.setBy,
      person: people.name,
      other: others.name,
    })
    .from(pairsApart)
    .innerJoin(people, eq(people.id, pairsApart.personId))
    .innerJoin(others, eq(others.id, pairsApart.otherId))
    .where(eq(pairsApart.roundId, roundId))
    .orderBy(asc(people.name), asc(others.name))
    .limit(200);
}

export async function removeApart(tx: Tx, roundId: number, personId: number, otherId: number): Promise<void> {
  await tx
    .delete(pairsApart)
    .where(
      and(
        eq(pairsApart.roundId, roundId),
        eq(pairsApart.personId, personId),
        eq(pairsApart.otherId, otherId),
        eq(pairsApart.setBy, 'organiser'),
      ),
    );
}

/** Deletes how people of a season like to work. */
export async function eraseManner(tx: Tx, programmeId: number): Promise<void> {
  const own = tx
    .select({ id: pairRounds.id })
    .from(pairRounds)
    .where(eq(pairRounds.programmeId, programmeId));
  await tx
    .update(pairWishes)
    .set({ manner: [] })
    .where(and(inArray(pairWishes.roundId, own), sql`${pairWishes.manner} <> '[]'::jsonb`));
}
