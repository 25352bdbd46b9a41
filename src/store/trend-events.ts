import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../database/open.ts';
import { events, teams, topics } from './schema.ts';

/** An event whose tables have trends. */
export interface Round {
  id: number;
  slug: string;
  name: string;
  startsAt: string;
  timeZone: string;
  topics: number;
}

/** The latest published events with something on the table, newest first. */
export async function rounds(db: Db, most: number): Promise<Round[]> {
  return db
    .select({
      id: events.id,
      slug: events.slug,
      name: events.name,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      topics: sql<number>`count(DISTINCT ${topics.trendId})::int`,
    })
    .from(events)
    .innerJoin(topics, eq(topics.eventId, events.id))
    .where(eq(events.state, 'published'))
    .groupBy(events.id)
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(most);
}

/** Who has which table at these events. */
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

/** Events, drafts too, that are not cancelled and where this team has a table. */
export async function withTeam(db: Db, teamId: number): Promise<Appearance[]> {
  return appearances(db, and(eq(topics.teamId, teamId), ne(events.state, 'cancelled')));
}

/** Events, drafts too, that are not cancelled and where one of these teams has a table. */
export async function withTeams(db: Db, teamIds: number[]): Promise<Appearance[]> {
  if (teamIds.length === 0) return [];
  return appearances(db, and(inArray(topics.teamId, teamIds), ne(events.state, 'cancelled')));
}

function appearances(db: Db, condition: ReturnType<typeof and>): Promise<Appearance[]> {
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
