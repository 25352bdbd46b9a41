// The migration that writes down who presented takes along the events that were held.
import { expect, onTestFinished, test } from 'vitest';
import { knownMigrations, migrateWithin } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { emptyPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

needs('postgresql')('the migration to presentations that are written down', () => {
  test('writes down who was at the tables of events that are over, and nothing of those ahead', async () => {
    const { sql, close } = await openDatabase({ url: await emptyPostgres(), dataDir: '' });
    onTestFinished(close);
    const all = knownMigrations();
    const at = all.findIndex(({ sql: parts }) => parts.join().includes('CREATE TABLE "presentations"'));
    await sql.begin((tx) => migrateWithin(tx, all.slice(0, at)));
    const now = new Date();
    const times = { created_at: now, updated_at: now };
    await sql`INSERT INTO programmes ${sql({ organisation: 'Halden', name: 'First', time_zone: 'UTC', created_at: now })}`;
    for (const [id, name] of [
      [1, 'Noor'],
      [2, 'Oskar'],
      [3, 'Priya'],
    ] as const)
      await sql`INSERT INTO people ${sql({ id, name, email: `${name}@halden.example`, side: 'talent', ...times })}`;
    await sql`INSERT INTO trends ${sql({ id: 1, sentence: 'Heat', state: 'shortlisted', ...times })}`;
    await sql`INSERT INTO teams ${sql({ id: 1, name: 'Team 1', trend_id: 1, created_at: now })}`;
    for (const person of [1, 2, 3])
      await sql`INSERT INTO team_members ${sql({ team_id: 1, person_id: person })}`;
    for (const [id, startsAt] of [
      [1, '2020-05-04T16:00'],
      [2, '2199-05-04T16:00'],
    ] as const) {
      const event = {
        id,
        programme_id: 1,
        slug: `e${id}`,
        format: 'lunch-and-learn',
        shape: 'room',
        name: 'Lunch',
      };
      const size = { capacity: 9, senior_capacity: 5, talent_capacity: 4 };
      const rest = { headline: '', time_zone: 'UTC', organiser_id: 1, state: 'published', uid: `${id}@x` };
      await sql`INSERT INTO events ${sql({ ...event, ...size, ...rest, starts_at: startsAt, revised_at: now, created_at: now })}`;
      await sql`INSERT INTO topics ${sql({ event_id: id, number: 1, trend_id: 1, team_id: 1 })}`;
      for (const [person, came] of [
        [1, now],
        [2, null],
      ] as const)
        await sql`INSERT INTO rsvps ${sql({ event_id: id, person_id: person, state: 'coming', token_hash: `${id}-${person}`, came_at: came })}`;
    }
    await sql.begin((tx) => migrateWithin(tx, all));
    const rows = await sql`
      SELECT event_id, number, trend, team, name, presented FROM presentations ORDER BY event_id, person_id`;
    const row = { event_id: 1, number: 1, trend: 'Heat', team: 'Team 1' };
    expect([...rows]).toEqual([
      { ...row, name: 'Noor', presented: true },
      { ...row, name: 'Oskar', presented: false },
      { ...row, name: 'Priya', presented: false },
    ]);
    const written = await sql`SELECT id FROM events WHERE presented_at IS NOT NULL`;
    expect([...written]).toEqual([{ id: 1 }]);
  });
});
