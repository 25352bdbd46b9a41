import { and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../database/open.ts';
import { fold } from '../../domain/people/words.ts';
import type { KnownTrend } from '../../domain/trends/radar.ts';
import { foldedText } from '../folded-text.ts';
import { people, teams, topics, trendCounts, trendInterests, trends } from '../schema/index.ts';
import { seasonThatIsOn } from '../season.ts';

export type Trend = typeof trends.$inferSelect;
export type NewTrend = typeof trends.$inferInsert;

export interface ProposedTrend extends Trend {
  proposer: string | null;
  proposerSide: 'talent' | 'senior' | null;
}

/** A trend as a line in a list: the beginning of its detail, and how many links it has. */
export interface TrendLine
  extends Pick<Trend, 'id' | 'sentence' | 'state' | 'parkedReason' | 'ring' | 'proposerId'> {
  start: string;
  links: number;
  createdAt: Temporal.Instant;
  proposer: string | null;
  proposerSide: 'talent' | 'senior' | null;
}

/** A trend that a team or an event can be given. */
export type OpenTrend = Pick<Trend, 'id' | 'sentence' | 'state'>;

export type Order = 'newest' | 'wanted' | 'name';

export interface TrendFilter {
  /** Trends of this season alone. */
  programmeId: number;
  state?: Trend['state'];
  proposerId?: number;
  /** Words of the sentence, the ring or the quadrant. */
  find?: string;
  /** Trends on the table at one of these events, or at none of them. */
  at?: number[];
  notAt?: number[];
}

export async function find(db: Db, id: number): Promise<ProposedTrend | null> {
  const [row] = await db
    .select({ trend: trends, proposer: people.name, proposerSide: people.side })
    .from(trends)
    .leftJoin(people, eq(people.id, trends.proposerId))
    .where(eq(trends.id, id));
  return row ? { ...row.trend, proposer: row.proposer, proposerSide: row.proposerSide } : null;
}

export async function findByFormKey(db: Db, formKey: string): Promise<Trend | null> {
  const [row] = await db.select().from(trends).where(eq(trends.formKey, formKey));
  return row ?? null;
}

/** The rows, locked in the order of their numbers until the transaction ends. */
export async function lock(tx: Tx, ids: number[]): Promise<Trend[]> {
  return tx.select().from(trends).where(inArray(trends.id, ids)).orderBy(asc(trends.id)).for('update');
}

/** Adds a trend; null where a form with this key proposed one before. */
export async function add(db: Db, trend: NewTrend): Promise<Trend | null> {
  const [row] = await db
    .insert(trends)
    .values(trend)
    .onConflictDoNothing({ target: trends.formKey })
    .returning();
  return row ?? null;
}

/** Adds those whose source is not known yet in their season; returns their numbers. */
export async function addFromSource(tx: Tx, list: NewTrend[]): Promise<number[]> {
  if (list.length === 0) return [];
  const rows = await tx
    .insert(trends)
    .values(list)
    .onConflictDoNothing({ target: [trends.programmeId, trends.sourceKey] })
    .returning({ id: trends.id });
  return rows.map(({ id }) => id);
}

export async function change(db: Db, id: number, values: Partial<NewTrend>): Promise<void> {
  await db.update(trends).set(values).where(eq(trends.id, id));
}

export async function changeMany(db: Db, ids: number[], values: Partial<NewTrend>): Promise<void> {
  if (ids.length > 0) await db.update(trends).set(values).where(inArray(trends.id, ids));
}

/** The sentence of each of these trends, by its number. */
export async function sentencesById(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: trends.id, sentence: trends.sentence })
    .from(trends)
    .where(inArray(trends.id, [...ids]));
  return new Map(rows.map(({ id, sentence }) => [id, sentence]));
}

/** Sentences of these trends, in the order of their numbers. */
export async function sentencesOf(db: Db, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const where = and(inArray(trends.id, ids), ne(trends.state, 'merged'));
  const rows = await db
    .select({ sentence: trends.sentence })
    .from(trends)
    .where(where)
    .orderBy(asc(trends.id));
  return rows.map(({ sentence }) => sentence);
}

const sorted = (column: PgColumn) => asc(sql`${column} COLLATE "und-x-icu"`);
const wanted = sql`coalesce((SELECT c.seniors + c.talents FROM ${trendCounts} c WHERE c.trend_id = ${trends.id}), 0)`;
const orders: Record<Order, SQL[]> = {
  newest: [desc(trends.createdAt), desc(trends.id)],
  wanted: [desc(wanted), asc(trends.id)],
  name: [sorted(trends.sentence), asc(trends.id)],
};

const onTableAt = (eventIds: number[]) =>
  sql`SELECT ${topics.trendId} FROM ${topics} WHERE ${inArray(topics.eventId, eventIds)}`;

/** Lists trends that are not merged, in the order asked for, from `offset` on. */
export async function list(
  db: Db,
  which: TrendFilter,
  order: Order,
  page: { offset: number; limit: number },
): Promise<TrendLine[]> {
  return db
    .select({
      id: trends.id,
      sentence: trends.sentence,
      state: trends.state,
      parkedReason: trends.parkedReason,
      ring: trends.ring,
      proposerId: trends.proposerId,
      start: sql<string>`left(${trends.detail}, 720)`,
      links: sql<number>`jsonb_array_length(${trends.links})`,
      createdAt: trends.createdAt,
      proposer: people.name,
      proposerSide: people.side,
    })
    .from(trends)
    .leftJoin(people, eq(people.id, trends.proposerId))
    .where(chosen(which))
    .orderBy(...orders[order])
    .offset(page.offset)
    .limit(page.limit);
}

function chosen({ programmeId, state, proposerId, find, at, notAt }: TrendFilter): SQL | undefined {
  return and(
    eq(trends.programmeId, programmeId),
    ne(trends.state, 'merged'),
    state && eq(trends.state, state),
    ...wordsOf(find, searched),
    proposerId === undefined ? undefined : eq(trends.proposerId, proposerId),
    at && (at.length > 0 ? sql`${trends.id} IN (${onTableAt(at)})` : sql`false`),
    notAt && notAt.length > 0 ? sql`${trends.id} NOT IN (${onTableAt(notAt)})` : undefined,
  );
}

const searched = foldedText(sql`${trends.sentence} || ' ' || ${trends.ring} || ' ' || ${trends.quadrant}`);

/** Conditions that a text has each of these words, whatever its capitals and accents. */
function wordsOf(find = '', text: SQL): SQL[] {
  const words = fold(find).split(' ');
  return words.filter((word) => word !== '').map((word) => sql`${text} LIKE ${`%${word}%`}`);
}

/** How many trends that are not merged fit. */
export async function count(db: Db, which: TrendFilter): Promise<number> {
  return db.$count(trends, chosen(which));
}

export interface Counts {
  all: number;
  proposed: number;
  shortlisted: number;
  parked: number;
  mine: number;
}

/** How many of a season there are of each, merged ones left out; what is on the table at `rounds` counts there alone. */
export async function counts(
  db: Db,
  { programmeId, personId, rounds }: { programmeId: number; personId: number; rounds: number[] },
): Promise<Counts> {
  const free = rounds.length > 0 ? sql`${trends.id} NOT IN (${onTableAt(rounds)})` : sql`true`;
  const count = (condition: SQL) => sql<number>`count(*) FILTER (WHERE ${condition})::int`;
  const [row] = await db
    .select({
      all: count(sql`true`),
      proposed: count(sql`${trends.state} = 'proposed' AND ${free}`),
      shortlisted: count(sql`${trends.state} = 'shortlisted' AND ${free}`),
      parked: count(sql`${trends.state} = 'parked'`),
      mine: count(sql`${trends.proposerId} = ${personId}`),
    })
    .from(trends)
    .where(and(eq(trends.programmeId, programmeId), ne(trends.state, 'merged')));
  return row!;
}

const foldedSentence = foldedText(sql`${trends.sentence}`);

/**
 * Lists trends of the season that is on which a team or an event can be given, with these words: shortlisted ones first, then by their words; at most
 * so many.
 */
export async function open(db: Db, most = 100_000, find = ''): Promise<OpenTrend[]> {
  return db
    .select({ id: trends.id, sentence: trends.sentence, state: trends.state })
    .from(trends)
    .where(
      and(
        eq(trends.programmeId, seasonThatIsOn),
        inArray(trends.state, ['proposed', 'shortlisted']),
        ...wordsOf(find, foldedSentence),
      ),
    )
    .orderBy(desc(trends.state), sorted(trends.sentence), asc(trends.id))
    .limit(most);
}

/** All of the season that is on, as an import compares them. */
export async function known(db: Db): Promise<KnownTrend[]> {
  return db
    .select({
      id: trends.id,
      sentence: trends.sentence,
      state: trends.state,
      sourceKey: trends.sourceKey,
      detail: trends.detail,
      links: trends.links,
      ring: trends.ring,
      quadrant: trends.quadrant,
    })
    .from(trends)
    .where(eq(trends.programmeId, seasonThatIsOn))
    .orderBy(asc(trends.id));
}

/** Lists the trends merged into it, the oldest first. */
export async function mergedInto(db: Db, id: number): Promise<ProposedTrend[]> {
  const rows = await db
    .select({ trend: trends, proposer: people.name, proposerSide: people.side })
    .from(trends)
    .leftJoin(people, eq(people.id, trends.proposerId))
    .where(and(eq(trends.mergedIntoId, id), eq(trends.state, 'merged')))
    .orderBy(asc(trends.id));
  return rows.map(({ trend, ...proposer }) => ({ ...trend, ...proposer }));
}

/** Points teams, tables and trends merged earlier from one trend to another. */
export async function redirectReferences(tx: Tx, from: number, to: number): Promise<void> {
  await tx.update(teams).set({ trendId: to }).where(eq(teams.trendId, from));
  await tx.update(topics).set({ trendId: to }).where(eq(topics.trendId, from));
  await tx.update(trends).set({ mergedIntoId: to }).where(eq(trends.mergedIntoId, from));
}

/**
 * Deletes those of these trends that are as they were written at that moment, and that nobody has voted on, worked on or
 * merged anything into since. Returns how many that were.
 */
export async function removeUntouched(tx: Tx, ids: number[], writtenAt: Temporal.Instant): Promise<number> {
  const isUsed = sql`
    EXISTS (SELECT FROM ${trendInterests} i WHERE i.trend_id = ${trends.id})
    OR EXISTS (SELECT FROM ${topics} o WHERE o.trend_id = ${trends.id})
    OR EXISTS (SELECT FROM ${teams} e WHERE e.trend_id = ${trends.id})
    OR EXISTS (SELECT FROM ranked_trends r WHERE r.trend_id = ${trends.id})
    OR EXISTS (SELECT FROM ${trends} m WHERE m.merged_into_id = ${trends.id})`;
  const rows = await tx
    .delete(trends)
    .where(and(isAsWritten(ids, writtenAt), eq(trends.state, 'proposed'), sql`NOT (${isUsed})`))
    .returning({ id: trends.id });
  return rows.length;
}

const isAsWritten = (ids: number[], writtenAt: Temporal.Instant) =>
  and(inArray(trends.id, ids), eq(trends.updatedAt, writtenAt), eq(trends.programmeId, seasonThatIsOn));

/** Changes a trend unless it was changed after that moment; false where it was. */
export async function changeIfAsWritten(
  tx: Tx,
  id: number,
  writtenAt: Temporal.Instant,
  values: Partial<NewTrend>,
): Promise<boolean> {
  const where = isAsWritten([id], writtenAt);
  const rows = await tx.update(trends).set(values).where(where).returning({ id: trends.id });
  return rows.length > 0;
}
