import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import { own, ownRow } from './event-page.ts';
import { prepared } from './prepared.ts';
import { eventRevisions, events, people, rsvps, sessions } from './schema.ts';

const person = {
  id: people.id,
  name: people.name,
  email: people.email,
  side: people.side,
  isOrganiser: people.isOrganiser,
};

const stands = and(
  eq(sessions.tokenHash, sql.placeholder('tokenHash')),
  gt(sessions.expiresAt, sql.placeholder('now')),
  isNull(people.disabledAt),
);

const byToken = prepared((db) =>
  db
    .select({
      ...person,
      organisation: sql<string>`coalesce((SELECT organisation FROM programmes ORDER BY id DESC LIMIT 1), 'Flipside')`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(stands)
    .prepare('session_person'),
);

/** Whoever is signed in with this token, with the role they have at this moment. */
export async function findPerson(db: Db, tokenHash: string, now: Temporal.Instant) {
  const [person] = await byToken(db).execute({ tokenHash, now: now.toString() });
  return person ?? null;
}

const at = { id: own.id, revision: own.revision };
const { mine } = own;

const eventOfSession = prepared((db) =>
  db
    .select({ person, at, mine })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(events, eq(events.slug, sql.placeholder('slug')))
    .leftJoin(eventRevisions, eq(eventRevisions.eventId, events.id))
    .leftJoin(rsvps, ownRow(people.id))
    .where(stands)
    .prepare('event_of_session'),
);

/** A session's person with their own part of the event they look at, in one question to the database. */
export async function findPersonAt(db: Db, tokenHash: string, now: Temporal.Instant, slug: string) {
  const [row] = await eventOfSession(db).execute({ tokenHash, now: now.toString(), slug });
  return row ? { person: row.person, own: row.at && { ...row.at, mine: row.mine } } : null;
}

/** Starts a session, seen for the first time at its creation. */
export async function add(db: Db, values: Omit<typeof sessions.$inferInsert, 'seenOn'>): Promise<void> {
  await db.insert(sessions).values({ ...values, seenOn: dayOf(values.createdAt) });
}

/** A day in UTC, as it stands in a date column. */
const dayOf = (at: Temporal.Instant) => at.toString().slice(0, 10);

export async function remove(db: Db, tokenHash: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}

export async function removeOf(db: Db, personId: number): Promise<void> {
  await db.delete(sessions).where(eq(sessions.personId, personId));
}

export async function removeExpired(db: Db, now: Temporal.Instant): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
}

/** In how many browsers somebody is signed in. */
export async function countOf(db: Db, personId: number, now: Temporal.Instant): Promise<number> {
  return db.$count(sessions, and(eq(sessions.personId, personId), gt(sessions.expiresAt, now)));
}
