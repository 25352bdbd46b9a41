// A process that dies in the middle of people answering: what they were told is done is done, and their letters go out.
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { databaseOn } from '../../src/database/embedded.ts';
import { openFolderInHaste } from '../../src/database/folder.ts';
import { type Database, openDatabase } from '../../src/database/open.ts';
import { deliverLetter, sendStrandedLetters } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import type { Home } from '../support/database.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { invariants } from '../support/invariants.ts';
import { byLength } from '../support/length.ts';
import { letLeasesRunOut } from '../support/letters.ts';
import { type Settings, startFlipside } from '../support/process.ts';
import { contextOn, type Guest, invite, keepAnswering, type Word } from './guests.ts';

/** All rounds in CI, where nothing is skipped; elsewhere as many as it takes to notice a mistake. */
const rounds = byLength(5, 8);
const size = { seniors: 28, talents: 12, seniorCapacity: 9, talentCapacity: 5 };

/** A test that starts, kills and looks, again and again, on one database. */
export function killAgainAndAgain(home: Home): void {
  const name = `killed ${rounds} times while people answer, it loses no answer and no letter and gives no seat twice`;
  test(name, { timeout: 6_000_000 }, async () => {
    // Who letters come from stays the same, or those that wait could not be sent.
    const settings = { ...(await emptyHome(home)), MAIL_FROM: 'reverse-mentoring@halden.example' };
    const guests = await invite(settings, size);
    for (let round = 0; round < rounds; round++) {
      await answerUntilKilled(settings, guests, round);
      await withDatabase(settings, async (database) => {
        expect(await invariants(database.db, { atRest: false })).toEqual([]);
        expect(await forgotten(database, guests)).toEqual([]);
        await agreeWithDatabase(database, guests);
      });
    }
    await lettersGoOut(settings);
  });
}

/** It dies some milliseconds after a certain answer: at the first or well into it, never at the same point of the work. */
async function answerUntilKilled(settings: Settings, guests: Guest[], round: number): Promise<void> {
  const flipside = await startFlipside(settings);
  let left = 1 + ((round * 7) % 24);
  await keepAnswering(flipside, guests, () => {
    left -= 1;
    if (left === 0) setTimeout(() => void flipside.stop('SIGKILL'), Math.random() * 40);
  });
  await flipside.stop('SIGKILL');
}

export async function withDatabase<T>(
  settings: Settings,
  look: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await open(settings);
  try {
    if (settings.DATABASE_URL) await nobodyElseIsAtWork(database);
    return await look(database);
  } finally {
    await database.close();
  }
}

async function open({ DATABASE_URL, DATA_DIR }: Settings): Promise<Database> {
  if (DATABASE_URL) return openDatabase({ url: DATABASE_URL, dataDir: '' });
  return databaseOn(await openFolderInHaste(path.join(DATA_DIR!, 'database')), {
    wait: 10,
    onDeath: () => {},
  });
}

/** The server may still be finishing what it heard last from the process that died. */
async function nobodyElseIsAtWork(database: Database): Promise<void> {
  for (;;) {
    const [row] = await database.sql<{ busy: number }[]>`
      SELECT count(*)::int AS busy FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`;
    if (row!.busy === 0) return;
    await pause(20);
  }
}

interface Row extends Record<string, unknown> {
  person: number;
  state: string;
  letters: number;
}

/** Per person how their answer stands, and how many letters said "you are in" or "you wait" because they pressed yes. */
async function standing(database: Database): Promise<Map<number, Row>> {
  const rows = await database.db.execute<Row>(sql`
    SELECT person_id AS person, state,
      (SELECT count(*)::int FROM letters WHERE letters.person_id = rsvps.person_id AND kind IN ('confirmed', 'waiting')) AS letters
    FROM rsvps`);
  return new Map(rows.map((row) => [row.person, row]));
}

const said: Record<string, Word> = { coming: 'yes', waiting: 'yes', maybe: 'maybe', declined: 'no' };

/**
 * Lists guests whose answer is not the last one acknowledged (or the one whose reply never came), or who miss a letter.
 */
export async function forgotten(database: Database, guests: Guest[]): Promise<string[]> {
  const rows = await standing(database);
  return guests.flatMap(({ id, acknowledged, unsure }) => {
    const row = rows.get(id)!;
    const possible = [acknowledged.at(-1), ...unsure];
    const wrong: string[] = [];
    if (!possible.includes(said[row.state]))
      wrong.push(`Person ${id} said ${acknowledged.at(-1)} and stands as ${row.state}`);
    // To and fro within five minutes is told once; that the last one told is true is I5.
    const [least, most] = [Math.min(1, yeses(acknowledged)), yeses([...acknowledged, ...unsure])];
    if (row.letters < least || row.letters > most)
      wrong.push(`Person ${id} said yes ${least} times and has ${row.letters} letters`);
    return wrong;
  });
}

/** How often somebody said yes after something else. */
const yeses = (words: Word[]) => words.filter((word, i) => word === 'yes' && words[i - 1] !== 'yes').length;

/** Lets guests who never got a reply look at their page. */
async function agreeWithDatabase(database: Database, guests: Guest[]): Promise<void> {
  const rows = await standing(database);
  for (const guest of guests) {
    if (guest.unsure.length > 0 && said[rows.get(guest.id)!.state] === guest.unsure.at(-1))
      guest.acknowledged.push(...guest.unsure);
    guest.unsure = [];
  }
}

/** A process that lives finishes the letters; those a dead one held are taken from it once its time is up. */
async function lettersGoOut(settings: Settings): Promise<void> {
  const flipside = await startFlipside(settings);
  expect((await flipside.get('/healthz')).status).toBe(200);
  await pause(3000);
  expect(await flipside.stop('SIGTERM')).toBe(0);
  await withDatabase(settings, async (database) => {
    await finishLetters(database, settings);
    expect(await invariants(database.db)).toEqual([]);
  });
}

async function finishLetters(database: Database, settings: Settings): Promise<void> {
  const queued: number[] = [];
  const ctx: Context = {
    ...(await contextOn(database, settings)),
    now: () => Temporal.Now.instant().add({ minutes: 16 }),
    queue: async (_tx, _job, { letterId }) => void queued.push(letterId as number),
  };
  const post = { ...openPost(ctx, undefined), print: () => {} };
  await letLeasesRunOut(database.db);
  await sendStrandedLetters(ctx);
  for (const letterId of queued) await deliverLetter(ctx, post, letterId);
  const dead = await database.db.execute(sql`SELECT kind, reply, tries FROM letters WHERE state = 'dead'`);
  expect([...dead].slice(0, 3)).toEqual([]);
}
