// The migration to seasons takes along the trends and teams there are.
import { expect, onTestFinished, test } from 'vitest';
import { knownMigrations, migrateWithin } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { emptyPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

needs('postgresql')('the migration to seasons', () => {
  test('gives trends and teams to the newest programme, and leaves that one alone on', async () => {
    const { sql, close } = await openDatabase({ url: await emptyPostgres(), dataDir: '' });
    onTestFinished(close);
    const all = knownMigrations();
    const at = all.findIndex(({ sql: parts }) => parts.join().includes('current_programme()'));
    await sql.begin((tx) => migrateWithin(tx, all.slice(0, at)));
    const now = new Date();
    for (const name of ['First', 'Second'])
      await sql`INSERT INTO programmes ${sql({ organisation: 'Halden', name, time_zone: 'UTC', created_at: now })}`;
    const times = { created_at: now, updated_at: now };
    await sql`INSERT INTO trends ${sql({ sentence: 'Heat', state: 'proposed', source_key: 'radar:heat', ...times })}`;
    await sql`INSERT INTO teams ${sql({ name: 'Team', created_at: now })}`;
    await sql.begin((tx) => migrateWithin(tx, all));
    const rows = await sql`
      SELECT p.name, p.ended_at IS NULL AS is_on, (SELECT count(*)::int FROM trends WHERE programme_id = p.id) AS trends,
        (SELECT count(*)::int FROM teams WHERE programme_id = p.id) AS teams FROM programmes p ORDER BY p.id`;
    expect([...rows]).toEqual([
      { name: 'First', is_on: false, trends: 0, teams: 0 },
      { name: 'Second', is_on: true, trends: 1, teams: 1 },
    ]);
  });
});
