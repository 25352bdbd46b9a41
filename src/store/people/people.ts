import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { people } from '../schema/index.ts';

export type Person = typeof people.$inferSelect;
export type NewPerson = typeof people.$inferInsert;

export async function find(db: Db, id: number): Promise<Person | null> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row ?? null;
}

/** By address, whatever its capitals; also those who are disabled. */
export async function findByEmail(db: Db, email: string): Promise<Person | null> {
  const [row] = await db
    .select()
    .from(people)
    .where(eq(sql`lower(${people.email})`, email.toLowerCase()));
  return row ?? null;
}

/** Finds the people with one of these addresses, in small letters; also disabled ones. */
export async function withAddresses(db: Db, addresses: string[]): Promise<Person[]> {
  if (addresses.length === 0) return [];
  return db
    .select()
    .from(people)
    .where(inArray(sql`lower(${people.email})`, addresses));
}

/** The id of the person who has been here longest; null where there is none. */
export async function firstId(db: Db): Promise<number | null> {
  const [row] = await db.select({ id: people.id }).from(people).orderBy(asc(people.id)).limit(1);
  return row?.id ?? null;
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
