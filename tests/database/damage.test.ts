import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CannotOpen, damageIn, openDatabase } from '../../src/database/open.ts';
import { dataFolder, openFor } from '../support/databases/data-folders.ts';
import { run } from './programs/run.ts';

/** The file of this table below the folder of the database. */
async function fileOf(dataDir: string, table: string): Promise<string> {
  const database = await openDatabase({ dataDir, log: () => {} });
  await database.sql`insert into settings values ('deployment', 'of somebody')`;
  const [row] = await database.sql`select pg_relation_filepath(${table}::text::regclass) as file`;
  await database.close();
  return row!.file;
}

/** The sentence with which a data folder is refused after this was done to its database. Anything else fails the test. */
async function sentenceAfter(dataDir: string, act: (folder: string) => void): Promise<string> {
  const spoilt = `${dataDir}-spoilt`;
  fs.cpSync(dataDir, spoilt, { recursive: true });
  onTestFinished(() => fs.rmSync(spoilt, { recursive: true, force: true }));
  act(path.join(spoilt, 'database'));
  const error = await openDatabase({ dataDir: spoilt, log: () => {} }).then(
    (database) => database.close(),
    (thrown) => thrown,
  );
  fs.rmSync(spoilt, { recursive: true, force: true });
  expect(error).toBeInstanceOf(CannotOpen);
  expect(error.message).toContain('restore a backup into a new one: DATA_DIR=');
  return error.message.replaceAll(spoilt, 'DATA');
}

describe('an embedded database', () => {
  test('with a file that is cut, missing or another is refused with a sentence, and no row is lost without a word', async () => {
    const dataDir = await dataFolder();
    const settings = await fileOf(dataDir, 'settings');
    const cases: [(folder: string) => void, RegExp][] = [
      [
        (folder) => fs.truncateSync(path.join(folder, settings), 100),
        new RegExp(`^The database is damaged: DATA/database/${settings} ends within a page\\.`),
      ],
      [
        (folder) => fs.rmSync(path.join(folder, settings)),
        /^The database is damaged: files are missing \(of settings\)\./,
      ],
      [
        (folder) => fs.truncateSync(path.join(folder, 'global/pg_control'), 100),
        /^The database in DATA\/database does not open: could not read file "global\/pg_control": read 100 of 296\./,
      ],
      [
        (folder) => fs.rmSync(path.join(folder, 'pg_wal'), { recursive: true }),
        /^The database in DATA\/database does not open: /,
      ],
      [
        (folder) => fs.writeFileSync(path.join(folder, 'PG_VERSION'), ''),
        /^The database in DATA\/database does not open: PG_VERSION, which tells what wrote it,/,
      ],
      [
        (folder) => {
          fs.rmSync(folder, { recursive: true });
          fs.writeFileSync(folder, 'a file');
        },
        /^The database in DATA\/database does not open: it is a file, not a folder\./,
      ],
    ];
    for (const [act, sentence] of cases) expect(await sentenceAfter(dataDir, act)).toMatch(sentence);
    const database = await openFor(dataDir);
    expect([...(await database.sql`select value from settings`)]).toEqual([{ value: 'of somebody' }]);
  });

  test('with a changed letter in a table says so where it is read', async () => {
    const dataDir = await dataFolder();
    const file = path.join(dataDir, 'database', await fileOf(dataDir, 'settings'));
    const bytes = fs.readFileSync(file);
    bytes[8100]! ^= 1;
    fs.writeFileSync(file, bytes);
    const database = await openFor(dataDir);
    const error = await database.db.execute('select value from settings').catch((thrown) => thrown);
    expect(damageIn(error)).toMatch(/^The database is damaged: invalid page in block 0 of relation/);
    expect(damageIn(await database.db.execute('select nothing').catch((thrown) => thrown))).toBe(undefined);
  });

  test('whose list of updates is lost says so', async () => {
    const database = await openFor(await dataFolder());
    await database.sql`delete from drizzle.__drizzle_migrations`;
    await expect(database.migrate()).rejects.toThrow(
      /^The database cannot be brought up to date \(relation "\w+" already exists\): the list of updates/,
    );
  });

  test('that was killed while a file grew mends that by itself', async () => {
    const dataDir = await dataFolder();
    const file = path.join(dataDir, 'database', await fileOf(dataDir, 'settings'));
    const killed = run('insert.ts', [dataDir]);
    await killed.says('id 3');
    killed.child.kill('SIGKILL');
    await killed.ended;
    fs.appendFileSync(file, Buffer.alloc(100));
    const database = await openFor(dataDir);
    expect([...(await database.sql`select value from settings`)]).toEqual([{ value: 'of somebody' }]);
  });
});

describe('on a server', () => {
  test('an extension that is not installed is not called damage', () => {
    const error = { code: '58P01', message: 'could not open extension control file "/usr/share/x.control"' };
    expect(damageIn({ cause: error })).toBe(undefined);
    expect(
      damageIn({ cause: { ...error, message: 'could not open file "base/5/16620": No such file' } }),
    ).toMatch(/^The database is damaged/);
  });
});
