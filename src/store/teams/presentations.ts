// Who presented what, as it was written down after the event.
import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { wallEnd } from '../events/times.ts';
import { events, people, presentations } from '../schema/index.ts';

/** SQL: an event's end in time, and its beginning. */
const end = sql`${wallEnd} AT TIME ZONE ${events.timeZone}`;
const start = sql`${events.startsAt}::timestamp AT TIME ZONE ${events.timeZone}`;

/** A wall time after which nothing that is over by now can begin, in any zone. */
const tomorrow = (now: Temporal.Instant) => now.add({ hours: 24 }).toString().slice(0, 16);

/** Events that were held and of which it is not written down who presented; one that was moved since counts anew. */
export async function eventsToWrite(db: Db, now: Temporal.Instant, only?: number): Promise<number[]> {
  const rows = await db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        only === undefined ? undefined : eq(events.id, only),
        eq(events.state, 'published'),
        lte(events.startsAt, tomorrow(now)),
        or(isNull(events.presentedAt), sql`${events.presentedAt} < ${start}`),
        sql`${end} <= ${now.toString()}::timestamptz`,
      ),
    )
    .orderBy(asc(events.id));
  return rows.map(({ id }) => id);
}

/** SQL of whether the person of a row was there: seen at the door, and where nobody kept it with a yes. */
const wasThere = sql`coalesce(r.state = 'coming' AND (r.came_at IS NOT NULL OR NOT EXISTS (
  SELECT FROM rsvps seen WHERE seen.event_id = r.event_id AND seen.came_at IS NOT NULL)), false)`;

/** Writes down the members of the teams at its tables; what an organiser put right stays. The event's row is locked. */
export async function writeDown(tx: Tx, eventId: number, now: Temporal.Instant): Promise<void> {
  await tx
    .delete(presentations)
    .where(and(eq(presentations.eventId, eventId), isNull(presentations.correctedAt)));
  await tx.execute(sql`
    INSERT INTO presentations (event_id, number, trend_id, trend, team_id, team, person_id, name, presented)
    SELECT t.event_id, t.number, t.trend_id, tr.sentence, t.team_id, te.name, p.id, p.name, ${wasThere}
    FROM topics t
    JOIN trends tr ON tr.id = t.trend_id
    JOIN teams te ON te.id = t.team_id
    JOIN team_members m ON m.team_id = t.team_id
    JOIN people p ON p.id = m.person_id AND p.side = 'talent'
    LEFT JOIN rsvps r ON r.event_id = t.event_id AND r.person_id = p.id
    WHERE t.event_id = ${eventId} ON CONFLICT DO NOTHING`);
  await tx.update(events).set({ presentedAt: now }).where(eq(events.id, eventId));
}

/** Somebody who presented at a table, named as they were then. */
export interface Presenter {
  eventId: number;
  number: number;
  id: number;
  name: string;
  department: string;
  side: 'talent';
  jobTitle: string;
}

/** Lists who presented at these events, by table and name. */
export async function presentersAt(db: Db, eventIds: readonly number[]): Promise<Presenter[]> {
  if (eventIds.length === 0) return [];
  return db
    .select({
      eventId: presentations.eventId,
      number: presentations.number,
      id: presentations.personId,
      name: presentations.name,
      department: people.department,
      side: sql<'talent'>`'talent'`,
      jobTitle: people.jobTitle,
    })
    .from(presentations)
    .innerJoin(people, eq(people.id, presentations.personId))
    .where(and(inArray(presentations.eventId, [...eventIds]), eq(presentations.presented, true)))
    .orderBy(
      asc(presentations.eventId),
      asc(presentations.number),
      asc(sql`${presentations.name} COLLATE "und-x-icu"`),
      asc(presentations.personId),
    );
}

/** The room of an event that was held: hosts of each table by what is written down, and the senior managers who were there. */
export async function roomAt(db: Db, eventId: number) {
  const { number, presented } = presentations;
  const tables = await db
    .select({ number, hosts: sql<number>`count(*)::int` })
    .from(presentations)
    .where(and(eq(presentations.eventId, eventId), eq(presented, true)))
    .groupBy(number)
    .orderBy(asc(number));
  const [row] = await db.execute<{ n: number }>(sql`SELECT count(*)::int AS n
    FROM rsvps r JOIN people p ON p.id = r.person_id AND p.side = 'senior'
    WHERE r.event_id = ${eventId} AND ${wasThere}`);
  return { tables, seniors: row?.n ?? 0 };
}

/** Counts the senior managers who were there and sat at one of these tables in some round of the published plan. */
export async function seniorsAtTables(db: Db, eventId: number, numbers: number[]): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`SELECT count(DISTINCT r.person_id)::int AS n
    FROM table_plans t
    JOIN plan_seats s ON s.plan_id = t.id
    JOIN rsvps r ON r.event_id = t.event_id AND r.person_id = s.person_id
    JOIN people p ON p.id = r.person_id AND p.side = 'senior'
    WHERE t.event_id = ${eventId} AND t.state = 'published' AND ${wasThere}
      AND EXISTS (SELECT FROM jsonb_array_elements(s.tables) one
        WHERE ${JSON.stringify(numbers)}::jsonb @> one.value)`);
  return row?.n ?? 0;
}

/** Lists all that is written down of an event, also of members who did not present, by table and name. */
export async function rowsOf(db: Db, eventId: number) {
  const { id, number, trend, team, personId, name, presented } = presentations;
  return db
    .select({ id, number, trend, team, personId, name, presented })
    .from(presentations)
    .where(eq(presentations.eventId, eventId))
    .orderBy(asc(number), asc(sql`${name} COLLATE "und-x-icu"`), asc(id));
}

/** Puts right whether these presented; the door changes nothing of it any more. */
export async function setPresented(
  tx: Tx,
  ids: number[],
  presented: boolean,
  now: Temporal.Instant,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.update(presentations).set({ presented, correctedAt: now }).where(inArray(presentations.id, ids));
}

/** Adds somebody who presented at a table, with its trend and team; one who is written down there presented after all. */
export async function addPresenter(
  tx: Tx,
  { eventId, number, person }: { eventId: number; number: number; person: { id: number; name: string } },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx.execute<{ id: number }>(sql`
    INSERT INTO presentations (event_id, number, trend_id, trend, team_id, team, person_id, name, presented, corrected_at)
    SELECT t.event_id, t.number, t.trend_id, tr.sentence, t.team_id, coalesce(te.name, ''), ${person.id}, ${person.name}, true, ${now.toString()}::timestamptz
    FROM topics t JOIN trends tr ON tr.id = t.trend_id LEFT JOIN teams te ON te.id = t.team_id
    WHERE t.event_id = ${eventId} AND t.number = ${number}
    ON CONFLICT (event_id, number, person_id) DO UPDATE SET presented = true, corrected_at = excluded.corrected_at
    RETURNING id`);
  return rows.length;
}

/** Follows the door, whose presses may arrive late, for events written down since a moment. */
export async function followDoor(db: Db, since: Temporal.Instant): Promise<void> {
  const recent = db.select({ id: events.id }).from(events).where(gt(events.presentedAt, since));
  await db.execute(sql`
    UPDATE presentations SET presented = there.was
    FROM (SELECT r.event_id, r.person_id, ${wasThere} AS was FROM rsvps r WHERE r.event_id IN (${recent})) there
    WHERE there.event_id = presentations.event_id AND there.person_id = presentations.person_id
      AND presentations.corrected_at IS NULL AND presentations.presented <> there.was`);
}
