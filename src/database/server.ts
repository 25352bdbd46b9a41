import { learnTypes } from './array-types.ts';
import { CannotOpen } from './cannot-open.ts';
import { connectTo, openClients } from './clients.ts';
import type { Database } from './database.ts';
import { openHealth } from './health.ts';
import { rewriteTables, vacuumEverything } from './housekeeping.ts';

export async function openServer(url: string, pool: number): Promise<Database> {
  const connect = connectTo(url);
  const { end, all, ...clients } = openClients(connect, pool);
  const health = openHealth(url);
  try {
    await clients.sql`select 1`;
    await learnTypes(connect, all);
  } catch (error) {
    await Promise.all([end(), health.close()]);
    throw cannotReach(url, error);
  }
  return {
    home: 'server',
    ...clients,
    async migrate() {
      await clients.migrate();
      await learnTypes(connect, all);
    },
    checkpoint: async () => {},
    vacuum: () => vacuumEverything(clients.sql),
    rewrite: (tables) => rewriteTables(clients.sql, tables),
    isHealthy: health.isHealthy,
    async close() {
      await Promise.all([end(), health.close()]);
    },
  };
}

/** Names the server without the password that stands in its address. */
function cannotReach(url: string, error: unknown): CannotOpen {
  const { host, pathname } = new URL(url);
  const why = error instanceof Error ? error.message : String(error);
  return new CannotOpen(
    'server',
    `The database ${host}${pathname} cannot be used: ${why}. Check DATABASE_URL.`,
  );
}
