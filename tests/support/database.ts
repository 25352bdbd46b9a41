import fs from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, test as base, describe, inject, onTestFinished } from 'vitest';
import { databaseOn } from '../../src/database/embedded.ts';
import { openFolderInHaste } from '../../src/database/folder.ts';
import { type Database, type Db, openDatabase, type Tx } from '../../src/database/open.ts';
import { withDatabase } from './databases/postgres-server.ts';
import { borrow } from './lending.ts';
import { needs } from './needs.ts';

export type Home = Database['home'];

/**
 * A migrated, empty database for a test file, given back at its end. At the top of the file or of a describe:
 * `const database = await testDatabase();`. The server one belongs inside `needs('postgresql')`.
 */
export async function testDatabase(home: Home = 'embedded'): Promise<Database> {
  const database = await openTestDatabase(home);
  afterAll(database.close);
  return database;
}

/** A database of its own for the one test that calls it, where the test needs an engine that nobody used before. */
export async function databaseForThisTest(home: Home = 'embedded'): Promise<Database> {
  const database = home === 'server' ? await openTestDatabase(home) : await openNewEmbedded();
  onTestFinished(database.close);
  return database;
}

/** The same as `testDatabase`, and you close it. The embedded one is the worker's own, emptied when it is closed. */
export async function openTestDatabase(home: Home): Promise<Database> {
  return home === 'server'
    ? openDatabase({ url: await realPostgres(), dataDir: '' })
    : borrow(openNewEmbedded);
}

async function openNewEmbedded(): Promise<Database> {
  const folder = await copyOfTemplate();
  const onDeath = (reason: string) => {
    console.error(`The embedded database stopped: ${reason}`);
    process.kill(process.pid, 'SIGKILL'); // it would loop for ever
  };
  const database = await databaseOn(await openFolderInHaste(folder), { wait: 10, onDeath });
  const close = async () => {
    await database.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { ...database, close };
}

/** An empty folder that is gone when the run ends, if not before. */
export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(inject('scratch'), 'folder-'));
}

/** A folder for `openFolder`, which you remove. */
export async function copyOfTemplate(): Promise<string> {
  const folder = temporaryFolder();
  fs.cpSync(await askWorkshop('template'), folder, { recursive: true });
  return folder;
}

/** The address of a fresh, migrated database on a real PostgreSQL server: inside `needs('postgresql')` only. */
export async function realPostgres(): Promise<string> {
  return newPostgres((template) => template);
}

/** The same, not migrated yet. */
export async function emptyPostgres(): Promise<string> {
  return newPostgres(() => 'template0');
}

async function newPostgres(templateFor: (template: string) => string): Promise<string> {
  const template = await askWorkshop('postgresql');
  const from = new URL(template).pathname.slice(1);
  const name = from.replace('template', `${process.pid}_${Math.random().toString(36).slice(2, 10)}`);
  const admin = postgres(withDatabase(template, 'postgres'), { max: 1 });
  await admin.unsafe(`create database ${name} template ${templateFor(from)}`);
  await admin.end();
  return withDatabase(template, name);
}

async function askWorkshop(thing: 'template' | 'postgresql'): Promise<string> {
  const response = await fetch(`${inject('workshop')}/${thing}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(`The test database could not be prepared: ${answer}`);
  return answer;
}

const undo = new Error('rolled back, as planned');

/** Runs `act` in a transaction and rolls it back. */
export async function inRolledBackTransaction(db: Db, act: (tx: Tx) => Promise<void>): Promise<void> {
  const end = db.transaction(async (tx) => {
    await act(tx);
    throw undo;
  });
  await end.catch((error) => {
    if (error !== undo) throw error;
  });
}

/**
 * A `test` that hands out a transaction, rolled back at its end:
 * `const test = rolledBack(database); test('Bo moves up', async ({ tx }) => { … });`
 */
export function rolledBack(database: Database) {
  return base.extend<{ tx: Tx }>({
    // biome-ignore lint/correctness/noEmptyPattern: the test runner reads the parameter's text
    tx: async ({}, use) => inRolledBackTransaction(database.db, use),
  });
}

/** The same tests on both homes; on a server where there is one. */
export function onBothHomes(name: string, tests: (home: Home) => void | Promise<void>): void {
  describe(`${name} (embedded)`, () => tests('embedded'));
  needs('postgresql')(`${name} (PostgreSQL server)`, () => tests('server'));
}
