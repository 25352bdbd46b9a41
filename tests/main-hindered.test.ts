import net from 'node:net';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { realPostgres } from './support/database.ts';
import { emptyHome } from './support/databases/homes.ts';
import { needs } from './support/needs.ts';
import { freePort, spawnFlipside, startFlipside } from './support/process.ts';

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
    // A job that had begun by then may have its own line in the log above.
    const [last, ...others] = flipside.output().trimEnd().split('\n').reverse();
    expect(last).toMatch(
      /^The database stopped answering before this was done: [^\n]+\. Start it again once the database is back\.$/,
    );
    expect(others.map((line) => JSON.parse(line).msg)).toEqual(others.map(() => 'a job failed'));
  });
});

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

async function said(output: () => string, words: string): Promise<void> {
  while (!output().includes(words)) await new Promise((resolve) => setTimeout(resolve, 20));
}
