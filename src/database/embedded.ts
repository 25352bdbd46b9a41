import fs from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { learnTypes } from './array-types.ts';
import { offerBackups } from './backups/while-running.ts';
import { CannotOpen } from './cannot-open.ts';
import { type Connect, openClients } from './clients.ts';
import { refuseCutFiles, refuseMissingFiles } from './damage.ts';
import type { Database } from './database.ts';
import { databaseFolder } from './first-start.ts';
import { openFolder } from './folder.ts';
import { lockFolder } from './folder-lock.ts';
import { checkpoints, rewriteTables, vacuumEverything } from './housekeeping.ts';
import { missingMigrations } from './migrate.ts';
import type { Limits } from './session.ts';
import { openTransport } from './transport.ts';

/** Seconds that one transaction may keep the only session before health says so. */
const longestHold = 10;

interface Here {
  dataDir: string;
  pool: number;
  log: (line: string) => void;
}

export async function openEmbedded({ dataDir, pool, log }: Here): Promise<Database> {
  makeFolder(dataDir);
  const lock = await lockFolder(dataDir);
  try {
    const folder = await databaseFolder(dataDir, log);
    refuseCutFiles(folder);
    const pglite = await openFolder(folder);
    // A transaction without a word for ten seconds waits for something that does not come; others wait a little longer.
    const limits = { wait: 15, silence: 10, onDeath: (reason: string) => stopHere(reason, log) };
    const database = await databaseOn(pglite, limits, pool);
    await refuseMissingFiles(database.sql).catch(async (error) => {
      await database.close();
      throw error;
    });
    const inTurn = oneAfterAnother();
    const stopOffering = await offerBackups({ sql: database.sql, dataDir, inTurn, log });
    const close = once(async () => {
      await stopOffering();
      await database.close().finally(() => lock.release());
    });
    return { ...database, checkpoint: () => inTurn(database.checkpoint), close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The driver on a PGlite that is already open. */
export async function databaseOn(pglite: PGlite, limits: Limits, pool = 10): Promise<Database> {
  const transport = await openTransport(pglite, limits);
  // `socket` is documented, but missing in the driver's types.
  const transported = { host: 'embedded', socket: () => transport.connect() };
  const connect: Connect = (options) => postgres({ fetch_types: false, ...options, ...transported });
  const { end, all, ...clients } = openClients(connect, pool, 1);
  await learnTypes(connect, all);
  const checkpoint = checkpoints(clients.sql);
  let isUpToDate = false;
  // Nobody else changes the tables of this folder, so they are asked about until they are complete, and no longer.
  const isHealthy = async () => {
    if (transport.heldFor() >= longestHold) return false;
    isUpToDate ||= (await missingMigrations(clients.sql)) === 0;
    return isUpToDate;
  };
  return {
    home: 'embedded',
    ...clients,
    async migrate() {
      await clients.migrate();
      await learnTypes(connect, all);
    },
    checkpoint,
    isHealthy,
    vacuum: () => vacuumEverything(clients.sql),
    rewrite: (tables) => rewriteTables(clients.sql, tables),
    close: once(async () => {
      await end();
      transport.close();
      await pglite.close();
    }),
  };
}

function makeFolder(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.accessSync(dataDir, fs.constants.R_OK | fs.constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotOpen(
      'folder',
      `The data folder ${dataDir} cannot be used: ${why}. Set DATA_DIR to another.`,
    );
  }
}

// The engine would loop for ever on a session it has closed itself, so nothing but leaving helps. What was
// acknowledged is on disk.
function stopHere(reason: string, log: (line: string) => void): never {
  log(`The embedded database stopped: ${reason}. Flipside stops too; start it again when the cause is gone.`);
  process.exit(1);
}

/** Returns what runs acts one after the other. */
function oneAfterAnother() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(act: () => Promise<T>): Promise<T> => {
    const result = last.then(act);
    last = result.catch(() => {});
    return result;
  };
}

function once<T>(act: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}
