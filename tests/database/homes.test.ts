import { sql } from 'drizzle-orm';
import { test as base, expect } from 'vitest';
import { databaseForThisTest, onBothHomes, rolledBack, testDatabase } from '../support/database.ts';

// Behaviour that must be the same on both homes.

onBothHomes('a test in a transaction', async (home) => {
  const database = await testDatabase(home);
  await database.sql`create table notes (id int)`;
  const test = rolledBack(database);

  test('sees what it wrote', async ({ tx }) => {
    await tx.execute(sql`insert into notes values (1)`);
    expect([...(await tx.execute(sql`select id from notes`))]).toEqual([{ id: 1 }]);
  });

  test('leaves nothing to the next', async ({ tx }) => {
    expect([...(await tx.execute(sql`select id from notes`))]).toEqual([]);
  });
});

onBothHomes('values', async (home) => {
  const { db, sql: plain } = await testDatabase(home);

  base('arrays go in and come out as arrays', async () => {
    const ids = [3, 1, 2];
    const words = ['a,b', '"q"', 'ä\\'];
    expect([...(await plain`select ${ids}::int[] as ids, ${words}::text[] as words`)]).toEqual([
      { ids, words },
    ]);
    expect([...(await plain`select 2 = any(${ids}) as there`)]).toEqual([{ there: true }]);
    const rows = await db.execute(
      sql`select ${sql.param(ids)}::int[] as ids, ${sql.param(words)}::text[] as words`,
    );
    expect([...rows]).toEqual([{ ids, words }]);
  });

  base('an instant comes through drizzle as text that Temporal reads, to the microsecond', async () => {
    const rows = await db.execute(sql`select '2027-03-28 03:30:00.123456+02'::timestamptz as at`);
    const text = String(rows[0]?.at);
    expect(Temporal.Instant.from(text.replace(' ', 'T')).toString()).toBe('2027-03-28T01:30:00.123456Z');
  });

  base('the code of an error is at its cause', async () => {
    const error = await db.execute(sql`select 1 / 0`).catch((thrown) => thrown);
    expect(error.cause.code).toBe('22012');
  });

  base('large numbers stay exact', async () => {
    const [row] = await plain`select 9007199254740993::bigint as big, 0.10::numeric as exact`;
    expect(row).toEqual({ big: '9007199254740993', exact: '0.10' });
  });

  base('people are sorted as people sort', async () => {
    const rows = await plain`
      select name from unnest(array['Zoë', 'Åsa', 'adam', 'Émile', 'Bo', 'eva']) name order by name collate "und-x-icu"`;
    expect(rows.map((row) => row.name)).toEqual(['adam', 'Åsa', 'Bo', 'Émile', 'eva', 'Zoë']);
  });

  base('the extensions are there', async () => {
    for (const name of ['pg_trgm', 'citext', 'btree_gist', 'unaccent']) {
      await plain.unsafe(`create extension if not exists ${name}`);
    }
    const [row] =
      await plain`select unaccent('Zoë') as plain, similarity('mentor', 'mentors') > 0.5 as alike`;
    expect(row).toEqual({ plain: 'Zoe', alike: true });
  });

  base('a list of statements with a transaction of its own is accepted for jobs', async () => {
    const { jobsSql } = await databaseForThisTest(home);
    const results = await jobsSql.unsafe('begin; create table queue (id int); select 7 as id; commit');
    expect(results.at(-1)).toEqual([{ id: 7 }]);
  });

  base('a list that fails half way is rolled back, and holds up nobody', async () => {
    const { jobsSql, sql: plain } = await databaseForThisTest(home);
    const list = 'begin; create table half (id int); select 1 / 0; commit';
    const [failed, next] = await Promise.allSettled([jobsSql.unsafe(list), jobsSql.unsafe('select 1 as a')]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
    expect(next).toEqual({ status: 'fulfilled', value: [{ a: 1 }] });
    expect([...(await plain`select to_regclass('half') as half`)]).toEqual([{ half: null }]);
  });
});

onBothHomes('listening', (home) => {
  base('hears what others say, until it stops', async () => {
    const database = await databaseForThisTest(home);
    const heard: string[] = [];
    let refreshed = 0;
    const listening = await database.listen(
      'wall',
      (payload) => heard.push(payload),
      () => refreshed++,
    );
    expect(refreshed).toBe(1);
    await database.db.transaction(async (tx) => void (await tx.execute(sql`select pg_notify('wall', '7')`)));
    await expect.poll(() => heard).toEqual(['7']);
    await listening.unlisten();
    await database.sql.notify('wall', '8');
    await database.sql`select 1`;
    expect(heard).toEqual(['7']);
  });
});

onBothHomes('housekeeping', (home) => {
  base('vacuuming counts the rows of every table', async () => {
    const database = await databaseForThisTest(home);
    await database.sql`create table many as select generate_series(1, 1234) as id`;
    const rows = async () =>
      (await database.sql`select reltuples::int as n from pg_class where relname = 'many'`)[0]?.n;
    expect(await rows()).toBe(-1);
    await database.vacuum();
    expect(await rows()).toBe(1234);
  });
});

base('the embedded database makes a checkpoint only when something was written since the last', async () => {
  const database = await databaseForThisTest('embedded');
  const last = async () =>
    (await database.sql`select checkpoint_lsn::text as at from pg_control_checkpoint()`)[0]?.at;
  await database.checkpoint();
  const first = await last();
  await database.sql`select 1`;
  await database.checkpoint();
  expect(await last()).toBe(first);
  await database.sql`create table written (id int)`;
  await database.checkpoint();
  expect(await last()).not.toBe(first);
});
