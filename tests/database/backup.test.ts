import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { askForBackup, backUp, type Database, openDatabase, restore } from '../../src/database/open.ts';
import {
  copyOfTemplate,
  databaseForThisTest,
  type Home,
  onBothHomes,
  temporaryFolder,
} from '../support/database.ts';
import { needs } from '../support/needs.ts';
import { run } from './programs/run.ts';

const folder = temporaryFolder();
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = () => path.join(folder, `${++files}.backup`);
const text = (file: string) => fs.readFileSync(file, 'utf8');
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

/** Tables with everything that is hard to carry over, beside Flipside's own. */
async function withOddTables(database: Database): Promise<Database> {
  await database.sql.unsafe(`
    create type mood as enum ('glad', 'so so');
    create table odd_people (
      id int generated always as identity primary key,
      name text not null, boss int references odd_people, team int,
      shout text generated always as (upper(name)) stored,
      photo bytea, notes jsonb, tags text[], mood mood, share numeric, score float8, seen timestamptz, born date,
      passed interval);
    create table odd_teams (id serial primary key, lead int not null references odd_people, motto text);
    alter table odd_people add constraint in_a_team foreign key (team) references odd_teams;
    create table odd_keyless (word text, number int);
    create function forbid() returns trigger language plpgsql as $$ begin raise 'no more people'; end $$;
    create trigger forbid before insert on odd_people for each row when (new.name = 'Bo') execute function forbid()`);
  return database;
}

async function fillOddTables({ sql }: Database): Promise<void> {
  await sql.unsafe(`
    alter table odd_people disable trigger forbid;
    insert into odd_people (name, boss, photo, notes, tags, mood, share, score, seen, born, passed) values
      ('Ada "the \\ first", (1)', 3, '\\x00ff5c2c', 'null', '{"a,b",NULL,"\\"q\\""}', 'glad',
        123456789012345678.000000000001, 0.1, '2027-03-28 01:59:59.123456+00', '0044-03-15 BC', '1 mon -3 days 04:05:06'),
      (E'zwei\\nZeilen\\tund\\rmehr', 1, '', null, '{}', 'so so', 'NaN', 'infinity', 'infinity', '-infinity', '0'),
      ('', 2, null, '{"z": [1, {"a": "𝄞 ä"}], "a": ""}', null, null, -0.00, -0.0, '1883-11-18 12:03:58-04:56:02', null, null),
      ('Bo', null, decode(repeat('ab', 100000), 'hex'), '1', '{{1,2},{3,4}}', null, 1e-20, 1e300, null, null, null);
    insert into odd_teams (lead, motto) values (2, 'we''ll see'), (4, null);
    update odd_people set team = 1 where id <> 3;
    insert into odd_keyless select 'word ' || n % 7, n from generate_series(1, 1000) n;
    alter table odd_people enable trigger forbid`);
}

async function full(home: Home): Promise<Database> {
  const database = await withOddTables(await databaseForThisTest(home));
  await fillOddTables(database);
  return database;
}
const empty = async (home: Home) => withOddTables(await databaseForThisTest(home));

async function backUpToNew(database: Database): Promise<string> {
  const file = newFile();
  await backUp(database.sql, file);
  return file;
}

onBothHomes('a backup', (home) => {
  test('restored is the same, byte for byte', async () => {
    const first = await backUpToNew(await full(home));
    expect(text(first)).toContain('zwei');
    const other = await empty(home);
    expect(await restore(other.sql, first)).toBe(1006);
    expect(text(await backUpToNew(other)) === text(first)).toBe(true);
  });

  test('restored goes on where it was: ids, references, triggers', async () => {
    const file = await backUpToNew(await full(home));
    const { sql } = await empty(home);
    await restore(sql, file);
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
    const file = await backUpToNew(await full(home));
    const taken = await empty(home);
    await taken.sql`insert into odd_keyless values ('mine', 1)`;
    expect(await said(restore(taken.sql, file))).toBe(
      'There are already rows in odd_keyless. A backup is restored into a new database only: ' +
        'set DATA_DIR to a new folder, or DATABASE_URL to a new database.',
    );
    expect([...(await taken.sql`select * from odd_keyless`)]).toEqual([{ word: 'mine', number: 1 }]);
  });

  test('that is damaged changes nothing', async () => {
    const whole = text(await backUpToNew(await full(home)));
    const lines = whole.split('\n');
    const cases: [string, string][] = [
      [whole.slice(0, whole.lastIndexOf('{"end"')), 'This backup is not complete: its end is missing.'],
      [whole.slice(0, whole.length / 2), 'is damaged or not a backup of Flipside.'],
      [
        lines.toSpliced(lines.indexOf('"(\\"word 1\\",1)"'), 1).join('\n'),
        'it should hold 1006 rows and holds 1005',
      ],
      ['name;email\nAda;ada@example.org\n', 'is damaged or not a backup of Flipside.'],
      ['{"name": "flipside"}\n', 'This file is not a backup of Flipside.'],
      ['', 'This file is not a backup of Flipside.'],
      [whole.replace('"version":1', '"version":2'), 'This backup was written by a newer Flipside.'],
      [
        whole.replace('"migrations":[', '"migrations":[9999999999999,'),
        'This backup was written by a newer Flipside.',
      ],
      [
        whole.replace('"motto"', '"slogan"'),
        'The table odd_teams of the backup is not the one this Flipside knows.',
      ],
    ];
    const target = await empty(home);
    for (const [content, sentence] of cases) {
      const file = newFile();
      fs.writeFileSync(file, content);
      expect(await said(restore(target.sql, file))).toMatch(sentence);
    }
    expect([...(await target.sql`select count(*)::int as n from odd_people`)]).toEqual([{ n: 0 }]);
    const good = newFile();
    fs.writeFileSync(good, whole);
    expect(await restore(target.sql, good)).toBe(1006);
  });

  test('does not write over a file, and leaves none behind when it fails', async () => {
    const database = await databaseForThisTest(home);
    const file = newFile();
    fs.writeFileSync(file, 'dear old backup');
    expect(await said(backUp(database.sql, file))).toMatch('EEXIST');
    expect(text(file)).toBe('dear old backup');
    const other = newFile();
    await database.close();
    expect(await said(backUp(database.sql, other))).not.toBe('nothing');
    expect(fs.existsSync(other)).toBe(false);
  });

  test('is readable by its owner only', async () => {
    const file = await backUpToNew(await databaseForThisTest(home));
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });
});

needs('postgresql')('between homes', () => {
  test('from the embedded database to a server and back, every byte is the same', async () => {
    const start = await backUpToNew(await full('embedded'));
    const server = await empty('server');
    await restore(server.sql, start);
    const between = await backUpToNew(server);
    const end = await empty('embedded');
    await restore(end.sql, between);
    expect(text(between) === text(start)).toBe(true);
    expect(text(await backUpToNew(end)) === text(start)).toBe(true);
  });

  test('a backup is of one moment, while others write', async () => {
    const busy = await empty('server');
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
    for (const file of moments) {
      const target = await empty('embedded');
      await restore(target.sql, file);
      const [row] = await target.sql`
        select (select count(*)::int from odd_people) as people, (select count(*)::int from odd_keyless) as words`;
      expect(row?.people).toBe(row?.words);
    }
    expect(text(moments.at(-1)!).length).toBeGreaterThan(text(moments[0]!).length);
  });
});

describe('at the terminal', { timeout: 1_200_000 }, () => {
  const cli = (name: string) => `../../../src/cli/${name}.ts`;
  async function terminal(name: string, parameters: string[], dataDir: string) {
    const program = run(cli(name), parameters, ['sh', '-c', 'exec "$0" "$@" 2>&1'], {
      DATA_DIR: dataDir,
      DATABASE_URL: '',
    });
    const { code } = await program.ended;
    return { code, said: program.lines.join('\n') };
  }
  async function dataDir(): Promise<string> {
    const made = fs.mkdtempSync(path.join(folder, 'data-'));
    fs.renameSync(await copyOfTemplate(), path.join(made, 'database'));
    return made;
  }

  test('npm run backup and npm run restore carry a folder to another', async () => {
    const from = await dataDir();
    const file = newFile();
    expect(await terminal('backup', ['--out', file], from)).toEqual({
      code: 0,
      said: `${file} holds 0 rows. It opens nothing without the secret of this deployment: keep a copy of that in another place (docs/deploy.md).`,
    });
    const to = path.join(folder, 'new');
    expect(await terminal('restore', ['--in', file], to)).toEqual({
      code: 0,
      said: `Preparing the database, this takes some seconds once.\nRestored 0 rows from ${file}.`,
    });
    expect(await terminal('migrate', [], to)).toEqual({ code: 0, said: 'The database is up to date.' });
    const again = newFile();
    await terminal('backup', ['--out', again], to);
    expect(text(again)).toBe(text(file));
  });

  test('a backup is also to be had while Flipside runs', async () => {
    const dir = await dataDir();
    const running = await openDatabase({ dataDir: dir });
    onTestFinished(running.close);
    await running.sql`create table odd_words as select 'word' || n as word from generate_series(1, 500) n`;
    const inside = ['backup.sock', 'database', 'flipside.pid', 'flipside.sock'];
    const file = newFile();
    const answer = await terminal('backup', ['--out', file], dir);
    expect(answer.said).toMatch(`${file} holds 500 rows.`);
    expect(text(file)).toContain('word499');
    expect(fs.readdirSync(dir).sort()).toEqual(inside);
    expect(await said(askForBackup(dir, file))).toMatch('EEXIST');
    expect(text(file)).toContain('word499');
    const hasty = net.connect(path.join(dir, 'backup.sock'));
    hasty.once('connect', () => hasty.destroy());
    await expect.poll(() => fs.readdirSync(dir).sort()).toEqual(inside);
    expect(await askForBackup(dir, newFile())).toBe(500);
  });

  test('says what to do when something is missing', async () => {
    const nowhere = path.join(folder, 'nowhere');
    expect(await terminal('backup', [], nowhere)).toEqual({
      code: 1,
      said: 'Say where to: npm run backup -- --out flipside.backup',
    });
    expect(await terminal('backup', ['--out', newFile()], nowhere)).toEqual({
      code: 1,
      said: `There is no database in ${nowhere}. Set DATA_DIR or DATABASE_URL as you do for Flipside itself.`,
    });
    expect(fs.existsSync(nowhere)).toBe(false);
    expect(await terminal('restore', ['--in', nowhere], await dataDir())).toEqual({
      code: 1,
      said: `There is no ${nowhere}.`,
    });
    expect((await terminal('restore', ['--out', nowhere], nowhere)).said).toMatch("Unknown option '--out'");
  });
});
