import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { CannotOpen } from './cannot-open.ts';
import { doesNotOpen } from './damage.ts';
import { syncToDisk } from './fill-folder.ts';

// The database folder is made under a temporary name, so that a first start that was interrupted leaves
// nothing that looks like a database.

const major = '18';

/** The folder of the database inside the data folder, made when it is not there yet. */
export async function databaseFolder(dataDir: string, log: (line: string) => void): Promise<string> {
  const folder = path.join(dataDir, 'database');
  if (fs.existsSync(folder)) {
    refuseUnusable(folder);
    checkVersion(folder);
    return folder;
  }
  log('Preparing the database, this takes some seconds once.');
  removeUnfinished(dataDir);
  const unfinished = path.join(dataDir, `database.unfinished.${process.pid}`);
  await fill(unfinished);
  fs.renameSync(unfinished, folder);
  await syncToDisk(dataDir);
  return folder;
}

function removeUnfinished(dataDir: string): void {
  for (const name of fs.readdirSync(dataDir)) {
    if (name.startsWith('database.unfinished.'))
      fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

/** A folder that root made once, say, is whole: its owner has to change, and no backup helps. */
function refuseUnusable(folder: string): void {
  try {
    const entries = fs.statSync(folder).isDirectory() ? ['', 'global', 'base', 'global/pg_control'] : [''];
    for (const entry of entries.map((name) => path.join(folder, name)))
      if (fs.existsSync(entry)) fs.accessSync(entry, fs.constants.R_OK | fs.constants.W_OK);
  } catch (error) {
    throw new CannotOpen(
      'folder',
      `The database in ${folder} cannot be used: ${(error as Error).message}. ` +
        'Give the folder and all in it to the user who runs Flipside (chown -R), or run Flipside as its owner.',
    );
  }
}

function checkVersion(folder: string): void {
  const file = path.join(folder, 'PG_VERSION');
  if (!fs.statSync(folder).isDirectory()) throw doesNotOpen(folder, 'it is a file, not a folder');
  const version = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
  if (version === major) return;
  if (!/^\d+$/.test(version))
    throw doesNotOpen(folder, 'PG_VERSION, which tells what wrote it, is not there or is not whole');
  throw new CannotOpen(
    'version',
    `${folder} was written by PostgreSQL ${version}, this Flipside reads ${major}. ` +
      'Run npm run backup with the Flipside that wrote it, and npm run restore into a new folder with this one.',
  );
}

// In a process of its own, as its memory is not given back by a thread. Compiled simply it takes a sixth less of it, and time.
async function fill(folder: string): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'fill-folder.ts'), [folder], {
    execArgv: ['--liftoff-only', '--wasm-lazy-compilation'],
    stdio: 'inherit',
  });
  const [code, signal] = await once(child, 'exit');
  if (code === 0) return;
  fs.rmSync(folder, { recursive: true, force: true });
  throw notMade(path.dirname(folder), signal);
}

/** Linux kills a program for which there is no memory, and nothing else of ours kills this one. */
function notMade(dataDir: string, signal: NodeJS.Signals | null): CannotOpen {
  const why =
    signal === 'SIGKILL' || signal === 'SIGABRT'
      ? `the program that makes it was ended by the system (${signal}), most likely for want of memory. ` +
        'Give Flipside 512 MB for the first start, or set DATABASE_URL'
      : 'see above';
  return new CannotOpen('folder', `No database could be made in ${dataDir}: ${why}.`);
}
