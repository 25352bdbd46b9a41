import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { CannotOpen } from './cannot-open.ts';
import { syncToDisk } from './fill-folder.ts';

// The database folder is made under a temporary name, so that a first start that was interrupted leaves
// nothing that looks like a database.

const major = '18';

/** The folder of the database inside the data folder, made when it is not there yet. */
export async function databaseFolder(dataDir: string, log: (line: string) => void): Promise<string> {
  const folder = path.join(dataDir, 'database');
  if (fs.existsSync(folder)) {
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

// In a process of its own, as its 170 MB are not given back by a thread.
async function fill(folder: string): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'fill-folder.ts'), [folder], {
    execArgv: [],
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  fs.rmSync(folder, { recursive: true, force: true });
  throw new CannotOpen('folder', `No database could be made in ${path.dirname(folder)}.`);
}
