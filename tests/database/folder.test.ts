import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lockByPidFile, lockFolder } from '../../src/database/folder-lock.ts';
import { openDatabase } from '../../src/database/open.ts';
import { temporaryFolder } from '../support/database.ts';
import { dataFolder } from '../support/databases/data-folders.ts';
import { run } from './programs/run.ts';

const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

test('the embedded database keeps what would hold up the thread of pages short', async () => {
  const folder = await dataFolder();
  const database = await openDatabase({ dataDir: folder, log: () => {} });
  const rows = await database.sql`select name, setting from pg_settings
    where name in ('wal_init_zero', 'gin_pending_list_limit') order by name`;
  await database.close();
  expect(rows.map(({ name, setting }) => [name, setting])).toEqual([
    ['gin_pending_list_limit', '256'],
    ['wal_init_zero', 'off'],
  ]);
});

describe('one process per data folder', { timeout: 1_200_000 }, () => {
  test('a second start is refused, in a sentence that says who holds the folder, while the first goes on', async () => {
    const folder = await dataFolder();
    const first = run('hold.ts', [folder]);
    await first.says('open');
    const second = run('hold.ts', [folder]);
    expect(await second.says('held')).toBe(
      `held: Flipside is already running on ${fs.realpathSync(folder)}: process ${first.child.pid} holds it. ` +
        'Stop that one first, or set DATA_DIR to another folder.',
    );
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(first.child.exitCode).toBe(null);
    first.child.stdin?.end();
    expect(await first.says('closed')).toBe('closed');
  });

  test('by whatever name the folder is called', async () => {
    const folder = await dataFolder();
    const other = `${folder}-link`;
    fs.symlinkSync(folder, other);
    onTestFinished(() => fs.rmSync(other));
    const lock = await lockFolder(folder);
    expect(await said(lockFolder(other))).toMatch(`process ${process.pid} holds it`);
    await lock.release();
    await lockFolder(other).then((again) => again.release());
  });

  test("a killed process's folder is taken over at once, with what it had written", async () => {
    const folder = await dataFolder();
    const first = run('insert.ts', [folder]);
    await first.says('id 20');
    first.child.kill('SIGKILL');
    await first.ended;
    const database = await openDatabase({ dataDir: folder, log: () => {} });
    const [row] = await database.sql`select count(*)::int as n from acknowledged`;
    await database.close();
    expect(row?.n).toBeGreaterThanOrEqual(20);
  });

  test('also where the other one is in another container', async () => {
    const folder = await dataFolder();
    // Of the process in the other container only the socket in the folder can be seen here.
    const other = net.createServer().listen(path.join(folder, 'flipside.sock'));
    await once(other, 'listening');
    fs.writeFileSync(path.join(folder, 'flipside.pid'), '17\n');
    expect(await said(lockFolder(folder))).toMatch('process 17 holds it');
    await new Promise((resolve) => other.close(resolve));
    await lockFolder(folder).then((lock) => lock.release());
  });

  test('after closing, the next may open', async () => {
    const folder = await dataFolder();
    for (const _ of [1, 2]) {
      const database = await openDatabase({ dataDir: folder, log: () => {} });
      await database.close();
    }
    expect(fs.readdirSync(folder)).toEqual(['database']);
  });
});

describe('where there are no abstract sockets, a file holds the lock', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const pidFile = () => path.join(folder, 'flipside.pid');

  test('while its process lives', async () => {
    const lock = await lockByPidFile(folder);
    expect(await said(lockByPidFile(folder))).toMatch(`process ${process.pid} holds it`);
    await lock.release();
    expect(fs.existsSync(pidFile())).toBe(false);
  });

  test('and no longer', async () => {
    const dead = run('hold.ts', ['/dev/null/nowhere']);
    await dead.ended;
    fs.writeFileSync(pidFile(), `${dead.child.pid}\n`);
    const lock = await lockByPidFile(folder);
    expect(fs.readFileSync(pidFile(), 'utf8')).toBe(`${process.pid}\n`);
    await lock.release();
  });
});

describe('the first start', { timeout: 1_200_000 }, () => {
  test('that was killed leaves nothing in the way of the next', async () => {
    const folder = temporaryFolder();
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const killed = run('hold.ts', [folder]);
    await killed.says('Preparing the database, this takes some seconds once.');
    await expect
      .poll(() => fs.readdirSync(folder).some((name) => name.startsWith('database.unfinished')))
      .toBe(true);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(fs.existsSync(path.join(folder, 'database'))).toBe(false);

    const next = run('hold.ts', [folder]);
    await next.says('open');
    next.child.stdin?.end();
    expect(await next.ended).toEqual({ code: 0, signal: null });
    // Its helper ends a moment after it does.
    await expect.poll(() => fs.readdirSync(folder)).toEqual(['database']);
  });

  test('whose helper the system kills for want of memory says so, and leaves nothing', async () => {
    const folder = temporaryFolder();
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    const killHelper = async () => {
      const children = () =>
        fs.readFileSync(`/proc/${first.child.pid}/task/${first.child.pid}/children`, 'utf8');
      await expect
        .poll(() => fs.readdirSync(folder).some((name) => name.startsWith('database.unfinished')))
        .toBe(true);
      process.kill(Number(children().trim()), 'SIGKILL');
    };
    const first = run('hold.ts', [folder]);
    await first.says('Preparing the database, this takes some seconds once.');
    await killHelper();
    expect(await first.says('folder')).toBe(
      `folder: No database could be made in ${folder}: the program that makes it was ended by the system (SIGKILL), ` +
        'most likely for want of memory. Give Flipside 512 MB for the first start, or set DATABASE_URL.',
    );
    expect(await first.ended).toEqual({ code: 1, signal: null });
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('on a folder that cannot be used says so', async () => {
    const message = await said(openDatabase({ dataDir: '/dev/null/data' }));
    expect(message).toMatch(
      /^The data folder \/dev\/null\/data cannot be used: .*Set DATA_DIR to another\.$/,
    );
  });

  test('on a folder of another PostgreSQL says what to do', async () => {
    const folder = await dataFolder();
    fs.writeFileSync(path.join(folder, 'database', 'PG_VERSION'), '17\n');
    expect(await said(openDatabase({ dataDir: folder }))).toBe(
      `${folder}/database was written by PostgreSQL 17, this Flipside reads 18. ` +
        'Run npm run backup with the Flipside that wrote it, and npm run restore into a new folder with this one.',
    );
    await lockFolder(folder).then((lock) => lock.release());
  });
});

describe('when the disk is full', { timeout: 1_200_000 }, () => {
  // A limit on the size of files stands in for it: the log cannot begin its next file of 16 MB. The shell counts
  // in blocks of 512 bytes.
  const limited = ['sh', '-c', 'ulimit -f 32767; exec "$0" "$@"'];

  test('Flipside stops with a sentence, and what was acknowledged is there afterwards', async () => {
    const folder = await dataFolder();
    // A file of the log that has just begun, so that there is room to start in.
    const roomy = await openDatabase({ dataDir: folder });
    await roomy.sql`select pg_switch_wal()`;
    await roomy.sql`checkpoint`;
    await roomy.close();
    const stopped = run('insert.ts', [folder, 'Infinity', '1', '60000'], limited);
    expect(await stopped.ended).toEqual({ code: 1, signal: null });
    expect(stopped.lines.at(-1)).toMatch(
      /^The embedded database stopped: could not .*: File too large\. Flipside stops/,
    );
    const ids = stopped.lines.filter((line) => line.startsWith('id')).map((line) => Number(line.slice(3)));
    expect(ids.length).toBeGreaterThan(0);
    const database = await openDatabase({ dataDir: folder });
    const rows = await database.sql`select id::int from acknowledged where id = any(${ids}) order by id`;
    await database.close();
    expect(rows.map((row) => row.id)).toEqual(ids);
  });
});
