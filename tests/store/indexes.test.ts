// Every column that points at another row has an index, since rows are looked up by it and are deleted with that row.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();

interface Key {
  table: string;
  columns: string[];
}

async function foreignKeys(): Promise<Key[]> {
  const rows = await database.db.execute<{ table: string; columns: string }>(sql`
    SELECT c.conrelid::regclass::text AS "table", string_agg(a.attname, ',' ORDER BY k.place) AS columns
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
    GROUP BY c.oid, c.conrelid ORDER BY 1, 2`);
  return rows.map(({ table, columns }) => ({ table, columns: columns.split(',') }));
}

/** Columns of each index over the whole table, in order; an expression is an empty name. */
async function indexes(): Promise<Key[]> {
  const rows = await database.db.execute<{ table: string; columns: string }>(sql`
    SELECT i.indrelid::regclass::text AS "table", string_agg(coalesce(a.attname, ''), ',' ORDER BY k.place) AS columns
    FROM pg_index i
    CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
    JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace
    WHERE i.indpred IS NULL AND i.indisvalid GROUP BY i.indexrelid, i.indrelid`);
  return rows.map(({ table, columns }) => ({ table, columns: columns.split(',') }));
}

const beginsWith = (index: Key, key: Key) =>
  index.table === key.table &&
  index.columns.slice(0, key.columns.length).toSorted().join() === key.columns.toSorted().join();

test('every foreign key is the beginning of an index', async () => {
  const [keys, made] = [await foreignKeys(), await indexes()];
  expect(keys.length).toBeGreaterThan(40);
  const bare = keys.filter((key) => !made.some((index) => beginsWith(index, key)));
  expect(bare.map(({ table, columns }) => `${table} (${columns.join(', ')})`)).toEqual([]);
});
