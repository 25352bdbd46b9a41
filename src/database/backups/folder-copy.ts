import fs from 'node:fs';
import path from 'node:path';
import type postgres from 'postgres';
import { CannotRestore } from '../dump.ts';

// Copies the embedded database while others read and write. It is what a power cut would leave: the log since the last
// checkpoint is copied after the tables, holds whole pages of all that changed meanwhile, and is replayed when the copy is
// opened. So no checkpoint may come in between.

const log = 'pg_wal';
/** Bytes that a copy leaves free: the database itself must go on writing. */
const roomToSpare = 256 * 2 ** 20;

interface Copying {
  sql: postgres.Sql;
  from: string;
  to: string;
  signal: AbortSignal;
}

/** Copies the folder of the database as it is at one moment. Throws `CannotRestore` with a sentence where there is no room. */
export async function copyFolder({ sql, from, to, signal }: Copying): Promise<void> {
  refuseWithoutRoom(from, to);
  await sql`checkpoint`.simple();
  const before = await lastCheckpoint(sql);
  const entries = fs.readdirSync(from, { recursive: true, withFileTypes: true });
  const isOfLog = (entry: fs.Dirent) => path.relative(from, entry.parentPath).split(path.sep)[0] === log;
  const folders = entries.filter((entry) => entry.isDirectory());
  fs.mkdirSync(to, { mode: 0o700 });
  for (const one of folders)
    fs.mkdirSync(path.join(to, path.relative(from, path.join(one.parentPath, one.name))), {
      recursive: true,
    });
  for (const one of entries) if (one.isFile() && !isOfLog(one)) await copyFile(one, { from, to, signal });
  // Listed anew: it has grown.
  for (const one of fs.readdirSync(path.join(from, log), { withFileTypes: true }))
    if (one.isFile()) await copyFile(one, { from, to, signal });
  if ((await lastCheckpoint(sql)) !== before)
    throw new Error('A checkpoint came while the database was copied.');
}

async function copyFile(
  entry: fs.Dirent,
  { from, to, signal }: Pick<Copying, 'from' | 'to' | 'signal'>,
): Promise<void> {
  signal.throwIfAborted();
  const source = path.join(entry.parentPath, entry.name);
  const target = path.join(to, path.relative(from, source));
  await fs.promises.copyFile(source, target, fs.constants.COPYFILE_FICLONE).catch((error) => {
    if (error.code !== 'ENOENT') throw error; // a table that was dropped meanwhile: the log says so
  });
}

async function lastCheckpoint(sql: postgres.Sql): Promise<string> {
  const [row] = await sql`select checkpoint_lsn::text as at from pg_control_checkpoint()`;
  return row!.at;
}

function refuseWithoutRoom(from: string, to: string): void {
  const entries = fs.readdirSync(from, { recursive: true, encoding: 'utf8' });
  const size = entries.reduce((sum, entry) => sum + sizeOf(path.join(from, entry)), 0);
  const { bavail, bsize } = fs.statfsSync(path.dirname(to));
  const needed = size + roomToSpare;
  if (bavail * bsize >= needed) return;
  throw new CannotRestore(
    `A backup needs ${Math.ceil(needed / 2 ** 20)} MB free in ${path.dirname(to)} for the time it takes. ` +
      'Make room there, or stop Flipside for the backup.',
  );
}

const sizeOf = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
