import type postgres from 'postgres';

// Housekeeping that a server does unasked and the embedded database must be told to do: its log grew to gigabytes
// otherwise.

/** Returns a function that moves the log into the tables, if anything was written since it last did. */
export function checkpoints(sql: postgres.Sql): () => Promise<void> {
  const position = async () => (await sql`select pg_current_wal_insert_lsn() as lsn`)[0]?.lsn;
  let done: string | undefined;
  return async () => {
    if (done !== undefined && (await position()) === done) return;
    await sql`checkpoint`.simple();
    done = await position();
  };
}

/** Table by table, so that others get their turn in between. */
export async function vacuumEverything(sql: postgres.Sql): Promise<void> {
  const tables = await sql`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and not c.relisshared and n.nspname not in ('information_schema')
      and n.nspname not like 'pg_toast%' and pg_has_role(c.relowner, 'usage')
    order by 1`;
  for (const { name } of tables) await sql.unsafe(`vacuum (analyze) ${name}`);
  await forgetWords(sql);
}

/** Tables with words that people take back, and put otherwise. */
const withWords = ['nameless_questions', 'nameless_intake', 'questions'];

/**
 * Writes them anew, so that words which were withdrawn are in no file of theirs: a plain vacuum leaves the bytes where
 * they were. A table that somebody reads for long, such as a dump, is left for the next time, and holds up nobody.
 */
async function forgetWords(sql: postgres.Sql): Promise<void> {
  const one = await sql.reserve();
  try {
    await one`set lock_timeout = '2s'`;
    for (const name of withWords) {
      const [found] = await one`select to_regclass(${`public.${name}`}) is not null as there`;
      if (found?.there) await one.unsafe(`vacuum (full) public.${name}`).catch(unlessInUse);
    }
  } finally {
    await one`reset lock_timeout`.catch(() => {});
    one.release();
  }
}

function unlessInUse(error: { code?: string }): void {
  if (error.code !== '55P03') throw error;
}

/** Writes tables anew without their dead rows. */
export async function rewriteTables(sql: postgres.Sql, tables: string[]): Promise<void> {
  for (const name of tables) await sql.unsafe(`vacuum (full) ${name}`);
}
