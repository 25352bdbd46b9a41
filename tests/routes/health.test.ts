import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { writtenMigrations } from '../../src/database/open.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

test('anybody who asks how Flipside is hears 200 while the database answers and is up to date, and nothing else', async () => {
  const answer = await world.get('/healthz');
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
});

test('and 503 while it lacks a table of this version', async () => {
  const newest = Math.max(...writtenMigrations());
  await world.db.execute(sql`DELETE FROM drizzle.__drizzle_migrations WHERE created_at = ${newest}`);
  const answer = await world.get('/healthz');
  expect([answer.statusCode, answer.body]).toEqual([503, '']);
});

test('and 503 while the database is away', async () => {
  await world.db.execute(sql`ALTER TABLE drizzle.__drizzle_migrations RENAME TO gone`);
  const answer = await world.get('/healthz');
  expect([answer.statusCode, answer.body]).toEqual([503, '']);
});
