import { and, asc, desc, eq, inArray, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../database/open.ts';
import { pairRounds, pairs, people } from '../schema/index.ts';

export type Pair = typeof pairs.$inferSelect;
export type NewPair = typeof pairs.$inferInsert;

const seniors = alias(people, 'seniors');
const talents = alias(people, 'talents');
const seconds = alias(people, 'second_talents');

const named = {
  pair: pairs,
  senior: { id: seniors.id, name: seniors.name, department: seniors.department, email: seniors.email },
  talent: { id: talents.id, name: talents.name, department: talents.department, email: talents.email },
  second: { id: seconds.id, name: seconds.name, department: seconds.department, email: seconds.email },
};

const read = (db: Db) =>
  db
    .select(named)
    .from(pairs)
    .innerJoin(seniors, eq(seniors.id, pairs.seniorId))
    .innerJoin(talents, eq(talents.id, pairs.talentId))
    .leftJoin(seconds, eq(seconds.id, pairs.secondTalentId));

export type NamedPair = Awaited<ReturnType<typeof list>>[number];

/** Pairs of a round that have not ended, in the order in which they were made; one page of them. */
export async function list(
  db: Db,
  roundId: number,
  { offset = 0, limit = 100_000 }: { offset?: number; limit?: number } = {},
) {
  return read(db)
    .where(and(eq(pairs.roundId, roundId), ne(pairs.state, 'ended')))
    .orderBy(asc(pairs.id))
    .offset(offset)
    .limit(limit);
}

/** How many pairs of a round are in each state. */
export async function counts(db: Db, roundId: number) {
  const [row] = await db
    .select({
      draft: sql<number>`(count(*) FILTER (WHERE ${pairs.state} = 'draft'))::int`,
      asked: sql<number>`(count(*) FILTER (WHERE ${pairs.state} = 'asked'))::int`,
      running: sql<number>`(count(*) FILTER (WHERE ${pairs.state} = 'running'))::int`,
      ended: sql<number>`(count(*) FILTER (WHERE ${pairs.state} = 'ended'))::int`,
      locked: sql<number>`(count(*) FILTER (WHERE ${pairs.isLocked} AND ${pairs.state} = 'draft'))::int`,
    })
    .from(pairs)
    .where(eq(pairs.roundId, roundId));
  return row!;
}

/** All rows of a round, ended ones too. */
export async function all(db: Db, roundId: number): Promise<Pair[]> {
  return db.select().from(pairs).where(eq(pairs.roundId, roundId)).orderBy(asc(pairs.id));
}

export async function findNamed(db: Db, id: number): Promise<NamedPair | null> {
  const [row] = await read(db).where(eq(pairs.id, id));
  return row ?? null;
}

/** The pair, held until the transaction ends. */
export async function lock(tx: Tx, id: number): Promise<Pair | null> {
  const [row] = await tx.select().from(pairs).where(eq(pairs.id, id)).for('update');
  return row ?? null;
}

export async function addMany(tx: Tx, values: readonly NewPair[]): Promise<void> {
  // One row has some ten parameters, and a statement at most 65,535.
  for (let from = 0; from < values.length; from += 1000)
    await tx.insert(pairs).values(values.slice(from, from + 1000));
}

/** Removes these pairs of a draft; pairs that people have heard of stay. */
export async function removeDrafts(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.delete(pairs).where(and(inArray(pairs.id, [...ids]), eq(pairs.state, 'draft')));
}

export async function change(tx: Tx, ids: readonly number[], values: Partial<Pair>): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(pairs)
    .set(values)
    .where(inArray(pairs.id, [...ids]));
}

/** Pairs of a person that they know of, the newest first. */
export async function ofPerson(db: Db, personId: number): Promise<NamedPair[]> {
  return read(db)
    .where(
      and(
        ne(pairs.state, 'draft'),
        or(eq(pairs.seniorId, personId), eq(pairs.talentId, personId), eq(pairs.secondTalentId, personId)),
      ),
    )
    .orderBy(desc(pairs.id))
    .limit(20);
}

/** Pairs that were asked and whose time to answer is over, with their round's season. */
export async function overdue(db: Db, now: Temporal.Instant, limit: number) {
  return db
    .select({ id: pairs.id, roundId: pairs.roundId, programmeId: pairRounds.programmeId })
    .from(pairs)
    .innerJoin(pairRounds, eq(pairRounds.id, pairs.roundId))
    .where(and(eq(pairs.state, 'asked'), lte(pairs.answerBy, now)))
    .orderBy(asc(pairs.answerBy))
    .limit(limit);
}
