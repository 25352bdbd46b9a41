import { and, eq, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import {
  type Attended,
  type Attendee,
  absenceOf,
  isExpected,
  mayNotComeFrom,
} from '../../domain/tables/attendance.ts';
import { pairKey } from '../../domain/tables/wishes.ts';
import { hostsOfTable } from '../events/hosts.ts';
import { events, people, planSeats, rsvps, tablePlans } from '../schema/index.ts';
import { walkInsOf } from './day.ts';

interface Row {
  id: number;
  name: string;
  side: Attendee['side'];
  department: string;
  managerId: number | null;
  state: string;
  seatKeptUntil: Temporal.Instant | null;
  cameAt: Temporal.Instant | null;
}

const columns = {
  id: people.id,
  name: people.name,
  side: people.side,
  department: people.department,
  managerId: people.managerId,
  state: rsvps.state,
  seatKeptUntil: rsvps.seatKeptUntil,
  cameAt: rsvps.cameAt,
};

/** Everyone who is to have a seat, by name, with the table each hosts and how likely they are not to come. */
export async function attendeesOf(db: Db, eventId: number): Promise<Attendee[]> {
  const rows: Row[] = await db
    .select(columns)
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(
      and(
        eq(rsvps.eventId, eventId),
        or(
          inArray(rsvps.state, ['coming', 'maybe']),
          and(eq(rsvps.state, 'declined'), isNotNull(rsvps.seatKeptUntil)),
        ),
      ),
    )
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`, people.id);
  const expected = rows.filter(isExpected);
  const [hosts, records] = [await hostsOf(db, eventId), await recordsOf(db, eventId)];
  return expected.map(({ state, seatKeptUntil, cameAt, ...person }) => {
    const host = person.side === 'talent' ? (hosts.get(person.id) ?? null) : null;
    const absence = absenceOf({ state, hosts: host !== null }, records.get(person.id));
    return {
      ...person,
      host,
      hasSaidYes: state === 'coming',
      absence,
      mayNotCome: absence >= mayNotComeFrom,
      isHere: cameAt !== null,
    };
  });
}

/** Makes somebody of a person who is not expected, but has come. */
export function arrived(
  person: Pick<Attendee, 'id' | 'name' | 'side' | 'department' | 'managerId'>,
): Attendee {
  const { id, name, side, department, managerId } = person;
  return {
    ...{ id, name, side, department, managerId },
    host: null,
    hasSaidYes: true,
    absence: 0,
    mayNotCome: false,
    isHere: true,
  };
}

/** The table that somebody's team has at an event; null where it has none. */
export async function hostAt(db: Db, eventId: number, personId: number): Promise<number | null> {
  return (await hostsOf(db, eventId)).get(personId) ?? null;
}

/** People who came to an event without an account, by negative numbers. */
export async function walkedIn(db: Db, eventId: number): Promise<Attendee[]> {
  const rows = await walkInsOf(db, eventId);
  return rows.map(({ id, name, side }) => arrived({ id: -id, name, side, department: '', managerId: null }));
}

/** The table of each person who hosts one at this event; the lowest, where it is several. */
async function hostsOf(db: Db, eventId: number): Promise<Map<number, number>> {
  const rows = await db.execute<{ personId: number; table: number }>(sql`
    SELECT h.person_id AS "personId", t.number AS "table" FROM topics t, LATERAL ${hostsOfTable('t', 'members')} h
    WHERE t.event_id = ${eventId} ORDER BY t.number`);
  const tables = new Map<number, number>();
  for (const { personId, table } of rows) if (!tables.has(personId)) tables.set(personId, table);
  return tables;
}

/**
 * How often each person of this event said yes to an event before whose door was kept, and did not come. What is older than
 * 24 months has been forgotten already.
 */
async function recordsOf(db: Db, eventId: number): Promise<Map<number, Attended>> {
  const rows = await db.execute<{ id: number; yeses: number; missed: number }>(sql`
    SELECT mine.person_id AS id, count(*)::int AS yeses, count(*) FILTER (WHERE past.came_at IS NULL)::int AS missed
    FROM rsvps mine
    JOIN events here ON here.id = mine.event_id
    JOIN rsvps past ON past.person_id = mine.person_id AND past.event_id <> mine.event_id AND past.state = 'coming'
    JOIN events e ON e.id = past.event_id AND e.state = 'published' AND e.starts_at < here.starts_at
    WHERE mine.event_id = ${eventId}
      AND EXISTS (SELECT FROM rsvps door WHERE door.event_id = e.id AND door.came_at IS NOT NULL)
    GROUP BY mine.person_id`);
  return new Map([...rows].map(({ id, yeses, missed }) => [id, { yeses, missed }]));
}

/** Topics of an event with what stands on their tables, and whether a team has it. */
export interface TableTopic {
  number: number;
  sentence: string;
  hosted: boolean;
}

export async function topicsAt(db: Db, eventId: number): Promise<TableTopic[]> {
  const rows = await db.execute<{ number: number; sentence: string; hosted: boolean }>(sql`
    SELECT t.number, tr.sentence, t.team_id IS NOT NULL AS hosted
    FROM topics t JOIN trends tr ON tr.id = t.trend_id WHERE t.event_id = ${eventId} ORDER BY t.number`);
  return [...rows];
}

/** Most earlier events of a season that are looked at, the latest first. */
const mostEarlier = 30;

/**
 * How often pairs of people met at earlier events of the season, by their plans: those who were there, where somebody was
 * seen at the door, else everybody who had a seat.
 */
export async function metBefore(
  db: Db,
  event: { id: number; programmeId: number; startsAt: string },
): Promise<Map<string, number>> {
  const earlier = await db
    .select({ id: events.id, planId: tablePlans.id })
    .from(events)
    .innerJoin(tablePlans, and(eq(tablePlans.eventId, events.id), eq(tablePlans.state, 'published')))
    .where(
      and(
        eq(events.programmeId, event.programmeId),
        eq(events.state, 'published'),
        lt(events.startsAt, event.startsAt),
        ne(events.id, event.id),
      ),
    )
    .orderBy(sql`${events.startsAt} DESC`, sql`${events.id} DESC`)
    .limit(mostEarlier);
  const met = new Map<string, number>();
  if (earlier.length === 0) return met;
  const rows = await seatedAt(
    db,
    earlier.map(({ planId }) => planId),
  );
  for (const seated of Map.groupBy(rows, ({ planId }) => planId).values()) {
    const there = seated.some(({ came }) => came) ? seated.filter(({ came }) => came) : seated;
    countMeetings(there, met);
  }
  return met;
}

/** Seats of these plans, each with whether the person was seen at the door. */
function seatedAt(db: Db, planIds: number[]) {
  return db
    .select({
      planId: planSeats.planId,
      personId: planSeats.personId,
      tables: planSeats.tables,
      came: sql<boolean>`coalesce(${rsvps.cameAt} IS NOT NULL, false)`,
    })
    .from(planSeats)
    .innerJoin(tablePlans, eq(tablePlans.id, planSeats.planId))
    .leftJoin(rsvps, and(eq(rsvps.eventId, tablePlans.eventId), eq(rsvps.personId, planSeats.personId)))
    .where(inArray(planSeats.planId, planIds));
}

/** Counts each pair that shared a table, a meeting for each round in which they did. */
function countMeetings(
  rows: readonly { personId: number; tables: number[] }[],
  met: Map<string, number>,
): void {
  const rounds = Math.max(0, ...rows.map(({ tables }) => tables.length));
  for (let round = 0; round < rounds; round += 1)
    for (const [table, people] of Map.groupBy(rows, ({ tables }) => tables[round] ?? 0)) {
      if (table === 0) continue;
      for (const [at, a] of people.entries())
        for (const b of people.slice(at + 1)) {
          const key = pairKey(a.personId, b.personId);
          met.set(key, (met.get(key) ?? 0) + 1);
        }
    }
}

/** People of these who stated an access need for this event. */
export async function withAccessNeeds(db: Db, eventId: number): Promise<Set<number>> {
  const rows = await db.execute<{ id: number }>(
    sql`SELECT person_id AS id FROM needs WHERE event_id = ${eventId} AND (jsonb_array_length(access) > 0 OR arrange <> '')`,
  );
  return new Set([...rows].map(({ id }) => id));
}

/** E-mail addresses of these people. */
export async function addressesOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, email: people.email })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** The names of these people. */
export async function namesOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
