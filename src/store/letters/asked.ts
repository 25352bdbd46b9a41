import { and, asc, eq, gte, inArray, lte, not, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { letters, people } from '../schema/index.ts';
import { type Addresses, isWrittenWith } from './addresses.ts';
import { isUnleased } from './lease.ts';
import type { Letter } from './letters.ts';

/** Finds which of these people were written an e-mail that asks for something since then. */
export async function askedSince(db: Db, personIds: number[], since: Temporal.Instant): Promise<Set<number>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ personId: letters.personId })
    .from(letters)
    .where(
      and(
        inArray(letters.personId, personIds),
        eq(letters.asks, true),
        sql`coalesce(${letters.askedAt}, ${letters.createdAt}) >= ${since.toString()}::timestamptz`,
        not(eq(letters.state, 'cancelled')),
      ),
    );
  return new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])));
}

/** E-mails whose turn came and that may have reached their reader; one that leaves in another counts with that. */
const hasLeft = and(
  eq(letters.asks, true),
  inArray(letters.state, ['waiting', 'sent']),
  sql`joined_id IS NULL`,
);

/** Lists by person when they were asked for something, from that moment on. */
export async function askedAtOf(
  db: Db,
  personIds: readonly number[],
  since: Temporal.Instant,
): Promise<Map<number, { id: number; at: Temporal.Instant }[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ id: letters.id, personId: letters.personId, at: letters.askedAt })
    .from(letters)
    .where(and(inArray(letters.personId, [...personIds]), hasLeft, gte(letters.askedAt, since)));
  const known = rows.flatMap(({ id, personId, at }) => (personId && at ? [{ id, personId, at }] : []));
  return Map.groupBy(known, ({ personId }) => personId);
}

/** Zones of people, IANA; '' where they have none of their own. */
export async function zonesOf(db: Db, personIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: people.id, zone: people.timeZone })
    .from(people)
    .where(inArray(people.id, [...personIds]));
  return new Map(rows.map(({ id, zone }) => [id, zone]));
}

/** Returns the reader of an e-mail that asks and still waits; null for any other. */
export async function readerToAsk(db: Db, id: number): Promise<number | null> {
  const [row] = await db
    .select({ personId: letters.personId })
    .from(letters)
    .where(and(eq(letters.id, id), eq(letters.asks, true), eq(letters.state, 'waiting')));
  return row?.personId ?? null;
}

/** Lets one process at a time decide what a person is asked, until its transaction ends. */
export async function lockTurnsOf(tx: Tx, personId: number): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('asking'), ${personId})`);
}

/** Everything that waits to ask this person and is due, the first written first, locked; what others hold is left out. */
export async function dueToAsk(
  tx: Tx,
  personId: number,
  now: Temporal.Instant,
  addresses: Addresses,
): Promise<Letter[]> {
  return tx
    .select()
    .from(letters)
    .where(
      and(
        eq(letters.personId, personId),
        eq(letters.asks, true),
        eq(letters.state, 'waiting'),
        lte(letters.dueAt, now),
        isUnleased,
        isWrittenWith(addresses),
      ),
    )
    .orderBy(asc(letters.id))
    .for('update', { skipLocked: true });
}

/** Notes that their turn came. */
export async function markAsked(tx: Tx, id: number, askedAt: Temporal.Instant): Promise<void> {
  await tx.update(letters).set({ askedAt }).where(eq(letters.id, id));
}

/** Puts e-mails off to a morning: patience with mail servers counts from then. */
export async function putOff(tx: Tx, ids: readonly number[], turnAt: Temporal.Instant): Promise<void> {
  await tx
    .update(letters)
    .set({ turnAt, dueAt: turnAt })
    .where(inArray(letters.id, [...ids]));
}

/** Drops what need not be asked any more. */
export async function drop(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(letters)
    .set({ state: 'cancelled' })
    .where(inArray(letters.id, [...ids]));
}

/** Lets e-mails leave in another; those in `withoutEntry` bring no calendar entry then. */
export async function join(
  tx: Tx,
  joinedId: number,
  { ids, withoutEntry }: { ids: readonly number[]; withoutEntry: readonly number[] },
): Promise<void> {
  await tx
    .update(letters)
    .set({ state: 'joined', joinedId })
    .where(inArray(letters.id, [...ids]));
  if (withoutEntry.length === 0) return;
  await tx
    .update(letters)
    .set({ calendarSequence: null, facts: sql`${letters.facts} - 'calendar'` })
    .where(inArray(letters.id, [...withoutEntry]));
}

/** Drops an invitation that was put off and has not left: its guest has answered meanwhile. */
export async function dropPutOff(tx: Tx, eventId: number, personId: number): Promise<void> {
  await tx
    .update(letters)
    .set({ state: 'cancelled' })
    .where(
      and(
        eq(letters.eventId, eventId),
        eq(letters.personId, personId),
        inArray(letters.kind, ['invitation', 'invitation-host']),
        eq(letters.state, 'waiting'),
        sql`${letters.turnAt} IS NOT NULL`,
        eq(letters.tries, 0),
        isUnleased,
      ),
    );
}
