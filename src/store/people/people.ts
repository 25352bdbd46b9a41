import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { people, rsvps, wordsOf } from '../schema/index.ts';

export type Person = typeof people.$inferSelect;
export type NewPerson = typeof people.$inferInsert;

export async function find(db: Db, id: number): Promise<Person | null> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row ?? null;
}

/**
 * Locks an active person's row, so that two presses of theirs come one after the other. Rows that only refer to the
 * person, as a new member of a team does, do not wait.
 */
export async function lockActive(tx: Tx, id: number): Promise<Person | null> {
  const [row] = await tx
    .select()
    .from(people)
    .where(and(eq(people.id, id), isNull(people.disabledAt)))
    .for('no key update');
  return row ?? null;
}

/** Finds everyone behind an address, whatever its capitals: whose it was first, then those who share it; also disabled ones. */
export async function allWithEmail(db: Db, email: string): Promise<Person[]> {
  return db
    .select()
    .from(people)
    .where(eq(sql`lower(${people.email})`, email.toLowerCase()))
    .orderBy(asc(people.sharesAddress), asc(people.id));
}

/** Finds a person by address, whatever its capitals, of several the one whose it was first; also disabled ones. */
export async function findByEmail(db: Db, email: string): Promise<Person | null> {
  const [first] = await allWithEmail(db, email);
  return first ?? null;
}

/** Finds people with all these words in name, address, department or title, oldest first; also disabled ones. */
export async function withWords(db: Db, words: readonly string[], most: number): Promise<Person[]> {
  if (words.length === 0) return [];
  const text = wordsOf(people);
  return db
    .select()
    .from(people)
    .where(and(...words.map((word) => sql`${text} LIKE ${`%${word}%`}`)))
    .orderBy(asc(people.id))
    .limit(most);
}

/** Finds the people with one of these addresses, in small letters; also disabled ones. */
export async function withAddresses(db: Db, addresses: string[]): Promise<Person[]> {
  if (addresses.length === 0) return [];
  return db
    .select()
    .from(people)
    .where(inArray(sql`lower(${people.email})`, addresses))
    .orderBy(asc(people.sharesAddress), asc(people.id));
}

/** Lists those on an event's list whose calendar entries have UIDs of their own. */
export async function withOwnUids(db: Db, eventId: number): Promise<Set<number>> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .innerJoin(rsvps, and(eq(rsvps.personId, people.id), eq(rsvps.eventId, eventId)))
    .where(eq(people.hasOwnUids, true));
  return new Set(rows.map(({ id }) => id));
}

/** Zones that people on an event's list set for themselves, by person. */
export async function ownZonesAt(db: Db, eventId: number): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: people.id, timeZone: people.timeZone })
    .from(people)
    .innerJoin(rsvps, and(eq(rsvps.personId, people.id), eq(rsvps.eventId, eventId)))
    .where(ne(people.timeZone, ''));
  return new Map(rows.map(({ id, timeZone }) => [id, timeZone]));
}

/** Sets the zone in which somebody reads times beside the event's; '' for none. */
export async function setTimeZone(db: Db, id: number, timeZone: string): Promise<void> {
  await db.update(people).set({ timeZone }).where(eq(people.id, id));
}

/** The id of the person who has been here longest; null where there is none. */
export async function firstId(db: Db): Promise<number | null> {
  const [row] = await db.select({ id: people.id }).from(people).orderBy(asc(people.id)).limit(1);
  return row?.id ?? null;
}

/** The organiser who has been here longest, apart from this person. */
export async function firstOrganiser(db: Db, but: number): Promise<Person | null> {
  const [row] = await db
    .select()
    .from(people)
    .where(and(people.isOrganiser, isNull(people.disabledAt), ne(people.id, but)))
    .orderBy(asc(people.id))
    .limit(1);
  return row ?? null;
}

export async function findMany(db: Db, ids: number[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  return db.select().from(people).where(inArray(people.id, ids));
}

/** Everyone who can take part, by name as people sort it. */
export async function active(db: Db, side?: Person['side']): Promise<Person[]> {
  return db
    .select()
    .from(people)
    .where(and(isNull(people.disabledAt), side ? eq(people.side, side) : undefined))
    .orderBy(asc(sql`${people.name} COLLATE "und-x-icu"`), asc(people.id));
}

export async function add(db: Db, values: NewPerson): Promise<Person> {
  const [row] = await db.insert(people).values(values).returning();
  return row!;
}

/** Writes these columns while nobody has written since `seenAt`; null where somebody has, or the person is gone. */
export async function change(
  db: Db,
  id: number,
  seenAt: Temporal.Instant,
  values: Partial<NewPerson> & { updatedAt: Temporal.Instant },
): Promise<Person | null> {
  const [row] = await db
    .update(people)
    .set(values)
    .where(and(eq(people.id, id), eq(people.updatedAt, seenAt)))
    .returning();
  return row ?? null;
}

/** Shuts a person out, feed addresses included, or lets them in again with null; those addresses do not come back. */
export async function setDisabled(
  db: Db,
  id: number,
  disabledAt: Temporal.Instant | null,
  now: Temporal.Instant,
): Promise<void> {
  const feeds = { feedTokenHash: null, programmeFeedTokenHash: null };
  await db
    .update(people)
    .set({ disabledAt, updatedAt: now, ...feeds })
    .where(eq(people.id, id));
}

export async function clearLastDay(db: Db, id: number): Promise<void> {
  await db.update(people).set({ endsOn: null }).where(eq(people.id, id));
}

/** Keeps the kinds of news an organiser wants no e-mails about. */
export async function setNewsOff(db: Db, id: number, newsOff: Person['newsOff']): Promise<void> {
  await db.update(people).set({ newsOff }).where(eq(people.id, id));
}

/** Removes a person again who was added at this moment and has neither been edited nor put on a list or team since. */
export async function removeUntouched(tx: Tx, id: number): Promise<boolean> {
  const rows = await tx
    .delete(people)
    .where(
      and(
        eq(people.id, id),
        eq(people.createdAt, people.updatedAt),
        sql`NOT EXISTS (SELECT FROM rsvps WHERE person_id = ${people.id})`,
        sql`NOT EXISTS (SELECT FROM team_members WHERE person_id = ${people.id})`,
        sql`NOT EXISTS (SELECT FROM sessions WHERE person_id = ${people.id})`,
      ),
    )
    .returning({ id: people.id });
  return rows.length > 0;
}

/** Greetings that organisers typed for these people; nobody whose greeting follows from the name. */
export async function greetings(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, greeting: people.greeting })
    .from(people)
    .where(and(inArray(people.id, [...ids]), ne(people.greeting, '')));
  return new Map(rows.map(({ id, greeting }) => [id, greeting]));
}
