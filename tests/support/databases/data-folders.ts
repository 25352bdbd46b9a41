// Data folders of the embedded database, and backups of them made at a terminal.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../../src/database/open.ts';
import { copyOfTemplate, temporaryFolder } from '../database.ts';

const program = (name: string) => path.resolve(import.meta.dirname, `../../../src/cli/${name}.ts`);

/** Starts `npm run backup` or `npm run restore` with what it would be given at a terminal. */
export function begin(name: 'backup' | 'restore', parameters: string[], dataDir: string) {
  const env = { ...process.env, BASE_URL: '', DATABASE_URL: '', DATA_DIR: dataDir };
  const child = spawn(process.execPath, [program(name), ...parameters], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said: said.trim() }));
  return { child, ended };
}

/** Runs it to its end. */
export const terminal = (...parameters: Parameters<typeof begin>) => begin(...parameters).ended;

/** A data folder as it is after the first start. */
export async function dataFolder(): Promise<string> {
  const folder = temporaryFolder();
  fs.renameSync(await copyOfTemplate(), path.join(folder, 'database'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens it until the test ends. */
export async function openFor(dataDir: string): Promise<Database> {
  const database = await openDatabase({ dataDir, log: () => {} });
  onTestFinished(database.close);
  return database;
}

/** Rows enough for a backup to take a while. */
export const fillWith = ({ sql }: Database, rows: number) =>
  sql.unsafe(
    `create table words as select n, repeat(md5(n::text), 5) as word from generate_series(1, ${rows}) n`,
  );

/** The folders in which backups of this data folder are at work. */
export function workFolders(dataDir: string): string[] {
  const folder = path.join(dataDir, 'backups');
  return fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

/** Stops a backup for a while once it reads its copy and writes to its file. */
export async function halt({ child }: { child: ChildProcess }, dataDir: string, file: string): Promise<void> {
  const isThere = (name: string) => name.startsWith(`${path.basename(file)}.unfinished`);
  await expect
    .poll(() => workFolders(dataDir).length > 0 && fs.readdirSync(path.dirname(file)).some(isThere), {
      interval: 1,
    })
    .toBe(true);
  child.kill('SIGSTOP');
  expect(fs.existsSync(file)).toBe(false);
}

/** The files of a data folder while its database is open. */
export const inUse = ['backup.sock', 'database', 'flipside.pid', 'flipside.sock'];
