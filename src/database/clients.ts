import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Database, OneAtATime } from './database.ts';
import { migrate } from './migrate.ts';
import { countUse } from './pool-use.ts';

export type Connect = (options: postgres.Options<Record<string, never>>) => postgres.Sql;

export type Clients = Pick<Database, 'db' | 'sql' | 'jobsSql' | 'listen' | 'migrate' | 'poolUse'> & {
  /** The three, drizzle's first. */
  all: postgres.Sql[];
  end(): Promise<void>;
};

/** Connections stay open, so that named prepared statements survive; notices are not for the terminal. */
const always: postgres.Options<Record<string, never>> = { max_lifetime: null, onnotice: () => {} };

/**
 * Limits in milliseconds that a server keeps for each connection of the pages: for a statement, for a row or table that
 * somebody else holds, and for a transaction that does nothing. The embedded home has limits of its own (session.ts).
 */
const limits = {
  statement_timeout: 30_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 30_000,
};
/** The same for the queue, whose housekeeping takes longer. */
const jobLimits = { ...limits, statement_timeout: 120_000, lock_timeout: 30_000 };

/** The driver's clients, the same for both homes; `atOnce`: how many statements the home executes at one time. */
export function openClients(connect: Connect, pool: number, atOnce = pool): Clients {
  const wide = connect({ ...always, max: pool, connection: limits });
  const sql = connect({ ...always, max: 2 });
  const jobsSql = connect({ ...always, max: 1, connection: jobLimits });

  const all = [wide, sql, jobsSql];

  return {
    all,
    poolUse: countUse(wide, atOnce),
    db: drizzle(wide, { casing: 'snake_case' }),
    sql,
    jobsSql: oneAtATime(jobsSql),
    async listen(channel, onMessage, onListen) {
      const { unlisten } = await sql.listen(channel, onMessage, onListen);
      return { unlisten };
    },
    async migrate() {
      const one = connect({ ...always, max: 1 });
      await migrate(one).finally(() => one.end());
    },
    async end() {
      await Promise.all(all.map((client) => client.end({ timeout: 5 })));
    },
  };
}

// A list that fails between its BEGIN and its COMMIT leaves the connection in a transaction in which everything
// fails, and the embedded database with it; so it is rolled back before the next one begins.
function oneAtATime(sql: postgres.Sql): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return {
    unsafe(text, values) {
      const result = last.then(async () => {
        try {
          return await sql.unsafe(text, values);
        } catch (error) {
          await sql.unsafe('rollback').catch(() => {}); // fails where the connection is gone, and all is well
          throw error;
        }
      });
      last = result.catch(() => {});
      return result;
    },
  };
}

/** Types are learnt once for all connections: array-types.ts says why. */
export const connectTo =
  (url: string): Connect =>
  (options) =>
    postgres(url, { fetch_types: false, ...options });
