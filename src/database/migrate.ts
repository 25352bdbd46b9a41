import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type postgres from 'postgres';
import { CannotOpen } from './cannot-open.ts';

// The generated SQL of the folder `drizzle`, recorded in the table where drizzle's own migrator records it.

const folder = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Any number does, as long as all processes take the same. */
const lock = 0x666c6970;

export function knownMigrations(): MigrationMeta[] {
  if (!fs.existsSync(`${folder}/meta/_journal.json`)) return [];
  return readMigrationFiles({ migrationsFolder: folder });
}

/** When each migration of this version was written, in milliseconds. */
export function writtenMigrations(): number[] {
  return knownMigrations().map(({ folderMillis }) => folderMillis);
}

/**
 * Brings the database up to date, all or nothing; several processes may do so at once. Throws `CannotOpen` where a newer
 * Flipside has been here.
 */
export async function migrate(sql: postgres.Sql): Promise<void> {
  const known = knownMigrations();
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${lock})`;
    const mine = new Set(known.map(({ folderMillis }) => folderMillis));
    if ((await appliedMigrations(tx)).some((at) => !mine.has(at))) throw newer();
    await migrateWithin(tx, known);
  });
}

/** Runs those of these migrations that were not run on this database before. */
export async function migrateWithin(tx: postgres.TransactionSql, migrations: MigrationMeta[]): Promise<void> {
  await tx`select pg_advisory_xact_lock(${lock})`;
  await tx`create schema if not exists drizzle`;
  await tx`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`;
  const done = new Set(await appliedMigrations(tx));
  for (const migration of migrations) {
    if (done.has(migration.folderMillis)) continue;
    for (const statement of migration.sql) await tx.unsafe(statement).catch(saysWhyNot);
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at)
      values (${migration.hash}, ${migration.folderMillis})`;
  }
}

/** SQLSTATE where a table, column, index or type of an update is there already. */
const isThereAlready = /^(42P07|42701|42710)$/;

function saysWhyNot(error: { code?: string; message: string }): never {
  if (!isThereAlready.test(error.code ?? '')) throw error;
  throw new CannotOpen(
    'folder',
    `The database cannot be brought up to date (${error.message}): the list of updates that it has had is not whole. ` +
      'It is damaged or was changed by hand. Restore a backup into an empty database (docs/deploy.md).',
  );
}

const newer = () =>
  new CannotOpen(
    'newer',
    'This database was last used by a newer Flipside, which changed its tables. Start that one, ' +
      'or restore a backup made before the update into an empty database.',
  );

/** How many migrations this database still lacks; all of them where none was ever run. */
export async function missingMigrations(sql: postgres.Sql): Promise<number> {
  const done = new Set(await appliedMigrations(sql));
  return knownMigrations().filter((migration) => !done.has(migration.folderMillis)).length;
}

/** When the migrations that were run on this database were written, in milliseconds, in that order. */
export async function appliedMigrations(sql: postgres.Sql | postgres.TransactionSql): Promise<number[]> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return [];
  const rows = await sql`select created_at from drizzle.__drizzle_migrations order by created_at`;
  return rows.map((row) => Number(row.created_at));
}
