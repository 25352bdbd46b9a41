// A server that closes connections: what was under way fails with a sentence for the caller, and the driver goes on.
import net from 'node:net';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { refuseUnpatched } from '../../src/database/open.ts';
import { realPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

const codeOf = (promise: PromiseLike<unknown>) =>
  Promise.resolve(promise).then(
    () => 'done',
    (error) => String(error.code ?? error.message),
  );

/** One connection through a relay that can cut it off, and a second one that sees what became of it. */
async function openLine() {
  const url = new URL(await realPostgres());
  const open = new Set<net.Socket>();
  const relay = net.createServer((near) => {
    const far = net.connect(Number(url.port), url.hostname);
    for (const one of [near, far]) {
      open.add(one);
      one.on('error', () => {});
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.port = String((relay.address() as net.AddressInfo).port);
  const sql = postgres(through.href, { max: 1, fetch_types: false, max_lifetime: null, onnotice: () => {} });
  const watcher = postgres(url.href, { max: 1, onnotice: () => {} });
  await watcher`CREATE TABLE notes (text text)`;
  onTestFinished(async () => {
    await Promise.all([sql.end({ timeout: 1 }), watcher.end({ timeout: 1 })]);
    relay.close();
  });
  const terminate = (pid: number) => watcher`SELECT pg_terminate_backend(${pid}::int)`;
  const reset = () => {
    for (const one of open) one.resetAndDestroy();
    open.clear();
  };
  const texts = async () => (await watcher`SELECT text FROM notes ORDER BY text`).map(({ text }) => text);
  return { sql, watcher, terminate, reset, texts };
}

type Line = Awaited<ReturnType<typeof openLine>>;
const pidOf = async (sql: postgres.Sql | postgres.TransactionSql): Promise<number> =>
  (await sql`SELECT pg_backend_pid() AS pid`)[0]!.pid;

const endings: Record<string, (line: Line, pid: number) => unknown> = {
  'terminates it': ({ terminate }, pid) => terminate(pid),
  'resets it': ({ reset }) => reset(),
};

needs('postgresql')('when the server', () => {
  for (const [name, end] of Object.entries(endings)) {
    test(`${name} while a transaction waits for an answer, that fails and the next one works`, async () => {
      const line = await openLine();
      for (let round = 0; round < 5; round++) {
        const under = line.sql.begin(async (tx) => {
          const pid = await pidOf(tx);
          await tx`INSERT INTO notes VALUES ('lost')`;
          const answer = tx`SELECT pg_sleep(600)`;
          const sleeps = () =>
            line.watcher`SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND query ILIKE '%pg_sleep%'`;
          const asked = answer.execute();
          await expect.poll(async () => (await sleeps()).length).toBe(1);
          await Promise.all([end(line, pid), asked]);
        });
        expect(await codeOf(under)).toMatch(/^(CONNECTION_CLOSED|ECONNRESET|57P01)$/);
        expect([...(await line.sql`SELECT ${round}::int AS round`)]).toEqual([{ round }]);
      }
      expect(await line.texts()).toEqual([]);
    });

    test(`${name} while a transaction is silent, what it asks later is refused and runs nowhere else`, async () => {
      const line = await openLine();
      const begun = Promise.withResolvers<number>();
      const goOn = Promise.withResolvers<void>();
      let late: string | undefined;
      const dead = line.sql.begin(async (tx) => {
        await tx`INSERT INTO notes VALUES ('dead')`;
        begun.resolve(await pidOf(tx));
        await goOn.promise;
        late = await codeOf(tx`INSERT INTO notes VALUES ('from the dead')`);
        await tx`COMMIT`.catch(() => {});
      });
      const failed = codeOf(dead);
      await end(line, await begun.promise);
      expect(await failed).toMatch(/^(CONNECTION_CLOSED|ECONNRESET|57P01)$/);
      const ended = line.sql
        .begin(async (tx) => {
          await tx`INSERT INTO notes VALUES ('living')`;
          goOn.resolve();
          await expect.poll(() => late).toBeDefined();
          throw new Error('rolled back');
        })
        .catch((error) => error.message);
      expect(await ended).toBe('rolled back');
      expect(late).toMatch(/^(CONNECTION_CLOSED|ECONNRESET)$/);
      expect(await line.texts()).toEqual([]);
    });

    test(`${name} many times under load, every question is answered and the last one too`, async () => {
      const line = await openLine();
      const answers: string[] = [];
      for (let round = 0; round < 20; round++) {
        const pid = await pidOf(line.sql);
        const asked = [
          line.sql.begin(async (tx) => {
            await tx`INSERT INTO notes VALUES ('sum')`;
            return tx`SELECT pg_sleep(0.02)`;
          }),
          ...Array.from({ length: 4 }, () => line.sql`SELECT pg_sleep(0.01)`),
        ].map(codeOf);
        await end(line, pid);
        answers.push(...(await Promise.all(asked)));
      }
      expect(answers.filter((one) => !/^(done|CONNECTION_CLOSED|ECONNRESET|57P01)$/.test(one))).toEqual([]);
      expect(new Set(answers).size).toBeGreaterThan(1);
      expect([...(await line.sql`SELECT 1 AS a`)]).toEqual([{ a: 1 }]);
    });
  }
});

test('a driver that was installed without its patch stops the start with a sentence', () => {
  expect(() => refuseUnpatched(postgres)).not.toThrow();
  expect(() => refuseUnpatched({})).toThrow(/^The database driver lacks the patch .* npx patch-package/);
});
