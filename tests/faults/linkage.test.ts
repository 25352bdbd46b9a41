// Somebody with all of the database, as it stands and as it was written, tries to find out who asked.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import { randomFrom, shuffle } from '../../src/planning/random.ts';
import type { Person } from '../../src/store/people/people.ts';
import { linkOf, published } from '../support/events.ts';
import { byLength } from '../support/length.ts';
import { ask, fetchSlip } from '../support/nameless/guests.ts';
import { needs } from '../support/needs.ts';
import { useWorld, type World } from '../support/world.ts';

vi.setConfig({ testTimeout: 6_000_000 });

const crowd = 12;
const runs = byLength(10, 20);
/** By chance each run has one hit; three standard deviations more is 71 in 50 runs. */
const most = Math.ceil(runs + 3 * Math.sqrt((runs * (crowd - 1)) / crowd));

const random = randomFrom(20261123);
const shuffled = <T>(list: readonly T[]): T[] => shuffle([...list], random);

/** Something written that names a person, or a question that came to be, in the order of writing. */
type Written = { person: number } | { question: string };

interface Found {
  /** Questions as they stand: what wrote their row, and in which order they lie in the file. */
  questions: { text: string; xmin: number }[];
  /** Every row that names a person. */
  rows: { person: number; xmin: number }[];
  log: Written[];
  /** In which order people were given slips. */
  given: number[];
  askers: Map<string, number>;
}

/** By what wrote the row: whose row was written by the same transaction, or the nearest one. */
function byTransaction({ questions, rows }: Found): Map<string, number> {
  return new Map(
    questions.map(({ text, xmin }) => {
      const near = rows.toSorted(
        (a, b) => Math.abs(a.xmin - xmin) - Math.abs(b.xmin - xmin) || a.xmin - b.xmin,
      )[0]!;
      return [text, near.person];
    }),
  );
}

/** By place: the first question in the file is of the guest who came first. */
function byPlace({ questions, given }: Found): Map<string, number> {
  return new Map(questions.map(({ text }, place) => [text, given[place % given.length]!]));
}

/** By the write-ahead log: of the guest written about last before the question. */
function byLog({ log }: Found): Map<string, number> {
  const guesses = new Map<string, number>();
  let last = -1;
  for (const one of log) {
    if ('person' in one) last = one.person;
    else guesses.set(one.question, last);
  }
  return guesses;
}

const attacks = { byTransaction, byPlace, byLog };

function hits(found: Found, attack: (found: Found) => Map<string, number>): number {
  const guesses = attack(found);
  return [...found.askers].filter(([text, asker]) => guesses.get(text) === asker).length;
}

needs('postgresql')('who asked without a name', () => {
  const world = useWorld({ home: 'server' });

  /** Reads the whole database again and again, and notes what is new: all that the write-ahead log would tell. */
  async function eavesdropper(texts: string) {
    const tables = await world.db.execute<{ name: string; column: string }>(sql`
      SELECT table_name AS name, column_name AS "column" FROM information_schema.columns
      WHERE table_schema = 'public' AND (column_name IN ('person_id', 'author_id') OR (table_name = 'people' AND column_name = 'id'))`);
    const everyone = sql.raw(
      tables
        .map(
          ({ name, column }) =>
            `SELECT '${name}' || ctid AS row, ${column} AS person, xmin::text::bigint AS xmin FROM ${name} WHERE ${column} IS NOT NULL`,
        )
        .join(' UNION ALL '),
    );
    const log: Written[] = [];
    const seen = new Set<string>();
    const given: number[] = [];
    const look = async () => {
      const rows = await world.db.execute<{ row: string; person: number; xmin: string }>(everyone);
      // Rows that are written anew all together name everybody: what is new in them is a person not there before.
      for (const { row, person, xmin } of rows) {
        const isSlip = row.startsWith('slips_issued');
        const key = isSlip ? `slips ${person}` : `${row} ${xmin}`;
        if (seen.has(key)) continue;
        seen.add(key);
        log.push({ person });
        if (isSlip) given.push(person);
      }
      for (const { text } of await world.db.execute<{ text: string }>(sql.raw(texts))) {
        if (seen.has(text)) continue;
        seen.add(text);
        log.push({ question: text });
      }
      return rows.map(({ person, xmin }) => ({ person, xmin: Number(xmin) }));
    };
    return { look, log, given };
  }

  test('cannot be told from the database, its write-ahead log or its letters', async () => {
    const total = { byTransaction: 0, byPlace: 0, byLog: 0 };
    for (let run = 0; run < runs; run++) {
      const found = await oneEvent(world, await eavesdropper('SELECT text FROM nameless_questions'));
      expect(found.askers.size).toBe(crowd);
      expect(new Set(found.questions.map(({ text }) => text))).toEqual(new Set(found.askers.keys()));
      for (const name of Object.keys(attacks) as (keyof typeof attacks)[])
        total[name] += hits(found, attacks[name]);
      await forget(world);
    }
    console.log(`Of ${runs * crowd} questions the attacker found:`, total);
    for (const [name, count] of Object.entries(total))
      expect({ [name]: count <= most }).toEqual({ [name]: true });
  });

  test('would be told where the table only lacks an author: the same attacks find nearly everyone', async () => {
    await world.db.execute(
      sql`CREATE TABLE IF NOT EXISTS naive_questions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), text text NOT NULL)`,
    );
    const people: Person[] = [];
    for (let n = 0; n < crowd; n++) people.push(await world.addPerson());
    const { look, log } = await eavesdropper('SELECT text FROM naive_questions');
    await look();
    const askers = new Map<string, number>();
    for (const person of shuffled(people)) {
      // What many a site does: the request notes that somebody was seen, and then the question, without an author.
      await world.db.execute(sql`UPDATE people SET last_seen_on = now() WHERE id = ${person.id}`);
      const text = randomBytes(8).toString('hex');
      await world.db.execute(sql`INSERT INTO naive_questions (text) VALUES (${text})`);
      askers.set(text, person.id);
      await look();
    }
    const rows = (await look()).filter(({ person }) => people.some(({ id }) => id === person));
    const given = rows.toSorted((a, b) => a.xmin - b.xmin).map(({ person }) => person);
    const questions = await world.db.execute<{ text: string; xmin: string }>(
      sql`SELECT text, xmin::text AS xmin FROM naive_questions ORDER BY ctid`,
    );
    const found: Found = {
      questions: questions.map(({ text, xmin }) => ({ text, xmin: Number(xmin) })),
      rows,
      log,
      given,
      askers,
    };
    expect(Object.values(attacks).map((attack) => hits(found, attack) >= crowd - 1)).toEqual([
      true,
      true,
      true,
    ]);
    await world.db.execute(sql`DROP TABLE naive_questions`);
  });
});

type Eavesdropper = { look: () => Promise<Found['rows']>; log: Written[]; given: number[] };

/** Twelve guests open their page, and later answer, look again and ask once each, in any order. */
async function oneEvent(world: World, { look, log, given }: Eavesdropper): Promise<Found> {
  world.clock.now = Temporal.Instant.from('2026-11-09T08:00:00Z');
  const people: Person[] = [];
  for (let n = 0; n < crowd; n++) people.push(await world.addPerson());
  const event = await published(world, people);
  await look();
  log.length = 0;
  const hands = new Map<number, Awaited<ReturnType<typeof fetchSlip>>>();
  for (const person of shuffled(people)) {
    hands.set(person.id, await fetchSlip(world, event, person));
    await look();
  }
  const askers = new Map<string, number>();
  const acts = people.flatMap((person) =>
    (['answer', 'look', 'ask'] as const).map((what) => ({ person, what })),
  );
  for (const { person, what } of shuffled(acts)) {
    const link = linkOf(world, event, person);
    await world.get(link);
    if (what === 'answer') await world.post(`${link}/answer`, { answer: 'yes' }, { link: link.slice(3) });
    if (what === 'ask') {
      const text = randomBytes(8).toString('hex');
      askers.set(text, person.id);
      await ask(world, event, hands.get(person.id)!, text);
    }
    await look();
  }
  world.clock.now = Temporal.Instant.from('2026-11-09T11:01:00Z');
  await tick(world.ctx);
  const rows = await look();
  const questions = await world.db.execute<{ text: string; xmin: string }>(
    sql`SELECT text, xmin::text AS xmin FROM nameless_questions WHERE event_id = ${event.id} ORDER BY ctid`,
  );
  return {
    questions: questions.map(({ text, xmin }) => ({ text, xmin: Number(xmin) })),
    rows,
    log,
    given,
    askers,
  };
}

/** So that the next event has the database to itself. */
async function forget(world: World): Promise<void> {
  await world.db.execute(sql`DELETE FROM events`);
  await world.db.execute(sql`DELETE FROM people WHERE NOT is_organiser`);
}
