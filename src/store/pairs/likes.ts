import { and, asc, eq, exists, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../database/open.ts';
import type { Like } from '../../domain/pairs/wishes.ts';
import { timed } from '../events/events.ts';
import { events, pairLikes, people, rsvps } from '../schema/index.ts';

/** Everyone on the list of an event, with whether they had a seat and were seen at the door, by name. */
export async function guestsOf(db: Db, eventId: number) {
  return db
    .select({
      id: people.id,
      name: people.name,
      side: people.side,
      department: people.department,
      isComing: sql<boolean>`${rsvps.state} = 'coming'`,
      wasSeen: sql<boolean>`${rsvps.cameAt} IS NOT NULL`,
    })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(eq(rsvps.eventId, eventId), isNull(people.disabledAt)))
    .orderBy(asc(sql`${people.name} COLLATE "und-x-icu"`), asc(people.id));
}

/** People whom somebody named after an event, and whether they were told that it is mutual. */
export async function namedBy(db: Db, eventId: number, personId: number) {
  return db
    .select({ id: pairLikes.otherId, toldAt: pairLikes.toldAt })
    .from(pairLikes)
    .where(and(eq(pairLikes.eventId, eventId), eq(pairLikes.personId, personId)))
    .orderBy(asc(pairLikes.otherId));
}

/** Writes whom somebody names after an event, in place of those before. */
export async function replace(
  tx: Tx,
  eventId: number,
  personId: number,
  otherIds: readonly number[],
): Promise<void> {
  await tx.delete(pairLikes).where(and(eq(pairLikes.eventId, eventId), eq(pairLikes.personId, personId)));
  if (otherIds.length === 0) return;
  await tx.insert(pairLikes).values(otherIds.map((otherId) => ({ eventId, personId, otherId })));
}

const reverse = alias(pairLikes, 'reverse');
const isReverse = and(eq(reverse.personId, pairLikes.otherId), eq(reverse.otherId, pairLikes.personId));

/** Events after which somebody named people, where not all of it was told. */
export async function untold(db: Db) {
  const own = db
    .select({ one: sql`1` })
    .from(pairLikes)
    .where(and(eq(pairLikes.eventId, events.id), isNull(pairLikes.toldAt)));
  return db.select(timed).from(events).where(exists(own)).orderBy(asc(events.id));
}

/** Pairs of people who named each other after these events and of whom one was not told, each once; all rows held. */
export async function lockMutual(tx: Tx, eventIds: readonly number[]): Promise<Like[]> {
  if (eventIds.length === 0) return [];
  const ids = [...eventIds];
  const rows = await tx
    .select({ personId: pairLikes.personId, otherId: pairLikes.otherId })
    .from(pairLikes)
    .innerJoin(reverse, isReverse)
    .where(
      and(
        inArray(pairLikes.eventId, ids),
        inArray(reverse.eventId, ids),
        lt(pairLikes.personId, pairLikes.otherId),
        sql`(${pairLikes.toldAt} IS NULL OR ${reverse.toldAt} IS NULL)`,
      ),
    )
    .orderBy(asc(pairLikes.personId), asc(pairLikes.otherId))
    .for('update');
  return [...new Map(rows.map((row) => [`${row.personId} ${row.otherId}`, row])).values()];
}

/** Says which of these pairs were told already, after another event. */
export async function toldBefore(db: Db, pairs: readonly Like[]): Promise<Set<string>> {
  const rows = await toldAmong(
    db,
    pairs.flatMap(({ personId, otherId }) => [personId, otherId]),
  );
  return new Set(rows.map(({ personId, otherId }) => `${personId} ${otherId}`));
}

/** Marks everything that these two named each other with as told. */
export async function markTold(tx: Tx, { personId, otherId }: Like, at: Temporal.Instant): Promise<void> {
  const both = [personId, otherId];
  await tx
    .update(pairLikes)
    .set({ toldAt: at })
    .where(
      and(inArray(pairLikes.personId, both), inArray(pairLikes.otherId, both), isNull(pairLikes.toldAt)),
    );
}

/** Wishes among these people that are mutual and were told to both; a one-sided one is never among them. */
export async function toldAmong(db: Db, ids: readonly number[]): Promise<Like[]> {
  if (ids.length === 0) return [];
  const among = [...new Set(ids)];
  return db
    .selectDistinct({ personId: pairLikes.personId, otherId: pairLikes.otherId })
    .from(pairLikes)
    .where(
      and(inArray(pairLikes.personId, among), inArray(pairLikes.otherId, among), isNotNull(pairLikes.toldAt)),
    );
}

const others = alias(people, 'others');

/** People of a season who were told that they named each other, each pair once, by name. */
export async function toldIn(db: Db, programmeId: number, limit: number) {
  return db
    .selectDistinct({ one: people.name, other: others.name, event: events.name })
    .from(pairLikes)
    .innerJoin(events, eq(events.id, pairLikes.eventId))
    .innerJoin(people, and(eq(people.id, pairLikes.personId), eq(people.side, 'talent')))
    .innerJoin(others, eq(others.id, pairLikes.otherId))
    .where(and(eq(events.programmeId, programmeId), isNotNull(pairLikes.toldAt)))
    .orderBy(asc(people.name), asc(others.name), asc(events.name))
    .limit(limit);
}

/** Deletes wishes after these events that nobody returned. */
export async function eraseOneSided(tx: Tx, eventIds: readonly number[]): Promise<void> {
  if (eventIds.length === 0) return;
  const returned = tx.select({ one: sql`1` }).from(reverse).where(isReverse);
  await tx
    .delete(pairLikes)
    .where(and(inArray(pairLikes.eventId, [...eventIds]), isNull(pairLikes.toldAt), notExists(returned)));
}
