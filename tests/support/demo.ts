// A migrated, empty database with the context that actions take, and one filled with the demo programme.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { seedDemo, type WriteLetter } from '../../src/actions/demo/demo.ts';
import { draft, type NewDraft } from '../../src/actions/events/events.ts';
import type { Context } from '../../src/context.ts';
import type { Database, Db } from '../../src/database/open.ts';
import { letterBytes } from '../../src/mail/letter-bytes.ts';
import type * as events from '../../src/store/events/events.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as people from '../../src/store/people/people.ts';
import { type Home, openTestDatabase } from './database.ts';
import { emptyTables } from './lending.ts';
import { english } from './words.ts';

export interface EmptyDatabase {
  ctx: Context;
  db: Db;
  /** Jobs put in the queue, in order. */
  queued: { job: string; data: Record<string, unknown> }[];
  /** Renders the demo's letters, as `npm run seed` has them rendered. */
  write: WriteLetter;
  addPerson(values?: Partial<people.NewPerson>): Promise<people.Person>;
}

/** Opens an empty database for the tests of one group; it is emptied before each of them. */
export function useEmptyDatabase(home: Home): EmptyDatabase {
  const house = {} as EmptyDatabase;
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase(home);
  });
  beforeEach(() => empty(house, database.db));
  afterAll(() => database?.close());
  return house;
}

/** Opens a database with the demo programme for tests that only read it: filled once for all of them. */
export function useDemoToLookAt(home: Home): EmptyDatabase & { organiserId: number } {
  const house = {} as EmptyDatabase & { organiserId: number };
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase(home);
    await empty(house, database.db);
    Object.assign(house, await seedDemo(house.ctx, house.write));
  });
  afterAll(() => database?.close());
  return house;
}

async function empty(house: EmptyDatabase, db: Db): Promise<void> {
  await emptyTables(db);
  Object.assign(house, houseOn(db));
}

function houseOn(db: Db): EmptyDatabase {
  const queued: EmptyDatabase['queued'] = [];
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

interface Filled extends Pick<Context, 'secret' | 'envelopeKey'> {
  organiserId: number;
  now: Temporal.Instant;
}

const filled = new WeakMap<Db, Filled>();

/**
 * The demo programme in an empty database, for tests of what is done to it: filled once for the tests of a file, kept in a
 * schema of its own, and copied from there. The context gets the secrets it was filled with.
 */
export async function putDemoIn(ctx: Context, write: WriteLetter): Promise<{ organiserId: number }> {
  const { db } = ctx;
  const [kept] = await db.execute(sql`SELECT FROM pg_namespace WHERE nspname = 'demo_kept'`);
  const before = kept && filled.get(db);
  if (!before?.now.equals(ctx.now())) return fillAndKeep(ctx, write);
  await copyBack(db);
  const { secret, envelopeKey, organiserId } = before;
  Object.assign(ctx, { secret, ...(envelopeKey && { envelopeKey }) });
  return { organiserId };
}

async function fillAndKeep(ctx: Context, write: WriteLetter): Promise<{ organiserId: number }> {
  const { db, secret, envelopeKey } = ctx;
  const { organiserId } = await seedDemo(ctx, write);
  filled.set(db, { secret, ...(envelopeKey && { envelopeKey }), organiserId, now: ctx.now() });
  await db.execute(sql`DROP SCHEMA IF EXISTS demo_kept CASCADE`);
  await db.execute(sql`CREATE SCHEMA demo_kept`);
  for (const name of await tablesIn(db)) {
    const [row] = await db.execute(sql.raw(`SELECT FROM ${name} LIMIT 1`));
    if (row) await db.execute(sql.raw(`CREATE TABLE demo_kept.${name} AS TABLE public.${name}`));
  }
  await db.execute(sql`CREATE TABLE demo_kept.numbers AS SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename <> 'event_revision'`);
  return { organiserId };
}

async function copyBack(db: Db): Promise<void> {
  const tables = await db.execute<{ name: string }>(sql`
    SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'demo_kept' AND tablename <> 'numbers'`);
  const copies = tables.map(({ name }) => `INSERT INTO public.${name} TABLE demo_kept.${name}`);
  await db.transaction(async (tx) => {
    // Without foreign keys the order does not matter, and what triggers would write is among the rows.
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql.raw(copies.join('; ')));
    await tx.execute(
      sql`SELECT setval(format('public.%I', sequencename)::regclass, last_value) FROM demo_kept.numbers`,
    );
  });
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

/** Plans a lunch of this organiser since, in the programme there is. */
export async function planLunch(
  ctx: Context,
  organiserId: number,
  plan: Partial<NewDraft> = {},
): Promise<events.Event> {
  return draft(ctx, {
    name: 'Our lunch',
    headline: 'Ours',
    lede: '',
    startsAt: '2027-02-04T12:00',
    timeZone: 'Europe/Brussels',
    place: 'Room 1',
    joinUrl: '',
    access: '',
    seniorCapacity: 5,
    talentCapacity: 2,
    answerBy: null,
    guestListShown: true,
    topics: [],
    formKey: crypto.randomUUID(),
    programmeId: (await programmes.current(ctx.db))!.id,
    organiserId,
    format: 'lunch-and-learn',
    shape: 'room',
    blocks: [{ kind: 'talk', title: 'Talk', minutes: 60 }],
    guestIds: [],
    ...plan,
  });
}
