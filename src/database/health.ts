import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { missingMigrations } from './migrate.ts';

/** Seconds after which a server that has not answered counts as away. */
const patience = 3;

/** Asks a server how it is on a connection of its own, so that a pool in which all wait does not look like a dead server. */
export function openHealth(url: string) {
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    connect_timeout: patience,
    onnotice: () => {},
    connection: { statement_timeout: patience * 1000 },
  });
  return {
    /** True where the database answers in time and has every table this version needs. */
    async isHealthy(): Promise<boolean> {
      const asked = missingMigrations(sql).then(
        (missing) => missing === 0,
        () => false,
      );
      return Promise.race([asked, pause(patience * 1000, false, { ref: false })]);
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
