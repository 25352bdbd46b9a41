// The program exactly as `npm start` starts it, flags and imports included.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
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
  // As on a new machine, where nothing is compiled yet.
  const first = await startFlipside({ DATA_DIR, NODE_DISABLE_COMPILE_CACHE: '1', ...memory.settings });
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
