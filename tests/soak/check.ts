// Holds what was acknowledged against what is there: nothing lost, nothing twice, every rule kept.
import { sql } from 'drizzle-orm';
import { runImport } from '../../src/actions/people/import.ts';
import type { Database } from '../../src/database/open.ts';
import { deliverLetter } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import { contextOn } from '../faults/guests.ts';
import { forgotten } from '../faults/killing.ts';
import { invariants } from '../support/invariants.ts';
import type { Crowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import type { Ending } from './ledger.ts';
import { isThere } from './nameless.ts';
import type { Pressed } from './traffic.ts';

export interface Verdict {
  lost: string[];
  doubled: string[];
  broken: string[];
  /** Letters that the mail server has twice because of a fault between taking them and noting it. */
  sentAgain: number;
  /** Questions without a name that browsers had to send again. */
  askedAgain: number;
  letters: number;
}

export const nothingYet = (): Verdict => ({
  lost: [],
  doubled: [],
  broken: [],
  sentAgain: 0,
  askedAgain: 0,
  letters: 0,
});

/** Asks the running program for the rest: whose session lives, and which questions without a name wait. */
export async function askTheProgram(ground: Ground, pressed: Pressed, verdict: Verdict): Promise<void> {
  for (const session of pressed.sessions) {
    const { status } = await ground.flipside.get('/account', { cookie: `sid=${session}` });
    if (status !== 200) verdict.lost.push(`Somebody who signed in is out again (${status})`);
  }
  for (const asked of pressed.nameless.filter(({ ending }) => ending === 'done')) {
    const found = await isThere(ground, asked);
    if (found === 'lost') verdict.lost.push(`The question without a name “${asked.text}”`);
    if (found === 'sent again') verdict.askedAgain += 1;
  }
}

/** Lets what waits come to its end, as a program that goes on running would. */
export async function bringToRest(database: Database, { settings, mail }: Ground): Promise<void> {
  const plain = await contextOn(database, settings);
  const ctx = { ...plain, mail: { from: settings.MAIL_FROM!, configured: true } };
  const working = await database.db.execute<{ id: number }>(
    sql`SELECT id FROM imports WHERE state = 'working'`,
  );
  for (const { id } of working) await runImport(ctx, id);
  const post = openPost(ctx, mail.url);
  for (let round = 0; round < 5; round++) {
    await database.db.execute(sql`UPDATE letters SET due_at = now() - interval '1 second', lease_until = NULL, hold_id = NULL
      WHERE state = 'waiting'`);
    const rows = await database.db.execute<{ id: number }>(
      sql`SELECT id FROM letters WHERE state = 'waiting' ORDER BY id`,
    );
    for (const { id } of rows) await deliverLetter(ctx, post, id);
    if (rows.length === 0) break;
  }
  post.close();
}

/** Everything but what only the running program can say. */
export async function compare(
  database: Database,
  ground: Ground,
  crowd: Crowd,
  pressed: Pressed,
  verdict: Verdict,
): Promise<void> {
  const { secret } = await contextOn(database, ground.settings);
  verdict.broken.push(...(await invariants(database.db, { secret })));
  const answers = (await forgotten(database, crowd.guests)).filter((one) => one.includes('stands as'));
  verdict.lost.push(...answers);
  await questions(database, pressed, verdict);
  await votes(database, pressed, verdict);
  await events(database, crowd, pressed, verdict);
  await lists(database, pressed, verdict);
}

/** Checks how often each thing is there; acknowledged it is there once, unsure once at most. */
function once(
  verdict: Verdict,
  what: string,
  endings: Iterable<[string, Ending]>,
  there: Map<string, number>,
): void {
  for (const [name, ending] of endings) {
    const count = there.get(name) ?? 0;
    if (ending === 'done' && count === 0) verdict.lost.push(`${what} ${name}`);
    if (count > 1) verdict.doubled.push(`${what} ${name}, ${count} times`);
  }
}

type Counted = { name: string; count: number };
const asMap = (rows: Iterable<Counted>) => new Map([...rows].map(({ name, count }) => [name, count]));

async function questions({ db }: Database, pressed: Pressed, verdict: Verdict): Promise<void> {
  const named = await db.execute<Counted>(
    sql`SELECT text AS name, count(*)::int AS count FROM questions GROUP BY 1`,
  );
  once(verdict, 'The question', pressed.asked, asMap(named));
  const shown = await db.execute<Counted>(
    sql`SELECT text AS name, count(*)::int AS count FROM nameless_questions GROUP BY 1`,
  );
  // Those that wait are no rows yet: the program was asked for them.
  const unsure = pressed.nameless.map(({ text }): [string, Ending] => [text, 'unsure']);
  once(verdict, 'The question without a name', unsure, asMap(shown));
}

async function votes({ db }: Database, pressed: Pressed, verdict: Verdict): Promise<void> {
  const rows = await db.execute<{ vote: string }>(
    sql`SELECT question_id || ' ' || person_id AS vote FROM question_votes`,
  );
  const there = new Set([...rows].map(({ vote }) => vote));
  for (const [vote, { last, unsure }] of pressed.votes)
    if (![last, ...unsure].includes(there.has(vote)))
      verdict.lost.push(`The vote ${vote}, which was ${last ? 'given' : 'taken back'}`);
}

async function events({ db }: Database, { event }: Crowd, pressed: Pressed, verdict: Verdict): Promise<void> {
  const rows = await db.execute<{ id: number; state: string; capacity: number }>(
    sql`SELECT id, state, capacity FROM events`,
  );
  for (const { id, state, capacity } of rows) {
    if (pressed.published.get(id) === 'done' && state !== 'published')
      verdict.lost.push(`The publication of event ${id}`);
    if (id !== event.id) continue;
    const { done, unsure } = pressed.seats;
    const more = capacity - event.capacity;
    if (more < done) verdict.lost.push(`${done - more} seats that were added`);
    if (more > done + unsure) verdict.doubled.push(`${more - done - unsure} seats that nobody added`);
  }
}

async function lists({ db }: Database, pressed: Pressed, verdict: Verdict): Promise<void> {
  const rows = await db.execute<Counted>(sql`SELECT name, count(*)::int AS count FROM people GROUP BY 1`);
  once(verdict, 'From a list', pressed.imported, asMap(rows));
}

/** Every letter that is called sent has come to the mail server, once; twice only where a fault stood between. */
export async function letters(
  { db }: Database,
  { mail }: Ground,
  isExplained: (at: number) => boolean,
  verdict: Verdict,
): Promise<void> {
  const arrived = Map.groupBy(mail.arrived, ({ messageId }) => messageId);
  // What leaves together with others arrives as that one e-mail.
  const rows = await db.execute<{
    key: string;
    kind: string;
    state: string;
    message: string;
    isJoined: boolean;
    reply: string;
  }>(sql`
    SELECT l.key, l.kind, l.state, coalesce(j.message_id, l.message_id) AS message, j.id IS NOT NULL AS "isJoined", l.reply
    FROM letters l LEFT JOIN letters j ON j.id = l.joined_id WHERE l.kind <> 'decoy'`);
  for (const { key, kind, state, message, isJoined, reply } of rows) {
    const times = arrived.get(message) ?? [];
    if (state === 'sent' && times.length === 0) verdict.lost.push(`The letter ${key}, which is called sent`);
    // A sign-in letter is worth nothing after ten minutes.
    if (state === 'dead' && kind !== 'sign-in') verdict.lost.push(`The letter ${key}, given up: ${reply}`);
    if (isJoined) continue;
    const unexplained = times.slice(0, -1).filter(({ at }) => !isExplained(at));
    if (unexplained.length > 0) verdict.doubled.push(`The letter ${key}, ${times.length} times`);
    verdict.sentAgain += Math.max(0, times.length - 1);
  }
  verdict.letters = rows.length;
}
