import fs from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { knownMigrations, migrate, migrateWithin, missingMigrations } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { databaseForThisTest, onBothHomes, temporaryFolder } from '../support/database.ts';

const recorded = 'select hash, created_at::text from drizzle.__drizzle_migrations order by id';
const known = knownMigrations().map(({ hash, folderMillis }) => ({ hash, created_at: `${folderMillis}` }));

test('an embedded database that was never migrated gets each migration once, and none the second time', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const database = await openDatabase({ dataDir: folder, log: () => {} });
  onTestFinished(database.close);
  expect(known.length).toBeGreaterThan(0);
  expect(await missingMigrations(database.sql)).toBe(known.length);
  await database.migrate();
  await database.migrate();
  expect(await missingMigrations(database.sql)).toBe(0);
  expect([...(await database.sql.unsafe(recorded))]).toEqual(known);
});

onBothHomes('a migration', (home) => {
  const made = (folderMillis: number, ...sql: string[]) => ({
    folderMillis,
    sql,
    hash: `h${folderMillis}`,
    bps: true,
  });

  test('that fails leaves nothing of itself, and none of those before it', async () => {
    const { sql } = await databaseForThisTest(home);
    const before = [...(await sql.unsafe(recorded))];
    const two = [
      made(9e12, 'create table one (id int)'),
      made(9e12 + 1, 'create table two (id int)', 'create nonsense'),
    ];
    await expect(sql.begin((tx) => migrateWithin(tx, two))).rejects.toThrow(
      'syntax error at or near "nonsense"',
    );
    expect([...(await sql.unsafe(recorded))]).toEqual(before);
    expect([...(await sql`select to_regclass('one') as one, to_regclass('two') as two`)]).toEqual([
      { one: null, two: null },
    ]);
  });

  test('that this version does not know stops the start with a sentence, and changes nothing', async () => {
    const { sql } = await databaseForThisTest(home);
    await sql.begin((tx) => migrateWithin(tx, [made(9e12, 'create table newer (id int)')]));
    await expect(migrate(sql)).rejects.toThrow(/^This database was last used by a newer Flipside/);
    expect([...(await sql`select to_regclass('newer')::text as name`)]).toEqual([{ name: 'newer' }]);
  });

  test('is run even where a later one was run before it, as when two people each wrote one', async () => {
    const { sql } = await databaseForThisTest(home);
    await sql.begin((tx) => migrateWithin(tx, [made(9e12 + 1, 'create table later (id int)')]));
    await sql.begin((tx) => migrateWithin(tx, [made(9e12, 'create table earlier (id int)')]));
    expect([...(await sql`select to_regclass('earlier')::text as name`)]).toEqual([{ name: 'earlier' }]);
  });
});
