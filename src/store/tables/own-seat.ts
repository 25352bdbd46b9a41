import { sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';

/** Somebody at a table of the published plan, with their table in each round. */
export interface TableMate {
  id: number;
  name: string;
  side: Side;
  tables: number[];
}

/** One person's tables by the published plan, and everyone who shares one of them in its round; null without a seat. */
export async function ownSeats(
  db: Db,
  eventId: number,
  personId: number,
): Promise<{ tables: number[]; mates: TableMate[] } | null> {
  const rows = await db.execute<{ id: number; name: string; side: Side; tables: number[] | string }>(sql`
    SELECT p.id, p.name, p.side, s.tables
    FROM table_plans plan
    JOIN plan_seats mine ON mine.plan_id = plan.id AND mine.person_id = ${personId}
    JOIN (
      SELECT plan_id, person_id, tables FROM plan_seats
      UNION ALL SELECT plan_id, -walk_in_id, tables FROM walk_in_seats) s ON s.plan_id = plan.id
    JOIN (
      SELECT id, name, side FROM people
      UNION ALL SELECT -id, name, side FROM walk_ins WHERE event_id = ${eventId}) p ON p.id = s.person_id
    WHERE plan.event_id = ${eventId} AND plan.state = 'published' AND (s.person_id = mine.person_id OR EXISTS (
      SELECT FROM generate_series(0, plan.rounds - 1) AS round
      WHERE s.tables -> round = mine.tables -> round AND s.tables -> round <> '0'))
    ORDER BY p.name COLLATE "und-x-icu", p.id`);
  const all = [...rows].map((row) => ({
    ...row,
    tables: typeof row.tables === 'string' ? (JSON.parse(row.tables) as number[]) : row.tables,
  }));
  const mine = all.find(({ id }) => id === personId);
  if (!mine) return null;
  return { tables: mine.tables, mates: all.filter(({ id }) => id !== personId) };
}
