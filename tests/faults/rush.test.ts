// Many people press at the same moment, on two processes that share one PostgreSQL.
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import type { Db } from '../../src/database/open.ts';
import { openDatabase } from '../../src/database/open.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { invariants } from '../support/invariants.ts';
import { needs } from '../support/needs.ts';
import { type Flipside, startFlipside } from '../support/process.ts';
import { type Guest, invite, press, type Word } from './guests.ts';

const size = { seniors: 60, talents: 0, seniorCapacity: 20, talentCapacity: 4 };

needs('postgresql')('sixty people who answer at once', () => {
  test('twenty get the twenty seats, forty wait in the order in which they came, and each seat given back goes to the next', {
    timeout: 1_200_000,
  }, async () => {
    const settings = await emptyHome('server');
    const guests = await invite(settings, size);
    const doors = await Promise.all([startFlipside(settings), startFlipside(settings)]);
    onTestFinished(async () => void (await Promise.all(doors.map((door) => door.stop('SIGKILL')))));
    const { db, close } = await openDatabase({ url: settings.DATABASE_URL, dataDir: '' });
    onTestFinished(close);

    await allAtOnce(doors, guests, 'yes');
    expect(await counts(db)).toEqual({ coming: 20, waiting: 40 });
    expect(await invariants(db, { atRest: false })).toEqual([]);
    expect(await waitingNumbers(db)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));

    const first = await whoWaits(db);
    const seated = await withState(db, 'coming', guests);
    await allAtOnce(doors, seated.slice(0, 15), 'no');
    expect(await counts(db)).toEqual({ coming: 5, declined: 15, waiting: 40 });
    // Ten minutes later the seats go, and both processes look after them.
    await db.execute(sql`UPDATE rsvps SET seat_kept_until = now() WHERE seat_kept_until IS NOT NULL`);
    const after = { coming: 20, declined: 15, waiting: 25 };
    await expect.poll(() => counts(db), { timeout: 300_000, interval: 1000 }).toEqual(after);
    expect(await whoWaits(db)).toEqual(first.slice(15));
    expect(await promoted(db)).toEqual(first.slice(0, 15).toSorted((a, b) => a - b));
    expect(await invariants(db, { atRest: false })).toEqual([]);
  });

  test('one person who presses twenty times has one seat and one letter', { timeout: 600_000 }, async () => {
    const settings = await emptyHome('server');
    const [guest] = await invite(settings, { ...size, seniors: 2 });
    const doors = await Promise.all([startFlipside(settings), startFlipside(settings)]);
    onTestFinished(async () => void (await Promise.all(doors.map((door) => door.stop('SIGKILL')))));
    const { db, close } = await openDatabase({ url: settings.DATABASE_URL, dataDir: '' });
    onTestFinished(close);

    await allAtOnce(
      doors,
      Array.from({ length: 20 }, () => guest!),
      'yes',
    );
    expect(await counts(db)).toEqual({ coming: 1, invited: 1 });
    const rows = await db.execute<{ kind: string }>(
      sql`SELECT kind FROM letters WHERE person_id = ${guest!.id} ORDER BY id`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['invitation', 'confirmed']);
    expect(guest!.acknowledged.length).toBe(20);
  });
});

async function allAtOnce(doors: Flipside[], guests: Guest[], word: Word): Promise<void> {
  await Promise.all(guests.map((guest, i) => press(doors[i % doors.length]!, guest, word)));
  expect(guests.flatMap(({ unsure }) => unsure)).toEqual([]);
}

async function counts(db: Db): Promise<Record<string, number>> {
  const rows = await db.execute<{ state: string; count: number }>(
    sql`SELECT state, count(*)::int AS count FROM rsvps GROUP BY state ORDER BY state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

const ids = (rows: Iterable<{ id: number }>) => [...rows].map(({ id }) => id);

async function whoWaits(db: Db): Promise<number[]> {
  return ids(
    await db.execute<{ id: number }>(
      sql`SELECT person_id AS id FROM rsvps WHERE state = 'waiting' ORDER BY waiting_number`,
    ),
  );
}

async function waitingNumbers(db: Db): Promise<number[]> {
  return ids(
    await db.execute<{ id: number }>(
      sql`SELECT waiting_number AS id FROM rsvps WHERE state = 'waiting' ORDER BY 1`,
    ),
  );
}

/** Lists who got the letter that a seat is free. */
async function promoted(db: Db): Promise<number[]> {
  return ids(
    await db.execute<{ id: number }>(
      sql`SELECT person_id AS id FROM letters WHERE kind = 'seat-free' ORDER BY 1`,
    ),
  );
}

async function withState(db: Db, state: string, guests: Guest[]): Promise<Guest[]> {
  const there = new Set(
    ids(await db.execute<{ id: number }>(sql`SELECT person_id AS id FROM rsvps WHERE state = ${state}`)),
  );
  return guests.filter(({ id }) => there.has(id));
}
