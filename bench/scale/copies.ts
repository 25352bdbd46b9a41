// Copies the rows of one event, so that a thousand events have exactly what the program writes for one.
import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '../../src/context.ts';

export interface Copying {
  ctx: Context;
  /** The number of the event that is copied. */
  from: number;
  copies: number;
  /** SQL of a column in the copy `n` of a row `p`; the others are as they were. */
  expressions: (column: Column) => SQL | undefined;
}

export interface Column {
  table: string;
  name: string;
  type: string;
}

/** Copies the rows of `table` that belong to the event, by its column `by`; `but` leaves copies out. */
export async function copyRows(
  { ctx, from, copies, expressions }: Copying,
  table: string,
  { by = 'event_id', but = sql`true` }: { by?: string; but?: SQL } = {},
): Promise<void> {
  const columns = await columnsOf(ctx, table);
  const names = sql.raw(columns.map(({ name }) => `"${name}"`).join(', '));
  const values = columns.map((column) => expressions(column) ?? sql.raw(`p."${column.name}"`));
  await ctx.db.execute(sql`
    INSERT INTO ${sql.identifier(table)} (${names})
    SELECT ${sql.join(values, sql`, `)} FROM ${sql.identifier(table)} p CROSS JOIN generate_series(1, ${copies}) n
    WHERE p.${sql.identifier(by)} = ${from} AND ${but}`);
  if (columns.some(({ name, type }) => name === 'id' && type === 'integer'))
    await ctx.db.execute(
      sql`SELECT setval(pg_get_serial_sequence(${table}, 'id'), (SELECT max(id) FROM ${sql.identifier(table)}))`,
    );
}

async function columnsOf(ctx: Context, table: string): Promise<Column[]> {
  const rows = await ctx.db.execute<{ name: string; type: string }>(sql`
    SELECT column_name AS name, data_type AS type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} ORDER BY ordinal_position`);
  return rows.map(({ name, type }) => ({ table, name, type }));
}
