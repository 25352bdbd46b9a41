// A house nobody has moved into: a migrated, empty database and the context the actions want.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { seedDemo, type WriteLetter } from '../../src/actions/demo/demo.ts';
import type { Context } from '../../src/context.ts';
import type { Database, Db } from '../../src/database/open.ts';
import { letterBytes } from '../../src/mail/letter-bytes.ts';
import * as people from '../../src/store/people/people.ts';
import { type Home, openTestDatabase } from './database.ts';
import { english } from './words.ts';

export interface EmptyHouse {
  ctx: Context;
  db: Db;
  /** Jobs put in the queue, in order. */
  queued: { job: string; data: Record<string, unknown> }[];
  /** Renders the demo's letters, as `npm run seed` has them rendered. */
  write: WriteLetter;
  addPerson(values?: Partial<people.NewPerson>): Promise<people.Person>;
}

/** Opens a house for the tests of one group; it is emptied before each of them. */
export function useEmptyHouse(home: Home): EmptyHouse {
  const house = {} as EmptyHouse;
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase(home);
  });
  beforeEach(() => empty(house, database.db));
  afterAll(() => database?.close());
  return house;
}

/** Opens a house with the demo programme for tests that only look at it: filled once for all of them. */
export function useDemoToLookAt(home: Home): EmptyHouse & { organiserId: number } {
  const house = {} as EmptyHouse & { organiserId: number };
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase(home);
    await empty(house, database.db);
    Object.assign(house, await seedDemo(house.ctx, house.write));
  });
  afterAll(() => database?.close());
  return house;
}

async function empty(house: EmptyHouse, db: Db): Promise<void> {
  const names = (await tablesIn(db)).join(', ');
  await db.execute(sql.raw(`TRUNCATE ${names} RESTART IDENTITY CASCADE`));
  Object.assign(house, houseOn(db));
}

function houseOn(db: Db): EmptyHouse {
  const queued: EmptyHouse['queued'] = [];
  const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
  const ctx: Context = {
    db,
    now: () => now,
    random: randomBytes,
    baseUrl: 'https://flipside.halden.example',
    secret: randomBytes(32),
    queue: async (_tx, job, data) => {
      queued.push({ job, data });
    },
    words: english,
    mail: { from: 'reverse-mentoring@halden.example', configured: false },
    demo: false,
  };
  let count = 0;
  const addPerson = (values: Partial<people.NewPerson> = {}) => {
    count += 1;
    return people.add(db, {
      name: `Person ${count}`,
      email: `person-${count}@real.example`,
      side: 'senior',
      createdAt: now,
      updatedAt: now,
      ...values,
    });
  };
  const write: WriteLetter = (letter) => letterBytes(ctx.mail.from, letter, ctx.words);
  return { ctx, db, queued, write, addPerson };
}

async function tablesIn(db: Db): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(
    sql`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  return rows.map(({ name }) => name);
}

/** Every row of every table, as text and in order. */
export async function dump(db: Db): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>();
  for (const name of await tablesIn(db)) {
    const rows = await db.execute<{ row: string }>(
      sql.raw(`SELECT t::text AS row FROM ${name} t ORDER BY 1`),
    );
    all.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return all;
}
