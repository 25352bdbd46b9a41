// Reader 2: what the planner's statistics hold of columns, and the counters of how tables were used, in one copy.
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';
import type { Sign } from '../signs.ts';
import { type Knowledge, namedIn, type Row, signsOf, type Table, timesIn } from './rows.ts';

/** The values of one column that an ANALYZE kept, in the order in which it kept them. */
export interface Sample {
  table: string;
  column: string;
  xmin: number;
  values: string[];
}

/** A table or index with the times at which the server last worked on it or looked into it. */
export interface Counter {
  table: string;
  times: number[];
}

/** All samples of our tables, as the server wrote them one after the other. */
export async function samplesOf(db: Db): Promise<Sample[]> {
  const kept = [1, 2, 3, 4, 5].map((n) => `coalesce(s.stavalues${n}::text::text[], '{}')`).join(' || ');
  return db.execute<Sample & Record<string, unknown>>(sql`
    SELECT c.relname AS "table", a.attname AS "column", s.xmin::text::int8::int AS xmin, (${sql.raw(kept)}) AS "values"
    FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = s.staattnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> 'queue_of_tests'
    ORDER BY s.xmin::text::int8, s.ctid`) as Promise<Sample[]>;
}

/** Counters since they were last read by the harness; then they begin anew, so that it never sees its own reading. */
export async function countersOf(db: Db, asPlayed: (real: number) => number): Promise<Counter[]> {
  const rows = await db.execute<{ table: string; values: Row['values'] }>(sql`
    SELECT relname AS "table", to_jsonb(t) AS "values" FROM pg_stat_user_tables t WHERE schemaname = 'public'
    UNION ALL SELECT relname, to_jsonb(i) FROM pg_stat_user_indexes i WHERE schemaname = 'public'`);
  await db.execute(sql`SELECT pg_stat_reset()`);
  return rows.map(({ table, values }) => ({
    table,
    times: timesIn({ text: typeof values === 'string' ? values : JSON.stringify(values) }).map(asPlayed),
  }));
}

/**
 * How often each table and index was used so far. Only where one session does everything: others write it down when they
 * find time, so that it would be seen at the wrong moment.
 */
export async function usesOf(db: Db): Promise<Map<string, string>> {
  await db.execute(sql`SELECT pg_stat_force_next_flush()`);
  const rows = await db.execute<{ name: string; uses: string }>(sql`
    SELECT relname AS name, to_jsonb(t)::text AS uses FROM pg_stat_user_tables t
    WHERE schemaname = 'public' AND relname <> 'queue_of_tests'
    UNION ALL SELECT indexrelname, to_jsonb(i)::text FROM pg_stat_user_indexes i
    WHERE schemaname = 'public' AND relname <> 'queue_of_tests'`);
  return new Map(rows.map(({ name, uses }) => [`use of ${name}`, uses]));
}

/** Persons and items in the order of the samples. */
export function sampledIn(
  samples: readonly Sample[],
  rows: readonly [Row, Table][],
  known: Knowledge,
): Sign[] {
  const tables = new Map(rows.map(([, table]) => [table.name, table]));
  const each = samples.flatMap(({ table, column, values }) =>
    values.map((value) => rowOf(table, column, value)),
  );
  return each.flatMap((row, at): Sign[] => {
    const table = tables.get(row.table) ?? { name: row.table, oid: 0, file: 0, people: [] };
    // A sample of some other column moves nothing.
    return signsOf(row, table, known, at).filter(
      ({ person, item }) => person !== undefined || item !== undefined,
    );
  });
}

function rowOf(table: string, column: string, value: string): Row {
  const number = Number(value);
  const values = { [column]: Number.isInteger(number) ? number : value };
  return { table, ctid: '', xmin: 0, values, text: JSON.stringify(values) };
}

/** When tables that name nobody were last worked on, beside the times in rows that do, and when questions came out. */
export function countedIn(
  counters: readonly Counter[],
  rows: readonly [Row, Table][],
  known: Knowledge,
  now: number,
): Sign[] {
  const naming = new Set(rows.filter(([, { people }]) => people.length > 0).map(([{ table }]) => table));
  const named = rows.flatMap(([row, table]) => {
    const people = namedIn(row, table, known);
    return timesIn(row).flatMap((at) => (at <= now ? people.map((person) => ({ at, person })) : []));
  });
  const moved = counters.flatMap(({ table, times }): Sign[] =>
    naming.has(table) ? [] : times.map((at) => ({ at })),
  );
  const out = known.questions.filter(({ at }) => at <= now).map(({ word, at }) => ({ at, item: word }));
  return [...named, ...moved, ...out];
}
