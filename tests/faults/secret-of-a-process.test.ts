import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { secretFrom } from '../../src/actions/sign-in/deployment-secret.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import { openDatabase } from '../../src/database/open.ts';
import { copyOfTemplate, realPostgres } from '../support/database.ts';
import { textOfBackup } from '../support/databases/backup-files.ts';
import { needs } from '../support/needs.ts';
import { spawnFlipside, startFlipside } from '../support/process.ts';
import { invite } from './guests.ts';

// the program itself: where its secret is, what it refuses, and what a command at the terminal changes

const run = promisify(execFile);
const size = { seniors: 2, talents: 0, seniorCapacity: 2, talentCapacity: 0 };

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-secret-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function embeddedHome() {
  const DATA_DIR = newFolder();
  fs.renameSync(await copyOfTemplate(), path.join(DATA_DIR, 'database'));
  return { DATA_DIR };
}

/** Runs a program of `src/cli` with these settings; gives what it printed. */
async function command(name: string, settings: Record<string, string>, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', ...settings };
  const done = await run(process.execPath, [`src/cli/${name}.ts`, ...args], { env }).catch((error) => error);
  return `${done.stdout}${done.stderr}`;
}

async function lastWords(settings: Record<string, string>): Promise<string> {
  const flipside = spawnFlipside(settings);
  expect(await flipside.gone).toBe(1);
  return flipside.output();
}

test('a backup holds no secret; a restore starts with it, not without it, and with a new one where it is lost', {
  timeout: 240_000,
}, async () => {
  const settings = { ...(await embeddedHome()), BASE_URL: 'http://flipside.halden.example' };
  const [guest] = await invite(settings, size);
  const link = `/i/${guest!.token}`;
  const first = await startFlipside(settings);
  onTestFinished(async () => void (await first.stop('SIGKILL')));
  expect((await first.get(link)).status).toBe(200);
  await first.stop();
  const secret = fs.readFileSync(path.join(settings.DATA_DIR, 'secret'), 'utf8').trim();
  const backup = path.join(newFolder(), 'backup');
  expect(await command('backup', settings, '--out', backup)).toContain('It opens nothing without the secret');
  const copy = await textOfBackup(backup);
  expect([copy.includes(guest!.token), copy.includes(secret)]).toEqual([false, false]);

  const restored = { ...settings, DATA_DIR: path.join(newFolder(), 'data') };
  expect(await command('restore', restored, '--in', backup)).toContain('Restored');
  expect(await lastWords(restored)).toContain('The secret of this database is missing.');
  expect(await lastWords({ ...restored, SECRET: 'x'.repeat(40) })).toContain(
    'is not the one of this database',
  );
  const withIt = await startFlipside({ ...restored, SECRET: secret });
  onTestFinished(async () => void (await withIt.stop('SIGKILL')));
  expect((await withIt.get(link)).status).toBe(200);
  await withIt.stop();

  expect(await command('new-secret', restored)).toContain('The secret until now is not there');
  expect(await command('new-secret', restored, '--lost')).toContain('There is a new secret in');
  const withoutIt = await startFlipside(restored);
  onTestFinished(async () => void (await withoutIt.stop('SIGKILL')));
  expect((await withoutIt.get(link)).status).toBe(404);
  await withoutIt.stop();
});

needs('postgresql')('on a server', () => {
  test('processes that share the file take a new secret over while they run: old links end, new ones open', {
    timeout: 240_000,
  }, async () => {
    const settings = { DATABASE_URL: await realPostgres(), DATA_DIR: newFolder() };
    const [guest] = await invite({ ...settings, BASE_URL: 'http://flipside.halden.example' }, size);
    const flipside = await startFlipside(settings);
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const status = async (token: string) => (await flipside.get(`/i/${token}`)).status;
    expect(await status(guest!.token)).toBe(200);
    expect(await command('new-secret', settings)).toContain('There is a new secret in');
    await expect.poll(() => status(guest!.token), { timeout: 30_000 }).toBe(404);
    const database = await openDatabase({ url: settings.DATABASE_URL, dataDir: '' });
    const [row] = await database.sql`select event_id, person_id from rsvps
      where person_id = ${guest!.id}`.finally(database.close);
    const secret = secretFrom(fs.readFileSync(path.join(settings.DATA_DIR, 'secret'), 'utf8').trim());
    expect(await status(personalToken({ secret }, row!.event_id, row!.person_id))).toBe(200);
  });

  test('it says where its secret is; SECRET is replaced by a command, and a process that runs on the old one stops', {
    timeout: 240_000,
  }, async () => {
    const DATABASE_URL = await realPostgres();
    const DATA_DIR = newFolder();
    const file = await startFlipside({ DATABASE_URL, DATA_DIR });
    onTestFinished(async () => void (await file.stop('SIGKILL')));
    expect(file.output()).toContain(`The secret of this deployment is in ${path.join(DATA_DIR, 'secret')}.`);
    await file.stop();
    const before = fs.readFileSync(path.join(DATA_DIR, 'secret'), 'utf8').trim();
    const running = spawnFlipside({ DATABASE_URL, SECRET: before, PORT: '0' });
    onTestFinished(() => void running.child.kill('SIGKILL'));
    await expect.poll(running.output, { timeout: 60_000 }).toContain('Flipside is at');
    const after = 'y'.repeat(40);
    const words = await command('new-secret', { DATABASE_URL, SECRET: after, SECRET_BEFORE: before });
    expect(words).toContain('There is a new secret in SECRET.');
    expect(await running.gone).toBe(1);
    expect(running.output()).toContain('is not the one of this database');
    const database = await openDatabase({ url: DATABASE_URL, dataDir: '' });
    const rows = await database.sql`select key from settings where key like '%secret%'`.finally(
      database.close,
    );
    expect(rows.map(({ key }) => key)).toEqual(['secret-fingerprint']);
  });
});
