// Opens the database. One driver, two homes: a PostgreSQL server where `url` is given, otherwise PGlite
// (PostgreSQL in WebAssembly) inside this process, in a folder of its own that one process at a time may hold.
//
//   transport  connections inside the process that speak the wire protocol   session  who may use PGlite when
//   folder     PGlite on a folder, with fsync                                 folder-lock, first-start, migrate

import postgres from 'postgres';
import { CannotOpen } from './cannot-open.ts';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded.ts';
import { openServer } from './server.ts';

export { backUp } from './backup.ts';
export { backUpHeldFolder } from './backups/backup-folder.ts';
export { checkBackup } from './backups/checked.ts';
export { CannotOpen } from './cannot-open.ts';
export { damageIn } from './damage.ts';
export type { Database, Db, Listening, OneAtATime, Tx } from './database.ts';
export { CannotRestore } from './dump.ts';
export { missingMigrations, writtenMigrations } from './migrate.ts';
export { releaseMemory } from './release-memory.ts';
export { restore } from './restore.ts';
export { type SecretFile, secretFileIn } from './secret-file.ts';

export interface DatabaseOptions {
  url?: string | undefined;
  dataDir: string;
  /** Connections of `db`; three more are kept for `sql`, `jobsSql` and listening. */
  pool?: number;
  log?: (line: string) => void;
}

/** Throws `CannotOpen` with a sentence where another process holds the folder, it cannot be used, or the driver lacks its patch. */
export async function openDatabase({
  url,
  dataDir,
  pool = 10,
  log = console.log,
}: DatabaseOptions): Promise<Database> {
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
