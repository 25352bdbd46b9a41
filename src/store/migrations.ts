import { sql } from 'drizzle-orm';
import { type Db, writtenMigrations } from '../database/open.ts';

/** How many migrations of this version this database lacks. */
export async function missingMigrations(db: Db): Promise<number> {
  const rows = await db.execute<{ at: string }>(
    sql`SELECT created_at::text AS at FROM drizzle.__drizzle_migrations`,
  );
  const run = new Set(rows.map(({ at }) => Number(at)));
  return needed().filter((at) => !run.has(at)).length;
}

let written: number[] | undefined;

/** Read once: they do not change while a process runs. */
function needed(): number[] {
  written ??= writtenMigrations();
  return written;
}
