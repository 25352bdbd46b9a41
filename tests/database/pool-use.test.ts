import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { openTestDatabase, realPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

needs('postgresql')('a pool of two connections', () => {
  test('says how many are at work and how many wait, and forgets what failed', async () => {
    const { db, poolUse, close } = await openDatabase({ url: await realPostgres(), dataDir: '', pool: 2 });
    onTestFinished(close);
    expect(poolUse()).toEqual({ size: 2, inUse: 0, waiting: 0 });
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = db.transaction(async (tx) => {
      await tx.execute(sql`SELECT 1`);
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    expect(poolUse()).toEqual({ size: 2, inUse: 1, waiting: 0 });
    const others = [1, 2, 3].map(() => db.transaction(() => end.promise));
    expect(poolUse()).toEqual({ size: 2, inUse: 2, waiting: 2 });
    end.resolve();
    await Promise.all([first, ...others]);
    await expect(db.execute(sql`SELECT 1 / 0`)).rejects.toThrow();
    await expect(db.transaction((tx) => tx.execute(sql`SELECT 1 / 0`))).rejects.toThrow();
    expect(poolUse()).toEqual({ size: 2, inUse: 0, waiting: 0 });
  });
});

needs('postgresql')('each connection of the pages', () => {
  test('is let go after a while by a statement, a row somebody holds and a transaction that does nothing', async () => {
    const { db, close } = await openDatabase({ url: await realPostgres(), dataDir: '', pool: 3 });
    onTestFinished(close);
    const limits = () =>
      db.execute(sql`SELECT name, setting::int AS ms, pg_sleep(0.05) FROM pg_settings WHERE name IN
        ('idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout') ORDER BY name`);
    for (const rows of await Promise.all([limits(), limits(), limits()]))
      expect(rows.map(({ name, ms }) => [name, ms])).toEqual([
        ['idle_in_transaction_session_timeout', 30_000],
        ['lock_timeout', 5000],
        ['statement_timeout', 30_000],
      ]);
  });
});

test('the embedded database serves one at a time', async () => {
  const { db, poolUse, close } = await openTestDatabase('embedded');
  onTestFinished(close);
  const asked = [1, 2, 3].map(() => db.execute(sql`SELECT 1`).then(() => poolUse()));
  const seen = await Promise.all(asked);
  expect(seen.map(({ size }) => size)).toEqual([1, 1, 1]);
  expect(poolUse()).toEqual({ size: 1, inUse: 0, waiting: 0 });
});
