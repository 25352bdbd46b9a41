// Embedded databases of a worker, lent to one test file after another and emptied in between: opening one takes longer than
// most files. A file that has two worlds borrows two.
import { sql } from 'drizzle-orm';
import type { Database, Db } from '../../src/database/open.ts';

interface Lent {
  database: Database;
  /** Description of all tables, columns, indexes, triggers and functions as they were when it was opened. */
  catalogue: string;
  inUse: boolean;
}

// Files of a worker share a process, not always the modules.
const worker = globalThis as { flipsideTestDatabases?: Lent[] };
worker.flipsideTestDatabases ??= [];
const lentOut = worker.flipsideTestDatabases;

/** Databases kept open between files; each takes about a hundred megabytes. */
const most = 3;

/** One of the worker's databases that nobody holds, or a new one. `close` gives it back empty. */
export async function borrow(open: () => Promise<Database>): Promise<Database> {
  let lent = lentOut.find(({ inUse }) => !inUse);
  if (!lent && lentOut.length >= most) return open();
  lent ??= await firstOf(open);
  lent.inUse = true;
  return { ...lent.database, close: () => giveBack(lent) };
}

async function firstOf(open: () => Promise<Database>): Promise<Lent> {
  const lent = { inUse: true } as Lent;
  // Taken before it is open, since two worlds of a file may ask at once.
  lentOut.push(lent);
  try {
    lent.database = await open();
    lent.catalogue = await catalogueOf(lent.database.db);
  } catch (error) {
    forget(lent);
    throw error;
  }
  return lent;
}

const forget = (lent: Lent) => void lentOut.splice(lentOut.indexOf(lent), 1);

/** Empties it for the next file; one whose tables are not what they were is closed and not lent again. */
async function giveBack(lent: Lent): Promise<void> {
  const { db } = lent.database;
  await dropWhatWasAdded(db, lent.catalogue);
  if ((await catalogueOf(db)) === lent.catalogue) {
    await emptyTables(db);
    lent.inUse = false;
    return;
  }
  forget(lent);
  await lent.database.close();
}

async function catalogueOf(db: Db): Promise<string> {
  const migrations = await db
    .execute<{ at: string }>(
      sql`SELECT created_at::text AS at FROM drizzle.__drizzle_migrations ORDER BY created_at`,
    )
    .catch(() => []);
  const rows = await db.execute<{ line: string }>(sql`
    SELECT line FROM (
      SELECT concat_ws(' ', 'column', table_schema, table_name, column_name, data_type, is_nullable, column_default) AS line
        FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
      UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname <> 'pg_catalog'
      UNION ALL SELECT concat_ws(' ', 'trigger', tgrelid::regclass, pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
      UNION ALL SELECT concat_ws(' ', 'function', proname, md5(prosrc)) FROM pg_proc
        WHERE pronamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
    ) AS lines ORDER BY line`);
  return [...migrations.map(({ at }) => at), ...rows.map(({ line }) => line)].join('\n');
}

/** Tables and schemas that a test file added. */
async function dropWhatWasAdded(db: Db, catalogue: string): Promise<void> {
  const tables = await db.execute<{ schema: string; name: string }>(sql`
    SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  for (const { schema, name } of tables) {
    if (catalogue.includes(`column ${schema} ${name} `)) continue;
    await db.execute(sql.raw(`DROP TABLE IF EXISTS "${schema}"."${name}" CASCADE`));
  }
  const schemas = await db.execute<{ name: string }>(sql`
    SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$|public$)'`);
  for (const { name } of schemas)
    if (!catalogue.includes(`column ${name} `)) await db.execute(sql.raw(`DROP SCHEMA "${name}" CASCADE`));
}

/** Deletes row by row, since TRUNCATE makes new files for every table and index: a thousand times slower where few rows are. */
export async function emptyTables(db: Db): Promise<void> {
  const tables = await db.execute<{ name: string }>(
    sql`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  await db.transaction(async (tx) => {
    // Without foreign keys the order does not matter.
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql.raw(tables.map(({ name }) => `DELETE FROM ${name}`).join('; ')));
    // Revisions go on: a number that came twice would show the page of an earlier test.
    await tx.execute(sql`SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
      FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename <> 'event_revision'`);
  });
}
