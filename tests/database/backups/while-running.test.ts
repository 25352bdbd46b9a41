import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/database.ts';
import { newFile, rowsOf, textOfBackup } from '../../support/databases/backup-files.ts';
import {
  begin,
  dataFolder,
  fillWith,
  halt,
  inUse,
  openFor,
  terminal,
  workFolders,
} from '../../support/databases/data-folders.ts';
import { byLength } from '../../support/length.ts';

describe('a backup while Flipside runs on the embedded database', () => {
  test('holds up nobody: what is asked and written meanwhile is answered before it is ready', async () => {
    const dataDir = await dataFolder();
    const database = await openFor(dataDir);
    await fillWith(database, byLength(10_000, 50_000));
    const file = newFile();
    const backup = begin('backup', ['--out', file], dataDir);
    await halt(backup, dataDir, file);
    for (let time = 0; time < 20; time++) await database.sql`insert into words values (0, 'meanwhile')`;
    backup.child.kill('SIGCONT');
    expect(await backup.ended).toMatchObject({ code: 0 });
    expect(await textOfBackup(file)).not.toContain('meanwhile');
    expect(fs.readdirSync(dataDir).sort()).toEqual(inUse);
  });

  test('is of one moment, while others write, delete, and write tables anew', async () => {
    const dataDir = await dataFolder();
    const database = await openFor(dataDir);
    const { sql } = database;
    await fillWith(database, 5000);
    await sql.unsafe('create table firsts (n int primary key); create table seconds (n int primary key)');
    let writing = true;
    let last = 0;
    const pairs = async () => {
      while (writing) {
        const n = ++last;
        await sql.begin(async (tx) => {
          await tx`insert into firsts values (${n})`;
          await tx`insert into seconds values (${n})`;
          await tx`update words set word = word || 'x' where n = ${(n * 7919) % 5000}`;
          await tx`delete from firsts where n = ${n - 300}`;
          await tx`delete from seconds where n = ${n - 300}`;
        });
      }
    };
    const anew = async () => {
      while (writing) {
        await sql`vacuum (full) firsts`;
        await sql.unsafe('drop table if exists fresh; create table fresh as select n from words');
        await database.checkpoint();
      }
    };
    const writers = Promise.all([pairs(), pairs(), anew()]);
    const files: string[] = [];
    for (let time = 0; time < byLength(1, 2); time++) {
      files.push(newFile());
      expect(await terminal('backup', ['--out', files.at(-1)!], dataDir)).toMatchObject({ code: 0 });
    }
    writing = false;
    await writers;
    for (const file of files) {
      const { firsts, seconds, words } = await rowsOf(file);
      expect(firsts!.length).toBeGreaterThan(0);
      expect(firsts).toEqual(seconds);
      expect(words).toHaveLength(5000);
    }
  });

  test('never has the secret in its copy, nor what is kept for asking without a name', async () => {
    const dataDir = await dataFolder();
    const kept = ['secret', 'envelope-key', 'slots/1/slot'];
    for (const name of kept) {
      fs.mkdirSync(path.dirname(path.join(dataDir, name)), { recursive: true });
      fs.writeFileSync(path.join(dataDir, name), `nobody but the owner reads ${name}`);
    }
    const database = await openFor(dataDir);
    await fillWith(database, 5000);
    const caller = net.connect(path.join(dataDir, 'backup.sock'));
    onTestFinished(() => void caller.destroy());
    await once(caller, 'data');
    const [copy] = workFolders(dataDir);
    expect(fs.readdirSync(copy!)).toEqual(['database']);
    expect(wordsBelow(copy!, 'PostgreSQL')).not.toEqual([]);
    expect(wordsBelow(dataDir, 'nobody but the owner').sort()).toEqual([...kept].sort());
  });

  test('that was killed leaves nothing, and Flipside goes on', async () => {
    const dataDir = await dataFolder();
    const database = await openFor(dataDir);
    await fillWith(database, byLength(10_000, 50_000));
    const file = newFile();
    const killed = begin('backup', ['--out', file], dataDir);
    await halt(killed, dataDir, file);
    killed.child.kill('SIGKILL');
    await killed.ended;
    await expect.poll(() => fs.readdirSync(dataDir).sort()).toEqual(inUse);
    expect(fs.readdirSync(path.dirname(file))).toEqual([]);
    const hasty = net.connect(path.join(dataDir, 'backup.sock'));
    hasty.on('error', () => {}).once('connect', () => hasty.destroy());
    await expect.poll(() => fs.readdirSync(dataDir).sort()).toEqual(inUse);
    expect([...(await database.sql`select count(*)::int as n from words`)][0]!.n).toBeGreaterThan(0);
  });

  test('leaves nothing after the next start where both were killed', async () => {
    const dataDir = await dataFolder();
    const database = await openFor(dataDir);
    const caller = net.connect(path.join(dataDir, 'backup.sock'));
    onTestFinished(() => void caller.destroy());
    await once(caller, 'data');
    // What two killed processes leave: their folder, held by nobody, and what was written so far.
    const left = path.join(dataDir, 'backups', '0123456789abcdef');
    fs.cpSync(workFolders(dataDir)[0]!, left, { recursive: true });
    const unfinished = `${newFile()}.unfinished-${2 ** 22 + 1}`;
    fs.writeFileSync(unfinished, 'Flipside backup 2\nand a part of everything');
    fs.writeFileSync(path.join(left, 'writes-to'), unfinished);
    const byOlder = path.join(dataDir, 'backup.0b7f2c1e-55aa-4b8e-9d57-0123456789ab');
    fs.writeFileSync(byOlder, 'a copy of everything, by an earlier version');
    await database.close();
    expect(fs.existsSync(left)).toBe(true);
    await openFor(dataDir);
    expect(fs.readdirSync(dataDir).sort()).toEqual(inUse);
    expect(fs.existsSync(unfinished)).toBe(false);
  });
});

/** Files below a folder that hold these words. */
function wordsBelow(folder: string, words: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
    .filter((file) => fs.readFileSync(file).includes(words))
    .map((file) => path.relative(folder, file));
}

describe('at the terminal', () => {
  test('a backup of the version before is restored into a new folder, and backed up from there', async () => {
    const old = path.join(import.meta.dirname, 'version-1.jsonl');
    const to = path.join(temporaryFolder(), 'new');
    expect(await terminal('restore', ['--in', old], to)).toEqual({
      code: 0,
      said: `Preparing the database, this takes some seconds once.\nRestored 4 rows from ${old}.`,
    });
    const file = newFile();
    expect(await terminal('backup', ['--out', file], to)).toEqual({
      code: 0,
      said: `${file} holds 4 rows. It opens nothing without the secret of this deployment: keep a copy of that in another place (docs/deploy.md).`,
    });
    const { people } = await rowsOf(file);
    expect(people!.map((row) => row.slice(0, 14))).toEqual([
      '(1,"Ida Öst",i',
      '(2,"Bo \\\\ Lind',
      '(3,"Cy\nTwo",cy',
    ]);
    expect(fs.readdirSync(to).sort()).toEqual(['database']);
    expect(await terminal('backup', ['--out', file], to)).toEqual({
      code: 1,
      said: `${file} is there already. Choose another name.`,
    });
  });

  test('says what to do when something is missing, and makes no folder for it', async () => {
    const nowhere = path.join(temporaryFolder(), 'nowhere');
    const spoilt = newFile();
    fs.writeFileSync(spoilt, 'Flipside backup 2\nand no more');
    const cases: ['backup' | 'restore', string[], string][] = [
      [
        'backup',
        ['--out', newFile()],
        `There is no database in ${nowhere}. Set DATA_DIR or DATABASE_URL as you do for Flipside itself.`,
      ],
      [
        'restore',
        ['--in', spoilt],
        `${spoilt} is not complete: its end is missing. Nothing was restored. Use another backup.`,
      ],
    ];
    for (const [name, parameters, sentence] of cases) {
      const answer = await terminal(name, parameters, nowhere);
      expect(answer.code).toBe(1);
      expect(answer.said).toContain(sentence);
      expect(answer.said).not.toContain('    at ');
    }
    expect(fs.existsSync(nowhere)).toBe(false);
  });
});
