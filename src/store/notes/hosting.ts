import { sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { HostedEvent, PossibleHost } from '../../domain/notes/hosting.ts';
import type { DayFacts } from '../../domain/tables/day.ts';

const read = <T>(value: T | string): T => (typeof value === 'string' ? (JSON.parse(value) as T) : value);

interface Row extends Record<string, unknown> {
  person: PossibleHost | string | null;
  shape: string;
  state: string;
  topics: HostedEvent['topics'] | string;
  stepped: DayFacts['hosts'] | string;
}

/** Reads what decides which tables of an event somebody hosts; null where they are not on its list. */
export async function hostingOf(
  db: Db,
  eventId: number,
  personId: number,
): Promise<{ person: PossibleHost; event: HostedEvent } | null> {
  const [row] = await db.execute<Row>(sql`
    SELECT e.shape, e.state,
      (SELECT json_build_object('id', p.id, 'side', p.side, 'state', r.state, 'seats', (
          SELECT s.tables FROM table_plans plan JOIN plan_seats s ON s.plan_id = plan.id AND s.person_id = p.id
          WHERE plan.event_id = e.id AND plan.state = 'published'))
        FROM rsvps r JOIN people p ON p.id = r.person_id
        WHERE r.event_id = e.id AND r.person_id = ${personId} AND r.state <> 'uninvited' AND p.disabled_at IS NULL) AS person,
      (SELECT coalesce(json_agg(json_build_object('number', t.number, 'hosts', (
          SELECT coalesce(json_agg(json_build_object('id', m.person_id)), '[]')
          FROM team_members m WHERE m.team_id = t.team_id)) ORDER BY t.number), '[]')
        FROM topics t WHERE t.event_id = e.id) AS topics,
      coalesce((SELECT d.facts -> 'hosts' FROM table_days d WHERE d.event_id = e.id), '[]') AS stepped
    FROM events e WHERE e.id = ${eventId}`);
  if (!row?.person) return null;
  const { shape, state } = row;
  return {
    person: read(row.person),
    event: { shape, state, topics: read(row.topics), stepped: read(row.stepped) },
  };
}

/** Everybody whose name a note may hold: on the list, come without an account, hosting or leading. */
export async function namesAt(
  db: Db,
  eventId: number,
): Promise<{ id: number; name: string; tables: number[] | null }[]> {
  const rows = await db.execute<{ id: number; name: string; tables: number[] | string | null }>(sql`
    WITH plan AS (SELECT id FROM table_plans WHERE event_id = ${eventId} AND state = 'published')
    SELECT p.id, p.name, s.tables FROM (
      SELECT person_id AS id FROM rsvps WHERE event_id = ${eventId} AND state <> 'uninvited'
      UNION SELECT m.person_id FROM topics t JOIN team_members m ON m.team_id = t.team_id WHERE t.event_id = ${eventId}
      UNION SELECT organiser_id FROM events WHERE id = ${eventId}
      UNION SELECT facilitator_id FROM events WHERE id = ${eventId} AND facilitator_id IS NOT NULL) one
    JOIN people p ON p.id = one.id
    LEFT JOIN plan_seats s ON s.person_id = p.id AND s.plan_id = (SELECT id FROM plan)
    UNION ALL
    SELECT -w.id, w.name, s.tables FROM walk_ins w
    LEFT JOIN walk_in_seats s ON s.walk_in_id = w.id AND s.plan_id = (SELECT id FROM plan)
    WHERE w.event_id = ${eventId}`);
  return [...rows].map(({ tables, ...row }) => ({
    ...row,
    tables: tables === null ? null : read<number[]>(tables),
  }));
}
