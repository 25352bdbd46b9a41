// The program exactly as `npm start` starts it, flags and imports included.
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { realPostgres } from './support/database.ts';
import { emptyHome } from './support/databases/homes.ts';
import { needs } from './support/needs.ts';
import { freePort, spawnFlipside, startFlipside } from './support/process.ts';

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-main-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'data');
}

/** Settings under which Flipside notes the most memory that it and its helpers hold at once, and how to read it, in MB. */
function mostMemory() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-memory-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const preloaded = path.join(import.meta.dirname, 'support/preloaded/most-memory.ts');
  return {
    settings: { MOST_MEMORY: folder, NODE_OPTIONS: `--import ${preloaded}` },
    read: () => fs.readdirSync(folder).map((pid) => Number(fs.readFileSync(path.join(folder, pid))) / 1024),
  };
}

test('in an empty folder it prepares the database once in 512 MB of memory, says where it is and how to set it up, and is healthy', {
  timeout: 1_200_000,
}, async () => {
  const DATA_DIR = newFolder();
  const memory = mostMemory();
  const first = await startFlipside({ DATA_DIR, ...memory.settings });
  onTestFinished(async () => void (await first.stop('SIGKILL')));
  await said(first.output, 'Set it up here');
  const address = first.baseUrl;
  expect(first.output().split('\n')).toEqual([
    'Preparing the database, this takes some seconds once.',
    `Flipside is at ${address}`,
    expect.stringMatching(
      /^Set it up here \(this link works once\): http:\/\/localhost:\d+\/setup\/[\w-]{27}$/,
    ),
    '',
  ]);
  const health = await first.get('/healthz');
  expect([health.status, health.body]).toEqual([200, '']);
  const setUp = await first.get(new URL(first.setUpLink()).pathname);
  expect([setUp.status, /<h1[^>]*>([^<]*)/.exec(setUp.body)?.[1]]).toEqual([
    200,
    'The room is empty. Set the first table.',
  ]);
  expect(await first.stop()).toBe(0);
  const megabytes = memory.read();
  expect(megabytes).toHaveLength(2); // with the helper that prepares the database, and alone afterwards
  expect(Math.max(...megabytes)).toBeLessThan(512);

  const second = await startFlipside({ DATA_DIR });
  onTestFinished(async () => void (await second.stop('SIGKILL')));
  await said(second.output, 'Set it up here');
  expect(second.output()).not.toContain('Preparing');
  expect(second.setUpLink()).not.toBe('');
  const old = await second.get(new URL(first.setUpLink()).pathname);
  expect(old.status).toBe(404);
});

test('a port that is taken is a sentence, and no trace of an error', async () => {
  const taken = net.createServer().listen(0, 'localhost');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const PORT = String((taken.address() as net.AddressInfo).port);
  const flipside = spawnFlipside({ ...(await emptyHome('embedded')), BASE_URL: '', PORT });
  expect(await flipside.gone).toBe(1);
  expect(flipside.output().trim()).toBe(
    'This port is taken by another program. Stop it, or choose another: PORT=3001 npm start',
  );
});

test('an address that is not this machine’s is a sentence', async () => {
  const settings = await emptyHome('embedded');
  const flipside = spawnFlipside({ ...settings, HOST: '192.0.2.7', PORT: String(await freePort()) });
  expect(await flipside.gone).toBe(1);
  expect(flipside.output().trim()).toBe(
    'HOST is not an address of this machine. Leave it out, or use HOST=0.0.0.0 for all of them.',
  );
});

test('an address that people reach over http is warned about, once it runs', async () => {
  const flipside = await startFlipside(await emptyHome('embedded'));
  onTestFinished(async () => void (await flipside.stop('SIGKILL')));
  await said(
    flipside.output,
    'BASE_URL begins with http:// and is not this machine: others on the network can read',
  );
  expect(flipside.output()).toContain(`Flipside is at ${flipside.baseUrl}`);
});

test('wrong settings are one sentence each, before anything is touched', async () => {
  const DATA_DIR = newFolder();
  const flipside = spawnFlipside({ DATA_DIR, PORT: 'x', SMTP_URL: 'mail.halden.example' });
  expect(await flipside.gone).toBe(1);
  expect(flipside.output().trim().split('\n')).toEqual([
    'PORT is a number from 0 to 65535, for example 3000.',
    'SMTP_URL is an address such as smtps://user:password@mail.example.org.',
  ]);
  expect(fs.existsSync(DATA_DIR)).toBe(false);
});

test('a folder that cannot be used is a sentence', async () => {
  const file = newFolder();
  fs.writeFileSync(file, 'not a folder');
  const flipside = spawnFlipside({ DATA_DIR: file, PORT: String(await freePort()) });
  expect(await flipside.gone).toBe(1);
  expect(flipside.output().trim()).toMatch(
    /^The data folder .* cannot be used: .*\. Set DATA_DIR to another\.$/,
  );
});

needs('postgresql')('on a server', () => {
  /** Starts it, and gives it once it waits in the middle of its start for a table that someone holds until `letGo`. */
  async function heldUp() {
    const DATABASE_URL = await realPostgres();
    const holder = postgres(DATABASE_URL, { max: 1 });
    const watcher = postgres(DATABASE_URL, { max: 1 });
    onTestFinished(
      async () => void (await Promise.all([holder, watcher].map((sql) => sql.end({ timeout: 1 })))),
    );
    const held = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = holder.begin(async (tx) => {
      await tx`LOCK TABLE programmes IN ACCESS EXCLUSIVE MODE`;
      locked.resolve();
      await held.promise;
    });
    await locked.promise;
    const flipside = spawnFlipside({ DATABASE_URL, PORT: String(await freePort()) });
    onTestFinished(() => void flipside.child.kill('SIGKILL'));
    const waits = () =>
      watcher`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%programmes%'`;
    await expect.poll(async () => (await waits()).length).toBeGreaterThan(0);
    const letGo = async () => {
      held.resolve();
      await holding;
    };
    return { flipside, watcher, letGo };
  }

  test('it says where it is only once nothing of the start can fail any more', async () => {
    const { flipside, letGo } = await heldUp();
    expect(flipside.output()).toBe('');
    await letGo();
    await said(flipside.output, 'Set it up here');
    expect(flipside.output()).toContain('Flipside is at');
  });

  test('that ends its connections in the middle of the start, it says so in a sentence', async () => {
    const { flipside, watcher, letGo } = await heldUp();
    await watcher`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await letGo();
    expect(await flipside.gone).toBe(1);
    expect(flipside.output()).toMatch(
      /^The database stopped answering before this was done: [^\n]+\. Start it again once the database is back\.\n$/,
    );
  });
});

test('a database server that is not there is a sentence', async () => {
  const port = await freePort();
  const flipside = spawnFlipside({
    DATABASE_URL: `postgres://flip@127.0.0.1:${port}/flip`,
    PORT: String(await freePort()),
  });
  expect(await flipside.gone).toBe(1);
  expect(flipside.output().trim()).toBe(
    `The database 127.0.0.1:${port}/flip cannot be used: connect ECONNREFUSED 127.0.0.1:${port}. Check DATABASE_URL.`,
  );
});

async function said(output: () => string, words: string): Promise<void> {
  while (!output().includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a port for figures that is taken is a sentence', async () => {
  const taken = net.createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const METRICS_PORT = String((taken.address() as net.AddressInfo).port);
  const flipside = spawnFlipside({
    ...(await emptyHome('embedded')),
    METRICS_PORT,
    PORT: String(await freePort()),
  });
  expect(await flipside.gone).toBe(1);
  expect(flipside.output().trim()).toMatch(
    /^METRICS_PORT: 127\.0\.0\.1:\d+ cannot be used \(.*EADDRINUSE.*\)\.$/,
  );
});
