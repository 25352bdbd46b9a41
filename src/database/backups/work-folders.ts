import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type FolderLock, lockFolder } from '../folder-lock.ts';
import { removeIfOurs } from './unfinished.ts';

// Each backup has a folder of its own below `DATA_DIR/backups`: the copy of the database and a note of where the backup is
// being written. Its process holds it like a database, so that folders of those that were killed can be told and removed.

const below = (dataDir: string) => path.join(dataDir, 'backups');
const noteIn = (folder: string) => path.join(folder, 'writes-to');

/** Returns the path of the database's copy in a work folder. */
export const copyIn = (folder: string) => path.join(folder, 'database');

/** The work folder of this name; other processes may know the data folder by another path. */
export const workFolderOf = (dataDir: string, name: string) => path.join(below(dataDir), path.basename(name));

/** Makes one and holds it. */
export async function makeWorkFolder(dataDir: string): Promise<{ folder: string; lock: FolderLock }> {
  const folder = workFolderOf(dataDir, randomBytes(8).toString('hex'));
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { folder, lock: await lockFolder(folder) };
}

/** Notes the unfinished file that goes with this folder. */
export function noteUnfinished(folder: string, file: string): void {
  fs.writeFileSync(noteIn(folder), path.resolve(file), { mode: 0o600 });
}

/** Removes a work folder that nobody holds, and the unfinished file noted in it; false where somebody does. */
export async function removeWorkFolder(dataDir: string, folder: string): Promise<boolean> {
  const lock = await lockFolder(folder).catch(() => null);
  if (!lock) return false;
  const unfinished = fs.existsSync(noteIn(folder)) ? fs.readFileSync(noteIn(folder), 'utf8') : '';
  if (unfinished !== '') removeIfOurs(unfinished);
  await lock.release();
  fs.rmSync(folder, { recursive: true, force: true });
  removeIfEmpty(below(dataDir));
  return true;
}

/** Removes what backups that were killed have left. The data folder must be this process's own. */
export async function removeLeftovers(dataDir: string): Promise<void> {
  const folder = below(dataDir);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  for (const name of names) await removeWorkFolder(dataDir, path.join(folder, name));
  // Until November 2026 a backup was written to such a file first.
  for (const name of fs.readdirSync(dataDir))
    if (/^backup\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) fs.rmSync(path.join(dataDir, name));
}

/** Not while another backup has its folder in it. */
function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
