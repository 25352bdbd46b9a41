import { and, eq, gt, gte, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { type GroundRule, linesFor, type SupportContact } from '../../domain/settings/programme.ts';
import { idleSince } from '../../domain/sign-in/sign-in.ts';
import { json, ownColumns, ownRow } from '../events/page.ts';
import { prepared } from '../prepared.ts';
import { eventRevisions, events, people, programmes, rsvps, sessions } from '../schema/index.ts';

const person = {
  id: people.id,
  name: people.name,
  greeting: people.greeting,
  email: people.email,
  side: people.side,
  isOrganiser: people.isOrganiser,
  timeZone: people.timeZone,
};

const stands = and(
  eq(sessions.tokenHash, sql.placeholder('tokenHash')),
  gt(sessions.expiresAt, sql.placeholder('now')),
  gte(sessions.seenOn, sql.placeholder('idleSince')),
  isNull(people.disabledAt),
);

const values = (tokenHash: string, now: Temporal.Instant) => ({
  tokenHash,
  now: now.toString(),
  idleSince: idleSince(now),
});

/** The ground rules that this person is asked to accept and has not; null where there are none. */
const openRules = json<{ own: GroundRule[] | null } | null>(sql`(
  SELECT json_build_object('own', p.ground_rules) FROM (SELECT * FROM programmes ORDER BY id DESC LIMIT 1) p
  WHERE p.asks_to_accept AND NOT EXISTS (
    SELECT FROM rule_acceptances a WHERE a.programme_id = p.id AND a.person_id = people.id))`);

const byToken = prepared((db) =>
  db
    .select({
      person,
      seenOn: sessions.seenOn,
      organisation: sql<string>`coalesce((SELECT organisation FROM programmes ORDER BY id DESC LIMIT 1), 'Flipside')`,
      contacts: sql<
        SupportContact[]
      >`coalesce((SELECT contacts FROM programmes ORDER BY id DESC LIMIT 1), '[]')`.mapWith(
        programmes.contacts,
      ),
      openRules,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(stands)
    .prepare('session_person'),
);

/** The person who is signed in with this token, with the role they have at this moment. */
export async function findPerson(db: Db, tokenHash: string, now: Temporal.Instant) {
  const [row] = await byToken(db).execute(values(tokenHash, now));
  if (!row) return null;
  await see(db, tokenHash, row.seenOn, now);
  const { organisation, contacts, openRules } = row;
  return { ...row.person, organisation, help: linesFor(contacts, row.person.side), openRules };
}

/** Notes the day of a visit, the first time on that day. */
async function see(db: Db, tokenHash: string, seenOn: string, now: Temporal.Instant): Promise<void> {
  const today = dayOf(now);
  if (seenOn >= today) return;
  await db.update(sessions).set({ seenOn: today }).where(eq(sessions.tokenHash, tokenHash));
}

const at = { id: ownColumns.id, revision: ownColumns.revision };
const { mine } = ownColumns;

const eventOfSession = prepared((db) =>
  db
    .select({ person, at, mine, seenOn: sessions.seenOn })
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
  const [row] = await eventOfSession(db).execute({ ...values(tokenHash, now), slug });
  if (!row) return null;
  await see(db, tokenHash, row.seenOn, now);
  return { person: row.person, own: row.at && { ...row.at, mine: row.mine } };
}

/** Starts a session, seen for the first time at its creation unless told otherwise. */
export async function add(
  db: Db,
  values: Omit<typeof sessions.$inferInsert, 'seenOn'> & { seenOn?: string },
): Promise<void> {
  await db.insert(sessions).values({ seenOn: dayOf(values.createdAt), ...values });
}

/** A day in UTC, as it stands in a date column. */
const dayOf = (at: Temporal.Instant) => at.toString().slice(0, 10);

/** When the person signed in with this token; null where nobody is any more. */
export async function signedInAt(db: Db, tokenHash: string): Promise<Temporal.Instant | null> {
  const [row] = await db
    .select({ createdAt: sessions.createdAt })
    .from(sessions)
    .where(eq(sessions.tokenHash, tokenHash));
  return row?.createdAt ?? null;
}

export async function remove(db: Db, tokenHash: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}

/** Ends every session of a person, but for the one with the token that is kept. */
export async function removeOf(db: Db, personId: number, keptHash?: string): Promise<void> {
  const others = keptHash === undefined ? undefined : ne(sessions.tokenHash, keptHash);
  await db.delete(sessions).where(and(eq(sessions.personId, personId), others));
}

export async function removeExpired(db: Db, now: Temporal.Instant): Promise<void> {
  await db.delete(sessions).where(or(lt(sessions.expiresAt, now), lt(sessions.seenOn, idleSince(now))));
}

/** In how many browsers a person is signed in. */
export async function countOf(db: Db, personId: number, now: Temporal.Instant): Promise<number> {
  const stands = and(gt(sessions.expiresAt, now), gte(sessions.seenOn, idleSince(now)));
  return db.$count(sessions, and(eq(sessions.personId, personId), stands));
}
