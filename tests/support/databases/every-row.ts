// Everything a database holds, to see what a visit changed.
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';

/** Looking is noted here: when somebody was last here, how often somebody tried, what was exported. */
const notedByLooking = ['sessions', 'attempts', 'audit_log'];

/** Returns all rows of every table as text, by table, without the day on which somebody was last here. */
export async function everyRow(db: Db): Promise<Map<string, string>> {
  const tables = await db.execute<{ name: string }>(sql`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`);
  const rows = new Map<string, string>();
  for (const { name } of tables) {
    if (notedByLooking.includes(name)) continue;
    const [row] = await db.execute<{ all: string | null }>(sql`
      SELECT string_agg(line, E'\n' ORDER BY line) AS all
      FROM (SELECT (to_jsonb(t) - 'last_seen_on')::text AS line FROM ${sql.identifier(name)} t) lines`);
    rows.set(name, row?.all ?? '');
  }
  return rows;
}

/** Returns the names of the tables in which anything differs. */
export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name));
}
