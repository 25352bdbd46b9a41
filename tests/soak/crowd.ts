// The people of a soak: guests of one event who answer, ask and vote; drafts to publish; people who sign in; an organiser.
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { draft } from '../../src/actions/events/events.ts';
import { ask } from '../../src/actions/questions/ask.ts';
import type { Context } from '../../src/context.ts';
import { openDatabase } from '../../src/database/open.ts';
import { openQueue, openQueues } from '../../src/jobs/queues.ts';
import * as people from '../../src/store/people/people.ts';
import * as sessions from '../../src/store/sign-in/sessions.ts';
import { hashToken } from '../../src/web/tokens.ts';
import { contextOn, type Guest, inviteWith, planFor, type Size } from '../faults/guests.ts';
import type { Settings } from '../support/process.ts';

export const size: Size = { seniors: 48, talents: 12, seniorCapacity: 18, talentCapacity: 5 };

export interface Crowd {
  event: { id: number; slug: string; capacity: number };
  guests: Guest[];
  /** Questions that are on the wall from the beginning. */
  questions: number[];
  /** Events that wait to be published. */
  drafts: number[];
  /** Addresses of people who sign in. */
  walkers: string[];
  /** The cookie of an organiser who is signed in. */
  organiser: string;
}

export interface Wanted {
  drafts: number;
  walkers: number;
}

/** Fills an empty home by the program's own code, with the program not running. */
export async function fill(settings: Settings, wanted: Wanted): Promise<Crowd> {
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    dataDir: settings.DATA_DIR!,
    log: () => {},
  });
  await database.migrate();
  const boss = await openQueues(database, () => {});
  try {
    const ctx = await contextOn(database, settings);
    return await fillWith(
      { ...ctx, mail: { from: settings.MAIL_FROM!, configured: true }, queue: openQueue(boss) },
      wanted,
    );
  } finally {
    await boss.stop({ graceful: false });
    await database.close();
  }
}

async function fillWith(ctx: Context, wanted: Wanted): Promise<Crowd> {
  const guests = await inviteWith(ctx, size);
  const [event] = await ctx.db.execute<Crowd['event']>(sql`SELECT id, slug, capacity FROM events`);
  const add = (name: string) =>
    people.add(ctx.db, {
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@halden.example`,
      side: 'senior',
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    });
  const walkers: string[] = [];
  for (let n = 1; n <= wanted.walkers; n++) walkers.push((await add(`Walker ${n}`)).email);
  return {
    event: event!,
    guests,
    questions: await questionsFor(ctx, event!.id, guests),
    drafts: await draftsFor(ctx, wanted.drafts, await Promise.all([1, 2, 3].map((n) => add(`Invited ${n}`)))),
    walkers,
    organiser: await sessionOf(ctx),
  };
}

async function questionsFor(ctx: Context, eventId: number, guests: Guest[]): Promise<number[]> {
  for (const [n, { id }] of guests.slice(0, 8).entries())
    await ask(ctx, {
      formKey: randomUUID(),
      eventId,
      authorId: id,
      topicId: null,
      text: `What of number ${n}?`,
    });
  const rows = await ctx.db.execute<{ id: number }>(sql`SELECT id FROM questions ORDER BY id`);
  return rows.map(({ id }) => id);
}

async function organiserOf(ctx: Context): Promise<{ id: number; programme: number }> {
  const [row] = await ctx.db.execute<{ id: number; programme: number }>(
    sql`SELECT people.id, programmes.id AS programme FROM people, programmes WHERE is_organiser`,
  );
  return row!;
}

async function draftsFor(ctx: Context, many: number, guests: { id: number }[]): Promise<number[]> {
  const { id: organiserId, programme: programmeId } = await organiserOf(ctx);
  const guestIds = guests.map(({ id }) => id);
  const ids: number[] = [];
  for (let n = 1; n <= many; n++) {
    const plan = {
      ...planFor({ ...size, seniorCapacity: 5 }),
      name: `Round ${n}`,
      programmeId,
      organiserId,
      guestIds,
    };
    ids.push((await draft(ctx, plan)).id);
  }
  return ids;
}

async function sessionOf(ctx: Context): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const createdAt = ctx.now();
  await sessions.add(ctx.db, {
    tokenHash: hashToken(secret),
    personId: (await organiserOf(ctx)).id,
    createdAt,
    seenOn: createdAt.toString().slice(0, 10),
    expiresAt: createdAt.add({ hours: 24 }),
  });
  return secret;
}
