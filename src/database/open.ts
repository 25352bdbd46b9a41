// Opens the database. One driver, two homes: a PostgreSQL server where `url` is given, otherwise PGlite
// (PostgreSQL in WebAssembly) inside this process, in a folder of its own that one process at a time may hold.
//
//   transport  connections inside the process that speak the wire protocol   session  who may use PGlite when
//   folder     PGlite on a folder, with fsync                                 folder-lock, first-start, migrate

import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { CannotOpen } from './cannot-open.ts';
import { openEmbedded } from './embedded.ts';
import type { PoolUse } from './pool-use.ts';
import { openServer } from './server.ts';

export { backUp } from './backup.ts';
export { backUpHeldFolder } from './backups/backup-folder.ts';
export { checkBackup } from './backups/checked.ts';
export { CannotOpen } from './cannot-open.ts';
export { damageIn } from './damage.ts';
export { CannotRestore } from './dump.ts';
export { missingMigrations, writtenMigrations } from './migrate.ts';
export { releaseMemory } from './release-memory.ts';
export { restore } from './restore.ts';
export { type SecretFile, secretFileIn } from './secret-file.ts';

/** The pool or a transaction. */
export type Db = PostgresJsDatabase<Record<string, never>>;
/** A transaction, where one is required. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  home: 'server' | 'embedded';
  db: Db;
  /** A plain client for health checks and raw statements; drizzle changes the one it gets. */
  sql: postgres.Sql;
  jobsSql: OneAtATime;
  /** `onListen` is called each time listening begins, also again after a lost connection: refresh then. */
  listen(channel: string, onMessage: (payload: string) => void, onListen?: () => void): Promise<Listening>;
  /** Brings the tables up to date; several processes may do so at once. */
  migrate(): Promise<void>;
  /** Embedded: moves the log into the tables if anything was written since. A server does it by itself. */
  checkpoint(): Promise<void>;
  vacuum(): Promise<void>;
  /** How many connections of `db` are at work at this moment. */
  poolUse(): PoolUse;
  /** False where it does not answer in time, lacks a table of this version, or one transaction has kept it too long. */
  isHealthy(): Promise<boolean>;
  /** Writes these tables anew, so that their files hold no row that was deleted or changed. */
  rewrite(tables: string[]): Promise<void>;
  close(): Promise<void>;
}

/** One connection, so that a list of statements with BEGIN and COMMIT in it is accepted: for pg-boss. */
export interface OneAtATime {
  /** A list gives the results of all its statements that have rows; one that fails is rolled back. */
  unsafe(text: string, values?: never[]): Promise<unknown[]>;
}

export interface Listening {
  unlisten(): Promise<void>;
}

export interface Where {
  url?: string | undefined;
  dataDir: string;
  /** Connections of `db`; three more are kept for `sql`, `jobsSql` and listening. */
  pool?: number;
  log?: (line: string) => void;
}

/** Throws `CannotOpen` with a sentence where another process holds the folder, it cannot be used, or the driver lacks its patch. */
export async function openDatabase({ url, dataDir, pool = 10, log = console.log }: Where): Promise<Database> {
  refuseUnpatched(postgres);
  return url ? openServer(url, pool) : openEmbedded({ dataDir, pool, log });
}

/** Throws `CannotOpen` where `patches/` was not applied: a connection that the server closes would end the process. */
export function refuseUnpatched(driver: object): void {
  if ('survivesClosedConnections' in driver) return;
  throw new CannotOpen(
    'driver',
    'The database driver lacks the patch that keeps Flipside running when its server closes a connection. ' +
      'Run npm ci without --ignore-scripts, or npx patch-package, and start again.',
  );
}
