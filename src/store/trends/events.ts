import { and, asc, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { FormatFacts } from '../../domain/run-of-show/format.ts';
import { events, teams, topics } from '../schema/index.ts';

/** An event whose tables have trends. */
export interface Round {
  id: number;
  slug: string;
  name: string;
  startsAt: string;
  timeZone: string;
  topics: number;
}

/** The latest published events of a season with something on the table, newest first. */
export async function rounds(db: Db, programmeId: number, most: number): Promise<Round[]> {
  const onTable = sql`FROM ${topics} WHERE ${topics.eventId} = ${events.id}`;
  return db
    .select({
      id: events.id,
      slug: events.slug,
      name: events.name,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      topics: sql<number>`(SELECT count(DISTINCT ${topics.trendId})::int ${onTable})`,
    })
    .from(events)
    .where(
      and(
        eq(events.programmeId, programmeId),
        eq(events.state, 'published'),
        sql`EXISTS (SELECT ${onTable})`,
      ),
    )
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(most);
}

/** Team with a table at one of these events. */
export interface TableOfTrend {
  eventId: number;
  trendId: number;
  number: number;
  teamId: number | null;
  team: string | null;
}

export async function tablesAt(db: Db, eventIds: number[]): Promise<TableOfTrend[]> {
  if (eventIds.length === 0) return [];
  return db
    .select({
      eventId: topics.eventId,
      trendId: topics.trendId,
      number: topics.number,
      teamId: topics.teamId,
      team: teams.name,
    })
    .from(topics)
    .leftJoin(teams, eq(teams.id, topics.teamId))
    .where(inArray(topics.eventId, eventIds))
    .orderBy(asc(topics.eventId), asc(topics.number));
}

export interface Appearance {
  eventId: number;
  slug: string;
  format: string;
  formatFacts: FormatFacts | null;
  name: string;
  state: 'draft' | 'published' | 'cancelled';
  startsAt: string;
  timeZone: string;
  place: string;
  number: number;
  trendId: number;
  teamId: number | null;
}

const appearance = {
  eventId: events.id,
  slug: events.slug,
  format: events.format,
  formatFacts: events.formatFacts,
  name: events.name,
  state: events.state,
  startsAt: events.startsAt,
  timeZone: events.timeZone,
  place: events.place,
  number: topics.number,
  trendId: topics.trendId,
  teamId: topics.teamId,
};

/** Events, drafts too, that are not cancelled and have this trend on a table; the next one last. */
export async function withTrend(db: Db, trendId: number): Promise<Appearance[]> {
  return appearances(db, and(eq(topics.trendId, trendId), ne(events.state, 'cancelled')));
}

/** Events, drafts too, that are not cancelled and have one of these trends on a table. */
export async function withTrends(db: Db, trendIds: number[]): Promise<Appearance[]> {
  if (trendIds.length === 0) return [];
  return appearances(db, and(inArray(topics.trendId, trendIds), ne(events.state, 'cancelled')));
}

/** Events, drafts too, that are not cancelled and where this team has a table. */
export async function withTeam(db: Db, teamId: number): Promise<Appearance[]> {
  return appearances(db, and(eq(topics.teamId, teamId), ne(events.state, 'cancelled')));
}

/** The table this team has at an event that is not cancelled. */
export async function tableOf(db: Db, teamId: number, eventId: number): Promise<Appearance | null> {
  const [table] = await appearances(
    db,
    and(eq(topics.teamId, teamId), eq(topics.eventId, eventId), ne(events.state, 'cancelled')),
  );
  return table ?? null;
}

/** How many events that are not cancelled have a table of this team; drafts are for organisers. */
export async function countOfTeam(db: Db, teamId: number, withDrafts: boolean): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(topics)
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(and(eq(topics.teamId, teamId), inArray(events.state, shownStates(withDrafts))));
  return row?.n ?? 0;
}

/** Its tables, the latest event first. */
export async function pageOfTeam(
  db: Db,
  teamId: number,
  withDrafts: boolean,
  page: { offset: number; limit: number },
): Promise<Appearance[]> {
  return db
    .select(appearance)
    .from(topics)
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(and(eq(topics.teamId, teamId), inArray(events.state, shownStates(withDrafts))))
    .orderBy(desc(events.startsAt), desc(events.id), desc(topics.number))
    .offset(page.offset)
    .limit(page.limit);
}

const shownStates = (withDrafts: boolean) =>
  withDrafts ? (['draft', 'published'] as const) : (['published'] as const);

/** The teams that have a table with this trend at an event, or null for tables without one. */
export async function teamsAtTables(
  db: Db,
  trendId: number,
  withDrafts: boolean,
): Promise<(number | null)[]> {
  const rows = await db
    .selectDistinct({ teamId: topics.teamId })
    .from(topics)
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(and(eq(topics.trendId, trendId), inArray(events.state, shownStates(withDrafts))));
  return rows.map(({ teamId }) => teamId);
}

/** The latest tables of this trend that have no team. */
export async function tablesWithoutTeam(
  db: Db,
  trendId: number,
  withDrafts: boolean,
  most: number,
): Promise<Appearance[]> {
  return db
    .select(appearance)
    .from(topics)
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(
      and(eq(topics.trendId, trendId), isNull(topics.teamId), inArray(events.state, shownStates(withDrafts))),
    )
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(most);
}

/** Enough to tell the next from the last where zones put an event on another day. */
const aroundADay = 3;

/**
 * Finds each team's few tables next to a day 'YYYY-MM-DD', before it and from it on, by date; for one trend where
 * given.
 */
export async function nearestTables(
  db: Db,
  teamIds: number[],
  { day, withDrafts, trendId }: { day: string; withDrafts: boolean; trendId?: number },
): Promise<Appearance[]> {
  if (teamIds.length === 0) return [];
  const isOf = and(
    inArray(topics.teamId, teamIds),
    inArray(events.state, shownStates(withDrafts)),
    trendId === undefined ? undefined : eq(topics.trendId, trendId),
  );
  const isAhead = sql`${events.startsAt} >= ${day}`;
  const near = sql`
    SELECT near.id FROM (
      SELECT ${topics.id}, row_number() OVER (
        PARTITION BY ${topics.teamId}, ${isAhead}
        ORDER BY CASE WHEN ${isAhead} THEN ${events.startsAt} END, ${events.startsAt} DESC, ${events.id}) AS place
      FROM ${topics} JOIN ${events} ON ${events.id} = ${topics.eventId} WHERE ${isOf}) AS near
    WHERE near.place <= ${aroundADay}`;
  return appearances(db, sql`${topics.id} IN (${near})`);
}

function appearances(db: Db, condition: SQL | undefined): Promise<Appearance[]> {
  return db
    .select(appearance)
    .from(topics)
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(condition)
    .orderBy(asc(events.startsAt), asc(events.id), asc(topics.number));
}

/** Locks the events where one of these trends is on a table: events come before all other locks. */
export async function lockWithTrends(tx: Tx, trendIds: number[]): Promise<void> {
  const rows = await tx
    .selectDistinct({ id: topics.eventId })
    .from(topics)
    .where(inArray(topics.trendId, trendIds));
  await lock(
    tx,
    rows.map((row) => row.id),
  );
}

/** Locks the events where this team has a table. */
export async function lockWithTeam(tx: Tx, teamId: number): Promise<void> {
  const rows = await tx.selectDistinct({ id: topics.eventId }).from(topics).where(eq(topics.teamId, teamId));
  await lock(
    tx,
    rows.map((row) => row.id),
  );
}

async function lock(tx: Tx, eventIds: number[]): Promise<void> {
  if (eventIds.length === 0) return;
  await tx
    .select({ id: events.id })
    .from(events)
    .where(inArray(events.id, eventIds))
    .orderBy(asc(events.id))
    .for('update');
}
