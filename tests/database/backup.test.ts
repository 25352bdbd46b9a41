import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { backUp, checkBackup, type Database, restore } from '../../src/database/open.ts';
import { databaseForThisTest, onBothHomes, testDatabase } from '../support/database.ts';
import { fileOf, newFile, packed, rowsOf, textOfBackup } from '../support/databases/backup-files.ts';
import { dropOddTables, fillOddTables, makeOddTables } from '../support/databases/odd-tables.ts';
import { emptyTables } from '../support/lending.ts';
import { needs } from '../support/needs.ts';

const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

async function backUpToNew({ sql }: Database): Promise<string> {
  const file = newFile();
  await backUp(sql, file);
  return file;
}

const restoreFrom = async ({ sql }: Database, file: string) => restore(sql, await checkBackup(file));
const bytesOf = (file: string) => fs.readFileSync(file, 'latin1');

onBothHomes('a backup', async (home) => {
  const database = await testDatabase(home);
  await makeOddTables(database);
  afterAll(() => dropOddTables(database));
  beforeEach(async () => {
    await emptyTables(database.db);
    await fillOddTables(database);
  });

  test('restored is the same, byte for byte', async () => {
    const first = await backUpToNew(database);
    expect(await textOfBackup(first)).toContain('zwei');
    await emptyTables(database.db);
    expect(await restoreFrom(database, first)).toBe(1006);
    expect(bytesOf(await backUpToNew(database)) === bytesOf(first)).toBe(true);
  });

  test('restored goes on where it was: ids, references, triggers', async () => {
    const file = await backUpToNew(database);
    await emptyTables(database.db);
    const { sql } = database;
    await restoreFrom(database, file);
    expect([...(await sql`insert into odd_people (name, boss) values ('Cy', 4) returning id`)]).toEqual([
      { id: 5 },
    ]);
    expect(await said(sql`insert into odd_people (name, boss) values ('Di', 99)`.execute())).toMatch(
      'violates foreign key constraint "odd_people_boss_fkey"',
    );
    expect(await said(sql`insert into odd_people (name) values ('Bo')`.execute())).toBe('no more people');
    expect([...(await sql`select shout from odd_people where id = 4`)]).toEqual([{ shout: 'BO' }]);
  });

  test('goes only into an empty database, and says where to', async () => {
    const file = await backUpToNew(database);
    await emptyTables(database.db);
    await database.sql`insert into odd_keyless values ('mine', 1)`;
    expect(await said(restoreFrom(database, file))).toBe(
      'There are already rows in odd_keyless. A backup is restored into a new database only: ' +
        'set DATA_DIR to a new folder, or DATABASE_URL to a new database.',
    );
    expect([...(await database.sql`select * from odd_keyless`)]).toEqual([{ word: 'mine', number: 1 }]);
  });

  test('with what the database does not take changes nothing, and says so', async () => {
    const whole = await textOfBackup(await backUpToNew(database));
    await emptyTables(database.db);
    const cases: [string, string][] = [
      [
        whole.replace('"motto"', '"slogan"'),
        'The table odd_teams of the backup is not the one this Flipside knows.',
      ],
      [
        whole.replace('"(4,Bo,', '"(3,Bo,'),
        'the database does not take what is in it (duplicate key value violates unique constraint "odd_people_pkey")',
      ],
      [whole.replace('"(4,Bo,', '"(4,Bo,Bo,'), '(invalid input syntax for type integer: "Bo")'],
      [whole.replace('"(4,Bo,', '"4,Bo,'), '(malformed record literal'],
      [
        whole.replace('"(4,Bo,,', '"(4,Bo,99,'),
        'insert or update on table "odd_people" violates foreign key constraint "odd_people_boss_fkey"',
      ],
    ];
    for (const [content, sentence] of cases) {
      expect(content).not.toBe(whole);
      expect(await said(restoreFrom(database, fileOf(await packed(content))))).toContain(sentence);
    }
    expect(await said(restoreFrom(database, fileOf(cases[1]![0])))).toContain(cases[1]![1]);
    expect([...(await database.sql`select count(*)::int as n from odd_people`)]).toEqual([{ n: 0 }]);
  });

  test('as the version before wrote it is taken like one of today', async () => {
    const today = await backUpToNew(database);
    await emptyTables(database.db);
    expect(await restoreFrom(database, fileOf(await textOfBackup(today)))).toBe(1006);
    expect(bytesOf(await backUpToNew(database)) === bytesOf(today)).toBe(true);
  });

  test('is small, and readable by its owner only', async () => {
    const file = await backUpToNew(database);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.statSync(file).size).toBeLessThan((await textOfBackup(file)).length / 10);
  });

  test('does not write over a file', async () => {
    const file = fileOf('dear old backup');
    expect(await said(backUp(database.sql, file))).toMatch('EEXIST');
    expect(fs.readFileSync(file, 'utf8')).toBe('dear old backup');
  });
});

needs('postgresql')('on a server', () => {
  test('a backup that fails leaves no file behind, and a killed one is removed by the next', async () => {
    const database = await databaseForThisTest('server');
    const file = newFile();
    const dead = 2 ** 22 + 1; // no process has so high a number
    fs.writeFileSync(`${file}.unfinished-${dead}`, 'Flipside backup 2\nand a part of everything');
    fs.writeFileSync(`${file}.mine.unfinished-${dead}`, 'somebody else’s');
    await backUp(database.sql, file);
    expect(fs.readdirSync(path.dirname(file)).sort()).toEqual([
      'flipside.backup',
      `flipside.backup.mine.unfinished-${dead}`,
    ]);
    const other = newFile();
    await database.close();
    expect(await said(backUp(database.sql, other))).not.toBe('nothing');
    expect(fs.readdirSync(path.dirname(other))).toEqual([]);
  });

  test('a backup is of one moment, while others write', async () => {
    const busy = await databaseForThisTest('server');
    await makeOddTables(busy);
    let writing = true;
    const write = async () => {
      while (writing) {
        await busy.sql.begin(async (tx) => {
          const [row] = await tx`insert into odd_people (name) values ('pair') returning id`;
          await tx`insert into odd_keyless values ('pair', ${row!.id})`;
        });
      }
    };
    const writers = Promise.all([write(), write()]);
    const moments: string[] = [];
    for (let time = 0; time < 5; time++) moments.push(await backUpToNew(busy));
    writing = false;
    await writers;
    const pairs = await Promise.all(moments.map(rowsOf));
    for (const { odd_people, odd_keyless } of pairs) expect(odd_people!.length).toBe(odd_keyless!.length);
    expect(pairs.at(-1)!.odd_people!.length).toBeGreaterThan(pairs[0]!.odd_people!.length);
  });
});

needs('postgresql')('between homes', () => {
  describe('from the embedded database to a server and back', async () => {
    const embedded = await testDatabase('embedded');
    await makeOddTables(embedded);
    afterAll(() => dropOddTables(embedded));

    test('every byte is the same', async () => {
      await fillOddTables(embedded);
      const start = await backUpToNew(embedded);
      const server = await databaseForThisTest('server');
      await makeOddTables(server);
      await restoreFrom(server, start);
      const between = await backUpToNew(server);
      await emptyTables(embedded.db);
      await restoreFrom(embedded, between);
      expect(bytesOf(between) === bytesOf(start)).toBe(true);
      expect(bytesOf(await backUpToNew(embedded)) === bytesOf(start)).toBe(true);
    });
  });
});
