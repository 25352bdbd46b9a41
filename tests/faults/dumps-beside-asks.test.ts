// A dump or a backup that is really running, and stands still in the middle of its work, holds up nobody who asks without a name.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { realPostgres, temporaryFolder } from '../support/database.ts';
import { newFile } from '../support/databases/backup-files.ts';
import { begin, dataFolder, fillWith, halt, openFor } from '../support/databases/data-folders.ts';
import { postgresPrograms } from '../support/databases/postgres-server.ts';
import { published } from '../support/events.ts';
import { askNameless, handsOf, publishNext } from '../support/nameless/slips.ts';
import { testSlot } from '../support/nameless/slot.ts';
import { needs } from '../support/needs.ts';
import { useWorld, type World, worldOn } from '../support/world.ts';

const everyone = [0, 1, 2, 3, 4];
const allOfThem = everyone.map((n) => `Question ${n}`);

/** Five guests who ask one after the other. */
async function circle(world: World) {
  const guests = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hands = await handsOf(world.ctx, event, guests, ['ask']);
  return async () => {
    for (const n of everyone) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Question ${n}`);
  };
}

async function shown({ db }: Pick<World, 'db'>): Promise<string[]> {
  const rows = await db.execute<{ text: string }>(sql`SELECT text FROM nameless_questions ORDER BY text`);
  return rows.map(({ text }) => text);
}

needs('postgresql')('on a PostgreSQL server', () => {
  const world = useWorld({ home: 'server' });

  /** Rows enough for a dump to take a while, in a table that comes last. */
  async function ballast(): Promise<void> {
    await world.db.execute(sql`DROP TABLE IF EXISTS zz_ballast`);
    await world.db.execute(
      sql`CREATE TABLE zz_ballast AS SELECT n, repeat(md5(n::text), 5) AS word FROM generate_series(1, 300000) n`,
    );
    onTestFinished(async () => void (await world.db.execute(sql`DROP TABLE zz_ballast`)));
  }

  async function url(): Promise<string> {
    const [row] = await world.db.execute<{ name: string }>(sql`SELECT current_database() AS name`);
    const address = new URL(await realPostgres());
    address.pathname = `/${row!.name}`;
    return address.href;
  }

  /** Tables that somebody else reads in a transaction that is open. */
  async function readByOthers(): Promise<string[]> {
    const rows = await world.db.execute<{ name: string }>(sql`
      SELECT DISTINCT c.relname AS name FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.pid <> pg_backend_pid()
        AND l.granted AND c.relname IN ('zz_ballast', 'nameless_questions', 'nameless_envelope', 'events') ORDER BY 1`);
    return rows.map(({ name }) => name);
  }
  const read = ['events', 'nameless_envelope', 'nameless_questions', 'zz_ballast'];

  /** Stops it while it reads its last table, and asks meanwhile. */
  async function askBeside(child: ChildProcess, ask: () => Promise<void>): Promise<number | null> {
    const ended = once(child, 'close').then(([code]) => code as number | null);
    await expect.poll(readByOthers, { interval: 5 }).toEqual(read);
    child.kill('SIGSTOP');
    onTestFinished(() => void child.kill('SIGKILL'));
    await ask();
    await publishNext(world);
    expect(await shown(world)).toEqual(allOfThem);
    expect(await readByOthers()).toEqual(read);
    child.kill('SIGCONT');
    return ended;
  }

  test('pg_dump holds up neither asks nor the tick that publishes them', async () => {
    const ask = await circle(world);
    await ballast();
    const program = path.join(postgresPrograms()!, 'pg_dump');
    const child = spawn(program, ['--no-unlogged-table-data', '--file', '/dev/null', await url()]);
    expect(await askBeside(child, ask)).toBe(0);
  });

  test('npm run backup holds up neither asks nor the tick that publishes them', async () => {
    const ask = await circle(world);
    await ballast();
    const file = newFile();
    const env = { ...process.env, BASE_URL: '', DATABASE_URL: await url(), DATA_DIR: temporaryFolder() };
    const program = path.resolve(import.meta.dirname, '../../src/cli/backup.ts');
    const child = spawn(process.execPath, [program, '--out', file], { env });
    expect(await askBeside(child, ask)).toBe(0);
    expect(fs.existsSync(file)).toBe(true);
  });
});

test('npm run backup of the embedded database holds up neither asks nor the tick that publishes them', async () => {
  const dataDir = await dataFolder();
  const database = await openFor(dataDir);
  await database.db.execute(sql`CREATE TABLE queue_of_tests (id serial, job text, data jsonb)`);
  await fillWith(database, 10_000);
  const slot = testSlot('embedded');
  const world = await worldOn(database, slot, {});
  onTestFinished(() => slot.close({ remove: true }));
  const ask = await circle(world);
  const file = newFile();
  const backup = begin('backup', ['--out', file], dataDir);
  onTestFinished(() => void backup.child.kill('SIGKILL'));
  await halt(backup, dataDir, file);
  await ask();
  await publishNext(world);
  expect(await shown(world)).toEqual(allOfThem);
  expect(fs.existsSync(file)).toBe(false);
  backup.child.kill('SIGCONT');
  expect(await backup.ended).toMatchObject({ code: 0 });
  expect(fs.existsSync(file)).toBe(true);
});
