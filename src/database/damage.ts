import fs from 'node:fs';
import path from 'node:path';
import type postgres from 'postgres';
import { CannotOpen } from './cannot-open.ts';

// Files of the embedded database that are not as it left them: cut, missing or changed. PostgreSQL takes a table whose file
// was cut for a shorter one, so rows would be gone without a word.

const bytesOfPage = 8192;
/** A full disk can leave a part of a page, in blocks of the disk, and the database overwrites it. */
const bytesOfBlock = 512;
/** Offset in `global/pg_control` of how the database was left, and its value after an orderly stop. */
const stateAt = 16;
const stoppedInOrder = 1;

const whatToDo =
  'Keep the folder as it is for a specialist who can look into it, and restore a backup into a new one: ' +
  'DATA_DIR=/new/folder npm run restore -- --in FILE (docs/deploy.md).';

const damagedAt = (where: string) =>
  new CannotOpen('folder', `The database is damaged: ${where}. ${whatToDo}`);

/**
 * Throws `CannotOpen` where a file of a table has no whole number of pages although the database was stopped in order.
 * After a kill or a power cut it mends that by itself.
 */
export function refuseCutFiles(folder: string): void {
  const tables = path.join(folder, 'base');
  if (!fs.existsSync(tables) || stateOf(folder) !== stoppedInOrder) return;
  for (const one of fs.readdirSync(tables, { recursive: true, withFileTypes: true })) {
    const file = path.join(one.parentPath, one.name);
    if (!one.isFile() || !/^\d+(_[a-z]+)?(\.\d+)?$/.test(one.name)) continue;
    const { size } = fs.statSync(file);
    if ((size % bytesOfPage) % bytesOfBlock !== 0) throw damagedAt(`${file} ends within a page`);
  }
}

function stateOf(folder: string): number | undefined {
  const file = path.join(folder, 'global/pg_control');
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  return bytes.length < stateAt + 4 ? undefined : bytes.readUInt32LE(stateAt);
}

/** Throws `CannotOpen` where the file of a table or an index is missing. */
export async function refuseMissingFiles(sql: postgres.Sql): Promise<void> {
  const missing = await sql`
    select oid::regclass::text as name from pg_class
    where relkind in ('r', 'i', 't', 'S', 'm') and relpersistence = 'p' and pg_relation_filepath(oid) is not null
      and (pg_stat_file(pg_relation_filepath(oid), true)).size is null
    order by 1`;
  if (missing.length > 0)
    throw damagedAt(`files are missing (of ${missing.map(({ name }) => name).join(', ')})`);
}

/** SQLSTATE of a page, an index or a file that is not as it was written, with how its message begins. */
const ofDamage = /^(XX001|XX002|58030) |^58P01 could not open file "(base|global|pg_)/;

/** The sentence for the person at the terminal where an error comes from a damaged database; undefined for others. */
export function damageIn(error: unknown): string | undefined {
  const { code, cause, message } = (error ?? {}) as { code?: unknown; cause?: unknown; message?: string };
  if (ofDamage.test(`${code} ${message}`)) return damagedAt(message!).message;
  return cause === undefined ? undefined : damageIn(cause);
}

/** Says of a folder that does not open what can be done. */
export const doesNotOpen = (folder: string, why: string) =>
  new CannotOpen('folder', `The database in ${folder} does not open: ${why}. ${whatToDo}`);
