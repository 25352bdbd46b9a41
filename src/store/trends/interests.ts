import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { InterestKind } from '../../domain/trends/trend.ts';
import { people, trendCounts, trendInterests, trends } from '../schema/index.ts';
import { howManyWant } from './counts.ts';

export interface Tally {
  want: number;
  tell: number;
}

export async function add(db: Db, trendId: number, personId: number, kind: InterestKind): Promise<void> {
  await db.insert(trendInterests).values({ trendId, personId, kind }).onConflictDoNothing();
}

export async function remove(db: Db, trendId: number, personId: number, kind: InterestKind): Promise<void> {
  await db
    .delete(trendInterests)
    .where(
      and(
        eq(trendInterests.trendId, trendId),
        eq(trendInterests.personId, personId),
        eq(trendInterests.kind, kind),
      ),
    );
}

/** Returns one person's interests in the trends of a season: 'trend number' → the kinds. */
export async function ofPerson(
  db: Db,
  personId: number,
  programmeId: number,
): Promise<Map<number, Set<InterestKind>>> {
  const rows = await db
    .select({ trendId: trendInterests.trendId, kind: trendInterests.kind })
    .from(trendInterests)
    .innerJoin(trends, eq(trends.id, trendInterests.trendId))
    .where(and(eq(trendInterests.personId, personId), eq(trends.programmeId, programmeId)));
  const said = new Map<number, Set<InterestKind>>();
  for (const { trendId, kind } of rows) said.set(trendId, (said.get(trendId) ?? new Set()).add(kind));
  return said;
}

/** How many active people said what of each of these trends; those nobody spoke of are missing. */
export async function tallies(db: Db, trendIds: number[]): Promise<Map<number, Tally>> {
  if (trendIds.length === 0) return new Map();
  const rows = await db
    .select({ id: trendCounts.trendId, want: howManyWant, tell: trendCounts.tell })
    .from(trendCounts)
    .where(and(inArray(trendCounts.trendId, trendIds), sql`${howManyWant} + ${trendCounts.tell} > 0`));
  return new Map(rows.map(({ id, ...tally }) => [id, tally]));
}

/** How many want to know the trend of a season that most want to know: what a full bar stands for. */
export async function mostWanted(db: Db, programmeId: number): Promise<number> {
  const [row] = await db
    .select({ most: sql<number | null>`max(${howManyWant})` })
    .from(trendCounts)
    .innerJoin(trends, eq(trends.id, trendCounts.trendId))
    .where(eq(trends.programmeId, programmeId));
  return row?.most ?? 0;
}

export interface SideShare {
  side: 'talent' | 'senior';
  want: number;
  people: number;
}

/** Counts for each side how many want to know this trend, and how many people there are. */
export async function sharesBySide(db: Db, trendId: number): Promise<SideShare[]> {
  const counts = sql`FROM ${trendCounts} WHERE ${trendCounts.trendId} = ${trendId}`;
  return db
    .select({
      side: people.side,
      want: sql<number>`coalesce(CASE ${people.side} WHEN 'senior' THEN (SELECT seniors ${counts}) ELSE (SELECT talents ${counts}) END, 0)`,
      people: sql<number>`count(*)::int`,
    })
    .from(people)
    .where(isNull(people.disabledAt))
    .groupBy(people.side)
    .orderBy(asc(people.side));
}

/** Lists who can tell about it, by name: for organisers, so that they can build teams. */
export async function peopleWhoCanTell(db: Db, trendId: number) {
  return db
    .select({
      id: people.id,
      name: people.name,
      side: people.side,
      jobTitle: people.jobTitle,
      department: people.department,
    })
    .from(trendInterests)
    .innerJoin(people, eq(people.id, trendInterests.personId))
    .where(
      and(
        eq(trendInterests.trendId, trendId),
        eq(trendInterests.kind, 'can-tell'),
        isNull(people.disabledAt),
      ),
    )
    .orderBy(asc(sql`${people.name} COLLATE "und-x-icu"`), asc(people.id));
}

/** Moves interests from one trend to another; a person with both keeps one. */
export async function move(tx: Tx, from: number, to: number): Promise<void> {
  await tx.execute(sql`
    INSERT INTO ${trendInterests} (trend_id, person_id, kind)
    SELECT ${to}, person_id, kind FROM ${trendInterests} WHERE trend_id = ${from}
    ON CONFLICT DO NOTHING`);
  await tx.delete(trendInterests).where(eq(trendInterests.trendId, from));
}
