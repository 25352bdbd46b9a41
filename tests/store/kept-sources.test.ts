// Pages are read once per revision of an event. So whatever changes what they show has to raise that revision.
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { prepare } from '../../src/actions/questions/answers.ts';
import { ask } from '../../src/actions/questions/ask.ts';
import type { Db, Tx } from '../../src/database/open.ts';
import { planOf } from '../../src/domain/live/plan.ts';
import { beforeStart } from '../../src/domain/live/run.ts';
import { nothingDiffers } from '../../src/domain/tables/day.ts';
import { findBySlug } from '../../src/store/events/page.ts';
import { everyQuestion, mergedOf } from '../../src/store/questions/wall.ts';
import * as schema from '../../src/store/schema/index.ts';
import { published, teamOf } from '../support/events.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();
let slug: string;
let author: number;

/** An event that has something in every table its pages are read from. */
beforeEach(async () => {
  const guests = [];
  for (let at = 0; at < 6; at++) guests.push(await world.addPerson());
  const host = await world.addPerson({ side: 'talent' });
  const helper = await world.addPerson({ isOrganiser: true });
  const topics = [await teamOf(world, 'Agents', [host]), await teamOf(world, 'Heat', [host])];
  const event = await published(world, guests, { topics });
  slug = event.slug;
  author = guests[0]!.id;
  const { db } = world;
  const [topic] = await db.select({ id: schema.topics.id }).from(schema.topics).orderBy(schema.topics.number);
  const written = { trend: 'Heat', team: 'Heat', name: host.name, presented: true };
  await db
    .insert(schema.presentations)
    .values({ eventId: event.id, number: 2, personId: host.id, ...written });
  const asked = { eventId: event.id, authorId: author, topicId: topic!.id };
  for (const text of ['Who signs?', 'And who pays?'])
    await ask(world.ctx, { ...asked, text, formKey: crypto.randomUUID() });
  const [first, second] = (await db.select().from(schema.questions)).toSorted((a, b) => a.id - b.id);
  await db.insert(schema.questionVotes).values({ questionId: first!.id, personId: guests[1]!.id });
  await prepare(world.ctx, { eventId: event.id, questionId: first!.id, personId: helper.id }, 'The owner.');
  const bytes = () => world.ctx.random(16);
  const nameless = { eventId: event.id, topicId: topic!.id, state: 'wall' as const };
  const [id, merged] = [bytes(), bytes()];
  await db.insert(schema.namelessQuestions).values([
    { ...nameless, id, editHash: bytes(), text: 'Am I late?' },
    {
      ...nameless,
      id: merged,
      editHash: bytes(),
      text: 'Too late?',
      state: 'merged',
      mergedInto: String(first!.id),
    },
  ]);
  await db
    .insert(schema.votesOnNameless)
    .values({ eventId: event.id, questionId: id, personId: guests[2]!.id });
  await db.insert(schema.ballotVotes).values([
    { eventId: event.id, ballot: bytes(), questionId: first!.id },
    { eventId: event.id, ballot: bytes(), namelessId: id },
  ]);
  await db
    .insert(schema.roomVotes)
    .values({ eventId: event.id, question: String(first!.id), voice: bytes() });
  await db
    .insert(schema.tablePlans)
    .values({ eventId: event.id, state: 'published', rounds: 3, tables: 2, changedAt: world.clock.now });
  await db.insert(schema.seatProposals).values({
    eventId: event.id,
    key: 'dropped',
    change: { kind: 'dropped', table: 2, from: 1 },
    situation: '1',
    options: [],
    madeAt: world.clock.now,
    acceptedAt: world.clock.now,
    undo: {
      facts: nothingDiffers,
      rows: [],
      situation: '2',
      hops: [{ id: author, round: 1, from: 2, to: 1 }],
    },
  });
  const plan = planOf(event, []);
  await db.insert(schema.liveRuns).values({ eventId: event.id, plan, state: beforeStart(plan) });
  await ask(world.ctx, { ...asked, text: 'Who signs, then?', formKey: crypto.randomUUID() });
  await world.sql`UPDATE questions SET state = 'merged', merged_into = ${String(second!.id)} WHERE text = 'Who signs, then?'`;
});

interface Seen {
  revision: number;
  all: string;
}

const asText = (value: unknown) =>
  JSON.stringify(value, (_, one) => (one instanceof Set ? [...one].toSorted((a, b) => a - b) : one));

/** All that is kept for the event, read anew: a transaction of its own has kept nothing yet. */
async function look(db: Db | Tx): Promise<Seen | null> {
  return db.transaction(async (tx) => {
    const page = await findBySlug(tx, slug, author);
    if (page === null) return null;
    const all = [page.shared, await everyQuestion(tx, page), await mergedOf(tx, page, author)];
    return { revision: Number(page.revision), all: asText(all) };
  });
}

/** The statements that are kept, and the tables that they read. */
async function sources(): Promise<{ statements: string; tables: string[] }> {
  const client = (world.db as Db & { $client: Sql }).$client;
  const asked: [string, unknown[]][] = [];
  const logger = { logQuery: (query: string, values: unknown[]) => void asked.push([query, values]) };
  const recorded = drizzle(client, { casing: 'snake_case', logger });
  const page = await findBySlug(recorded as unknown as Db, slug, author);
  await everyQuestion(recorded as unknown as Db, page!);
  const plans = [];
  for (const [query, values] of asked.slice(1))
    plans.push(await client.unsafe(`EXPLAIN (FORMAT JSON) ${query}`, values as never[]));
  const tables = [...JSON.stringify(plans).matchAll(/"Relation Name":\s*"(\w+)"/g)].map(([, name]) => name!);
  return { statements: asked.map(([query]) => query).join('\n'), tables: [...new Set(tables)].toSorted() };
}

/** One change of one row: another value in a column, or the row gone, or one more. */
interface Change {
  what: string;
  sql: string;
}

const other: Record<string, (column: string) => string> = {
  text: (column) => `${column} || 'x'`,
  integer: (column) => `${column} + 1`,
  smallint: (column) => `${column} + 1`,
  bigint: (column) => `${column} + 1`,
  boolean: (column) => `NOT ${column}`,
  bytea: (column) => `${column} || '\\x00'::bytea`,
  date: (column) => `${column} + 1`,
  'timestamp with time zone': (column) => `${column} + interval '1 day'`,
};

async function changesOf(table: string, statements: string): Promise<Change[]> {
  const columns = await world.sql<{ name: string; type: string; nullable: string }[]>`
    SELECT column_name AS name, data_type AS type, is_nullable AS nullable FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ${table} ORDER BY ordinal_position`;
  const rows = await world.sql.unsafe<{ at: string }[]>(`SELECT ctid::text AS at FROM ${table}`);
  return rows.flatMap(({ at }) => {
    const here = `WHERE ctid = '${at}'`;
    const changed = columns
      .filter(({ name, type }) => type in other && new RegExp(`\\b${name}\\b`).test(statements))
      .flatMap(({ name, type, nullable }) => [
        {
          what: `${table}.${name} of another value`,
          sql: `UPDATE ${table} SET ${name} = ${other[type]!(name)} ${here}`,
        },
        ...(nullable === 'YES'
          ? [{ what: `${table}.${name} empty`, sql: `UPDATE ${table} SET ${name} = NULL ${here}` }]
          : []),
      ]);
    return [...changed, { what: `a row of ${table} gone`, sql: `DELETE FROM ${table} ${here}` }];
  });
}

const undo = new Error('undone');

/** Returns the effect of a change, undone afterwards; null where the database does not allow it. */
async function tried({
  sql: change,
}: Change): Promise<{ before: Seen; after: Seen | null; back: Seen | null } | null> {
  let found = null;
  await world.db
    .transaction(async (tx) => {
      const before = (await look(tx))!;
      const [, table] = /^DELETE FROM (\w+)/.exec(change) ?? [];
      const rows = table
        ? await tx.execute(
            `SELECT to_jsonb(t) AS row FROM ${change.replace('DELETE FROM', '').replace(table, `${table} t`)}`,
          )
        : [];
      await tx.execute(change);
      const after = await look(tx);
      let back = null;
      // The row comes back as a new one, where nothing went with it.
      if (table && rows[0])
        back = await tx
          .transaction(async (inner) => {
            await inner.execute(
              `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_record(NULL::${table}, '${JSON.stringify(rows[0]!.row).replaceAll("'", "''")}')`,
            );
            return look(inner);
          })
          .catch(() => null);
      found = { before, after, back };
      throw undo;
    })
    .catch((error) => {
      if (error !== undo && !('cause' in error)) throw error;
    });
  return found;
}

describe('what an event’s pages are kept from', () => {
  test('raises its revision whenever it changes what they show', { timeout: 600_000 }, async () => {
    const { statements, tables } = await sources();
    const silent = new Set<string>();
    const seen = new Set<string>();
    for (const table of tables) {
      for (const change of await changesOf(table, statements)) {
        const done = await tried(change);
        if (done === null || done.after === null) continue;
        const { before, after, back } = done;
        if (after.all !== before.all) {
          seen.add(table);
          if (after.revision === before.revision) silent.add(change.what);
        }
        if (back && back.all !== after.all && back.revision === after.revision)
          silent.add(`one more row of ${table}`);
      }
    }
    expect([...silent]).toEqual([]);
    // Each table that the kept queries read had a row whose change was noticed, so that none is forgotten.
    expect([...seen].toSorted()).toEqual(tables.filter((table) => table !== 'event_revisions'));
  });
});
