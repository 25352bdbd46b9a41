import { and, asc, count, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { DraftRow, Placement } from '../../domain/teams/draft.ts';
import { draftPlaces, lastNameOf, people, placements, teams, trends } from '../schema/index.ts';

const columns = {
  personId: draftPlaces.personId,
  teamId: draftPlaces.teamId,
  trendId: draftPlaces.trendId,
  choice: draftPlaces.choice,
  hasRanked: draftPlaces.hasRanked,
  isLocked: draftPlaces.isLocked,
  isByHand: draftPlaces.isByHand,
  why: draftPlaces.why,
};

/** Rows written at once: PostgreSQL takes 65,535 values in one statement. */
const atOnce = 2000;

/** The whole draft in place of the one before. */
export async function replace(tx: Tx, programmeId: number, rows: readonly DraftRow[]): Promise<void> {
  await tx.delete(draftPlaces).where(eq(draftPlaces.programmeId, programmeId));
  for (let from = 0; from < rows.length; from += atOnce)
    await tx
      .insert(draftPlaces)
      .values(rows.slice(from, from + atOnce).map((row) => ({ programmeId, ...row })));
}

/** All places of the draft, by person. */
export async function all(db: Db, programmeId: number): Promise<DraftRow[]> {
  return db
    .select(columns)
    .from(draftPlaces)
    .where(eq(draftPlaces.programmeId, programmeId))
    .orderBy(asc(draftPlaces.personId));
}

/** Keeps people with their trend when the draft is made again, or no longer. */
export async function setLocked(
  tx: Tx,
  programmeId: number,
  personIds: number[],
  isLocked: boolean,
): Promise<void> {
  await tx
    .update(draftPlaces)
    .set({ isLocked })
    .where(and(eq(draftPlaces.programmeId, programmeId), inArray(draftPlaces.personId, personIds)));
}

/** The people placed with this one: a team made by hand, or only them. */
export async function companions(db: Db, programmeId: number, personId: number): Promise<DraftRow[]> {
  const [own] = await db
    .select(columns)
    .from(draftPlaces)
    .where(and(eq(draftPlaces.programmeId, programmeId), eq(draftPlaces.personId, personId)));
  if (!own || own.teamId === null) return own ? [own] : [];
  return db
    .select(columns)
    .from(draftPlaces)
    .where(and(eq(draftPlaces.programmeId, programmeId), eq(draftPlaces.teamId, own.teamId)))
    .orderBy(asc(draftPlaces.personId));
}

export interface DraftCounts {
  people: number;
  /** By choice from 0. */
  choices: { choice: number; n: number }[];
  unranked: number;
  without: number;
  locked: number;
  trends: number;
}

/** Counts what the draft is worth. */
export async function counts(db: Db, programmeId: number): Promise<DraftCounts> {
  const rows = await db
    .select({
      choice: draftPlaces.choice,
      isPlaced: sql<boolean>`${draftPlaces.trendId} IS NOT NULL`,
      n: count(),
      locked: sql<number>`(count(*) FILTER (WHERE ${draftPlaces.isLocked}))::int`,
    })
    .from(draftPlaces)
    .where(eq(draftPlaces.programmeId, programmeId))
    .groupBy(draftPlaces.choice, sql`${draftPlaces.trendId} IS NOT NULL`)
    .orderBy(asc(draftPlaces.choice));
  const sum = (list: { n: number }[]) => list.reduce((all, { n }) => all + n, 0);
  const [used] = await db
    .select({ n: sql<number>`count(DISTINCT ${draftPlaces.trendId})::int` })
    .from(draftPlaces)
    .where(eq(draftPlaces.programmeId, programmeId));
  return {
    people: sum(rows),
    choices: rows.flatMap(({ choice, isPlaced, n }) => (choice !== null && isPlaced ? [{ choice, n }] : [])),
    unranked: sum(rows.filter(({ choice, isPlaced }) => choice === null && isPlaced)),
    without: sum(rows.filter(({ isPlaced }) => !isPlaced)),
    locked: rows.reduce((all, { locked }) => all + locked, 0),
    trends: used?.n ?? 0,
  };
}

export interface GivenTrend {
  id: number;
  sentence: string;
  n: number;
}

/** One page of the trends that the draft gives, the fullest first. */
export async function givenTrends(
  db: Db,
  programmeId: number,
  page: { offset: number; limit: number },
): Promise<GivenTrend[]> {
  return db
    .select({ id: trends.id, sentence: trends.sentence, n: count() })
    .from(draftPlaces)
    .innerJoin(trends, eq(trends.id, draftPlaces.trendId))
    .where(eq(draftPlaces.programmeId, programmeId))
    .groupBy(trends.id)
    .orderBy(desc(count()), asc(sql`${trends.sentence} COLLATE "und-x-icu"`), asc(trends.id))
    .offset(page.offset)
    .limit(page.limit);
}

export interface PlacedPerson extends DraftRow {
  name: string;
  department: string;
  team: string | null;
}

const placed = { ...columns, name: people.name, department: people.department, team: teams.name };

/** The people of these trends, teams made by hand first, by last name. */
export async function peopleOf(db: Db, programmeId: number, trendIds: number[]): Promise<PlacedPerson[]> {
  return readPlaced(
    db,
    programmeId,
    trendIds.length > 0 ? inArray(draftPlaces.trendId, trendIds) : sql`false`,
  );
}

/** Some of the people without a trend, by last name. */
export async function withoutTrend(db: Db, programmeId: number, limit: number): Promise<PlacedPerson[]> {
  return readPlaced(db, programmeId, isNull(draftPlaces.trendId), limit);
}

/** Everyone in the draft, for a list. */
export async function everyone(
  db: Db,
  programmeId: number,
): Promise<(PlacedPerson & { trend: string | null; email: string })[]> {
  return db
    .select({ ...placed, trend: trends.sentence, email: people.email })
    .from(draftPlaces)
    .innerJoin(people, eq(people.id, draftPlaces.personId))
    .leftJoin(teams, eq(teams.id, draftPlaces.teamId))
    .leftJoin(trends, eq(trends.id, draftPlaces.trendId))
    .where(eq(draftPlaces.programmeId, programmeId))
    .orderBy(
      sql`${trends.sentence} COLLATE "und-x-icu" NULLS LAST`,
      asc(lastNameOf(people.name)),
      asc(people.id),
    );
}

function readPlaced(db: Db, programmeId: number, which: SQL, limit = 100_000): Promise<PlacedPerson[]> {
  return db
    .select(placed)
    .from(draftPlaces)
    .innerJoin(people, eq(people.id, draftPlaces.personId))
    .leftJoin(teams, eq(teams.id, draftPlaces.teamId))
    .where(and(eq(draftPlaces.programmeId, programmeId), which))
    .orderBy(
      asc(draftPlaces.trendId),
      sql`${draftPlaces.teamId} NULLS LAST`,
      asc(lastNameOf(people.name)),
      asc(people.id),
    )
    .limit(limit);
}

/** People an organiser keeps where they are, by name, a few of them. */
export async function lockedPeople(db: Db, programmeId: number, limit: number) {
  return db
    .select({
      personId: draftPlaces.personId,
      name: people.name,
      trend: trends.sentence,
      teamId: draftPlaces.teamId,
    })
    .from(draftPlaces)
    .innerJoin(people, eq(people.id, draftPlaces.personId))
    .leftJoin(trends, eq(trends.id, draftPlaces.trendId))
    .where(and(eq(draftPlaces.programmeId, programmeId), eq(draftPlaces.isLocked, true)))
    .orderBy(asc(lastNameOf(people.name)), asc(people.id))
    .limit(limit);
}

const told = {
  personId: placements.personId,
  teamId: placements.teamId,
  trendId: placements.trendId,
  choice: placements.choice,
  reason: placements.reason,
  joined: placements.joined,
};

/** Published places, by person. */
export async function published(db: Db, programmeId: number): Promise<Placement[]> {
  return db
    .select(told)
    .from(placements)
    .where(eq(placements.programmeId, programmeId))
    .orderBy(asc(placements.personId));
}

/** Published place of one person as it is stored; null where there is none. */
export async function placementIn(db: Db, programmeId: number, personId: number): Promise<Placement | null> {
  const [row] = await db
    .select(told)
    .from(placements)
    .where(and(eq(placements.programmeId, programmeId), eq(placements.personId, personId)));
  return row ?? null;
}

/** Published place of one person, with the trend's words. */
export async function placementOf(db: Db, programmeId: number, personId: number) {
  const [row] = await db
    .select({ ...told, trend: trends.sentence, team: teams.name })
    .from(placements)
    .leftJoin(trends, eq(trends.id, placements.trendId))
    .leftJoin(teams, eq(teams.id, placements.teamId))
    .where(and(eq(placements.programmeId, programmeId), eq(placements.personId, personId)));
  return row ?? null;
}

/** Writes what these people are told, in place of what they were told before. */
export async function tell(
  tx: Tx,
  programmeId: number,
  rows: readonly Placement[],
  publishedAt: Temporal.Instant,
): Promise<void> {
  await forget(
    tx,
    programmeId,
    rows.map(({ personId }) => personId),
  );
  for (let from = 0; from < rows.length; from += atOnce)
    await tx
      .insert(placements)
      .values(rows.slice(from, from + atOnce).map((row) => ({ programmeId, publishedAt, ...row })));
}

export async function forget(tx: Tx, programmeId: number, personIds: number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .delete(placements)
    .where(and(eq(placements.programmeId, programmeId), inArray(placements.personId, personIds)));
}

/** People whose draft differs from what they were told, by last name: how many, and one page of them. */
const isConcerned = sql`NOT EXISTS (SELECT FROM placements p WHERE p.programme_id = draft_places.programme_id
  AND p.person_id = draft_places.person_id AND p.trend_id IS NOT DISTINCT FROM draft_places.trend_id)`;

export async function countConcerned(db: Db, programmeId: number): Promise<number> {
  return db.$count(draftPlaces, and(eq(draftPlaces.programmeId, programmeId), isConcerned));
}

export async function concernedPeople(
  db: Db,
  programmeId: number,
  limit: number,
): Promise<{ personId: number; name: string; trend: string | null }[]> {
  return db
    .select({ personId: draftPlaces.personId, name: people.name, trend: trends.sentence })
    .from(draftPlaces)
    .innerJoin(people, eq(people.id, draftPlaces.personId))
    .leftJoin(trends, eq(trends.id, draftPlaces.trendId))
    .where(and(eq(draftPlaces.programmeId, programmeId), isConcerned))
    .orderBy(asc(lastNameOf(people.name)), asc(people.id))
    .limit(limit);
}
