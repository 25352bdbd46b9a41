import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { letters } from '../schema/index.ts';

export type Letter = typeof letters.$inferSelect;
export type NewLetter = Pick<
  Letter,
  | 'key'
  | 'kind'
  | 'eventId'
  | 'personId'
  | 'recipientName'
  | 'recipientEmail'
  | 'facts'
  | 'calendarSequence'
  | 'messageId'
  | 'fromEmail'
  | 'siteUrl'
  | 'createdAt'
  | 'dueAt'
> & { holdId?: number | null; asks?: boolean; askedAt?: Temporal.Instant };

/** Matches letters that organisers see: not decoys, which went to nobody, nor those to addresses that nobody confirmed. */
export const isSeen = notInArray(letters.kind, ['decoy', 'offer-confirm']);

/** Writes the letter once per key; null when it was there already. */
export async function put(tx: Tx, letter: NewLetter): Promise<number | null> {
  const [row] = await tx
    .insert(letters)
    .values({ ...letter, state: 'waiting' })
    .onConflictDoNothing({ target: letters.key })
    .returning({ id: letters.id });
  return row?.id ?? null;
}

export async function find(db: Db, id: number): Promise<Letter | null> {
  const [row] = await db
    .select()
    .from(letters)
    .where(and(eq(letters.id, id), isSeen));
  return row ?? null;
}

export async function close(
  db: Db,
  id: number,
  change: { state: 'sent' | 'kept' | 'dead'; reply: string; sentAt: Temporal.Instant | null },
): Promise<void> {
  await db
    .update(letters)
    .set({ ...change, leaseUntil: null })
    .where(eq(letters.id, id));
  // What leaves in it has left, or died, with it.
  await db.update(letters).set(change).where(eq(letters.joinedId, id));
}

/** A letter cancelled before it left; `tried`: a mail server has seen it, so it may have arrived all the same. */
export interface Cancelled {
  id: number;
  personId: number;
  tried: boolean;
}

/**
 * Cancels letters of these kinds about an event that nobody has in hand; returns them with their recipients.
 * One that is being sent at this moment is left alone: it may have gone out.
 */
export async function cancelUnsent(
  tx: Tx,
  eventId: number,
  kinds: string[],
  personId?: number,
): Promise<Cancelled[]> {
  const rows = await tx
    .update(letters)
    .set({ state: 'cancelled' })
    .where(
      and(
        eq(letters.eventId, eventId),
        eq(letters.state, 'waiting'),
        isNull(letters.leaseUntil),
        inArray(letters.kind, kinds),
        personId === undefined ? undefined : eq(letters.personId, personId),
      ),
    )
    .returning({ id: letters.id, personId: letters.personId, tries: letters.tries });
  return rows.flatMap(({ id, personId, tries }) =>
    personId === null ? [] : [{ id, personId, tried: tries > 0 }],
  );
}

/** Lists who was written a letter of this kind about the event that was not taken back. */
export async function recipients(db: Db, eventId: number, kind: string): Promise<number[]> {
  const rows = await db
    .select({ personId: letters.personId })
    .from(letters)
    .where(and(eq(letters.eventId, eventId), eq(letters.kind, kind), ne(letters.state, 'cancelled')));
  return rows.flatMap(({ personId }) => (personId === null ? [] : [personId]));
}

/** Finds the people for whom a mail server was given some letter about this event. */
export async function reachedPeople(db: Db, eventId: number): Promise<Set<number>> {
  const rows = await db
    .selectDistinct({ personId: letters.personId })
    .from(letters)
    .where(and(eq(letters.eventId, eventId), gt(letters.tries, 0)));
  return new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])));
}

/** Puts cancelled letters back into the queue. */
export async function requeue(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(letters)
    .set({ state: 'waiting' })
    .where(and(inArray(letters.id, ids), eq(letters.state, 'cancelled')));
}

export async function countHeld(db: Db, holdId: number): Promise<number> {
  return db.$count(letters, eq(letters.holdId, holdId));
}

/** Deletes the held letters; returns how many. One that is on its way already stays. */
export async function removeHeld(tx: Tx, holdId: number): Promise<number> {
  const rows = await tx
    .delete(letters)
    .where(
      and(
        eq(letters.holdId, holdId),
        inArray(letters.state, ['waiting', 'cancelled']),
        eq(letters.tries, 0),
        isNull(letters.leaseUntil),
      ),
    )
    .returning({ id: letters.id });
  return rows.length;
}

/** Letters about the event to this person that were not cancelled. */
const notCancelledTo = (eventId: number, personId: number) =>
  and(eq(letters.eventId, eventId), eq(letters.personId, personId), ne(letters.state, 'cancelled'));

/** Facts of the last letter with a calendar entry to this person about the event; null where there was none. */
export async function lastCalendarFacts(
  db: Db,
  eventId: number,
  personId: number,
): Promise<Letter['facts'] | null> {
  const [row] = await db
    .select({ facts: letters.facts })
    .from(letters)
    .where(and(notCancelledTo(eventId, personId), sql`${letters.facts} ? 'calendar'`))
    .orderBy(desc(letters.id))
    .limit(1);
  return row?.facts ?? null;
}

/** The last letter of these kinds to this person about the event that was not cancelled. */
export async function lastOf(
  db: Db,
  eventId: number,
  personId: number,
  kinds: readonly string[],
): Promise<Letter | null> {
  const [row] = await db
    .select()
    .from(letters)
    .where(and(notCancelledTo(eventId, personId), inArray(letters.kind, [...kinds])))
    .orderBy(desc(letters.id))
    .limit(1);
  return row ?? null;
}

/** Finds when the last calendar entry leaves that still waits on its way to this person; null where none waits. */
export async function entryWaitsUntil(
  db: Db,
  eventId: number,
  personId: number,
): Promise<Temporal.Instant | null> {
  const [row] = await db
    .select({ dueAt: letters.dueAt })
    .from(letters)
    .where(
      and(
        eq(letters.eventId, eventId),
        eq(letters.personId, personId),
        eq(letters.state, 'waiting'),
        eq(letters.tries, 0),
        isNotNull(letters.calendarSequence),
      ),
    )
    .orderBy(desc(letters.dueAt))
    .limit(1);
  return row?.dueAt ?? null;
}

/** Finds the Message-ID of the first invitation to this person; null where none was written. */
export async function invitationId(db: Db, eventId: number, personId: number): Promise<string | null> {
  const [row] = await db
    .select({
      messageId: sql<string>`coalesce((SELECT c.message_id FROM letters c WHERE c.id = ${letters.joinedId}),
        ${letters.messageId})`,
    })
    .from(letters)
    .where(and(notCancelledTo(eventId, personId), inArray(letters.kind, ['invitation', 'invitation-host'])))
    .orderBy(letters.id)
    .limit(1);
  return row?.messageId ?? null;
}

/** The number of the newest letter; 0 where there is none. */
export async function lastId(db: Db): Promise<number> {
  const [row] = await db.select({ id: letters.id }).from(letters).orderBy(desc(letters.id)).limit(1);
  return row?.id ?? 0;
}

/** Whether a calendar was told something about the event after that letter, by one that is not held. */
export async function calendarWrittenSince(
  db: Db,
  eventId: number,
  since: number,
  holdId: number,
): Promise<boolean> {
  const [row] = await db
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(
        eq(letters.eventId, eventId),
        gt(letters.id, since),
        sql`${letters.holdId} IS DISTINCT FROM ${holdId}`,
        isNotNull(letters.calendarSequence),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Every letter, the one written last first. */
export async function newest(db: Db, limit: number, offset: number): Promise<Letter[]> {
  return db.select().from(letters).where(isSeen).orderBy(desc(letters.id)).limit(limit).offset(offset);
}

export async function count(db: Db): Promise<number> {
  return db.$count(letters, isSeen);
}

/** Takes away decoys written before that moment. */
export async function removeDecoys(db: Db, before: Temporal.Instant): Promise<void> {
  await db.delete(letters).where(and(eq(letters.kind, 'decoy'), lt(letters.createdAt, before)));
}

/** Deletes what letters of before that moment say: bytes and facts. Who got which letter and when stays. */
export async function forgetWords(db: Db, before: Temporal.Instant): Promise<void> {
  await db
    .update(letters)
    .set({ bytes: null, facts: {} })
    .where(
      and(
        lt(letters.createdAt, before),
        ne(letters.state, 'waiting'),
        sql`(${letters.bytes} IS NOT NULL OR ${letters.facts} <> '{}')`,
      ),
    );
}
