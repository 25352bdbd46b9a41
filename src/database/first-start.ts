import fs from 'node:fs';
import path from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { CannotOpen } from './cannot-open.ts';
import { openFolder } from './folder.ts';

// Making the database folder: in a thread of its own, whose memory is given back, and under a temporary name,
// so that a first start that was interrupted leaves nothing that looks like a database.

const major = '18';

/** The folder of the database inside the data folder, made when it is not there yet. */
export async function databaseFolder(dataDir: string, log: (line: string) => void): Promise<string> {
  const folder = path.join(dataDir, 'database');
  if (fs.existsSync(folder)) {
    checkVersion(folder);
    return folder;
  }
  log('Preparing the database, this takes some seconds once.');
  const unfinished = path.join(dataDir, 'database.unfinished');
  fs.rmSync(unfinished, { recursive: true, force: true });
  await fill(unfinished);
  fs.renameSync(unfinished, folder);
  syncToDisk(dataDir);
  return folder;
}

function checkVersion(folder: string): void {
  const file = path.join(folder, 'PG_VERSION');
  const version = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : 'an unknown version of';
  if (version === major) return;
  throw new CannotOpen(
    'version',
    `${folder} was written by PostgreSQL ${version}, this Flipside reads ${major}. ` +
      'Run npm run backup with the Flipside that wrote it, and npm run restore into a new folder with this one.',
  );
}

async function fill(folder: string): Promise<void> {
  const thread = new Worker(new URL(import.meta.url), { workerData: { fillDatabaseFolder: folder } });
  await new Promise<void>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`database set-up ended with ${code}`)),
    );
  });
}

async function fillHere(folder: string): Promise<void> {
  const pglite = await openFolder(folder);
  await pglite.close();
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    syncToDisk(path.join(folder, entry));
  }
  syncToDisk(folder);
}

function syncToDisk(file: string): void {
  if (process.platform === 'win32' && fs.statSync(file).isDirectory()) return;
  const descriptor = fs.openSync(file, 'r');
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

if (!isMainThread && workerData?.fillDatabaseFolder) await fillHere(workerData.fillDatabaseFolder);
