// Records the statements a database is asked.
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import type { Db } from '../../../src/database/open.ts';

/** The statements of some work on this database, one after the other, without their values. */
export async function statementsOf(db: Db, work: (recorded: Db) => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const client = (db as Db & { $client: Sql }).$client;
  const logger = { logQuery: (query: string) => void statements.push(query.replace(/VALUES.*/s, '')) };
  await work(drizzle(client, { casing: 'snake_case', logger }));
  return statements;
}
