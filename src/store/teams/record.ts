// Credit of a young talent: trends researched, events at which they presented one, and questions whose answer they prepared.
import { and, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { fold } from '../../domain/people/words.ts';
import { wallEnd } from '../events/times.ts';
import { foldedText } from '../folded-text.ts';
import { events, people, presentations, teamMembers, teams, trends } from '../schema/index.ts';

/** A trend that somebody presented with their team, at an event that is over; names are as they were then. */
export interface Presentation {
  personId: number;
  name: string;
  department: string;
  eventId: number;
  event: string;
  shape: string;
  startsAt: string;
  place: string;
  programmeId: number | null;
  number: number;
  trendId: number | null;
  trend: string;
  team: string;
}

const presentation = {
  personId: presentations.personId,
  name: presentations.name,
  department: people.department,
  eventId: events.id,
  event: events.name,
  shape: events.shape,
  startsAt: events.startsAt,
  place: events.place,
  programmeId: events.programmeId,
  number: presentations.number,
  trendId: presentations.trendId,
  trend: presentations.trend,
  team: presentations.team,
};

/** Filters of presentations; `now` tells which events are over. */
export interface PresentationFilter {
  now: Temporal.Instant;
  personId?: number;
  eventId?: number;
  /** Words of the person's name, the trend, the team or the event. */
  find?: string;
}

const isAtEnd = (now: Temporal.Instant) =>
  sql`${wallEnd} AT TIME ZONE ${events.timeZone} <= ${now.toString()}::timestamptz`;

const searched = foldedText(
  sql`${presentations.name} || ' ' || ${presentations.trend} || ' ' || ${presentations.team} || ' ' || ${events.name}`,
);

function chosen({ now, personId, eventId, find = '' }: PresentationFilter): SQL | undefined {
  const words = fold(find)
    .split(' ')
    .filter((word) => word !== '');
  return and(
    personId === undefined ? undefined : eq(presentations.personId, personId),
    eventId === undefined ? undefined : eq(presentations.eventId, eventId),
    eq(presentations.presented, true),
    eq(events.state, 'published'),
    isAtEnd(now),
    ...words.map((word) => sql`${searched} LIKE ${`%${word}%`}`),
  );
}

/** One page of presentations: the latest event first, and within one by name and table. */
export async function presentationsOf(
  db: Db,
  which: PresentationFilter,
  { offset = 0, limit = 100_000 }: { offset?: number; limit?: number } = {},
): Promise<Presentation[]> {
  return db
    .select(presentation)
    .from(presentations)
    .innerJoin(events, eq(events.id, presentations.eventId))
    .innerJoin(people, eq(people.id, presentations.personId))
    .where(chosen(which))
    .orderBy(
      desc(events.startsAt),
      desc(events.id),
      sql`${presentations.name} COLLATE "und-x-icu"`,
      presentations.personId,
      presentations.number,
    )
    .offset(offset)
    .limit(limit);
}

export async function countPresentations(db: Db, which: PresentationFilter): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(presentations)
    .innerJoin(events, eq(events.id, presentations.eventId))
    .where(chosen(which));
  return row?.n ?? 0;
}

/** Trends of the teams that somebody is in, of every season, the latest team first. */
export async function researched(
  db: Db,
  personId: number,
  page: { offset: number; limit: number },
): Promise<{ teamId: number; team: string; trend: string }[]> {
  return db
    .select({ teamId: teams.id, team: teams.name, trend: trends.sentence })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .innerJoin(trends, eq(trends.id, teams.trendId))
    .where(eq(teamMembers.personId, personId))
    .orderBy(desc(teams.createdAt), desc(teams.id))
    .offset(page.offset)
    .limit(page.limit);
}

export async function countResearched(db: Db, personId: number): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(eq(teamMembers.personId, personId), isNotNull(teams.trendId)));
  return row?.n ?? 0;
}

/** A question with the answer that somebody prepared; who asked it is no part of it. */
export interface Answered {
  eventId: number;
  event: string;
  text: string;
  answer: string;
}

/** Answered questions of both kinds that this person took; the key of one without a name is its bytes in base64url. */
const answeredBy = (personId: number, eventId?: number) => sql`
  FROM question_work w
  JOIN LATERAL (
    SELECT q.text FROM questions q
    WHERE q.event_id = w.event_id AND q.state = 'answered' AND q.id::text = w.question
    UNION ALL
    SELECT n.text FROM nameless_questions n
    WHERE n.event_id = w.event_id AND n.state = 'answered'
      AND rtrim(translate(encode(n.id, 'base64'), '+/', '-_'), '=') = w.question
  ) asked ON true
  JOIN events ON events.id = w.event_id
  WHERE w.taken_by_id = ${personId}${eventId === undefined ? sql`` : sql` AND w.event_id = ${eventId}`}`;

export async function countAnswered(db: Db, personId: number, eventId?: number): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n ${answeredBy(personId, eventId)}`,
  );
  return row?.n ?? 0;
}

/** One page of the questions that somebody answered, the latest event first. */
export async function answered(
  db: Db,
  personId: number,
  page: { offset: number; limit: number },
): Promise<Answered[]> {
  const rows = await db.execute<{ eventId: number; event: string; text: string; answer: string }>(sql`
    SELECT w.event_id AS "eventId", events.name AS event, asked.text, w.answer ${answeredBy(personId)}
    ORDER BY events.starts_at DESC, w.event_id DESC, w.question OFFSET ${page.offset} LIMIT ${page.limit}`);
  return [...rows];
}
