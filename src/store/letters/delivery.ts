import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { letters } from '../schema/index.ts';
import { type Addresses, currentAddressColumns, isWrittenWith } from './addresses.ts';
import { isDue, isUnleased, lease } from './lease.ts';
import type { Letter } from './letters.ts';

/**
 * Takes the letter for one try: nobody else may until its lease ends. Null when it is not waiting, not due, in other
 * hands, written with other addresses, or behind a calendar entry to the same person about the same event.
 */
export async function claim(
  db: Db,
  id: number,
  now: Temporal.Instant,
  addresses: Addresses,
): Promise<Letter | null> {
  const leaseUntil = sql`clock_timestamp() + make_interval(secs => ${lease})`;
  const [row] = await db
    .update(letters)
    .set({ leaseUntil, tries: sql`${letters.tries} + 1`, ...currentAddressColumns(addresses) })
    .where(
      and(
        eq(letters.id, id),
        eq(letters.state, 'waiting'),
        isWrittenWith(addresses),
        isDue(now),
        isUnleased,
        isNext,
      ),
    )
    .returning();
  return row ?? null;
}

/**
 * No calendar entry that was written before waits for its first try, or is in hand: what is told last arrives last. One
 * that the mail server has put off holds up nothing.
 */
const isNext: SQL = sql`(${letters.calendarSequence} IS NULL OR NOT EXISTS (
  SELECT FROM letters AS earlier
  WHERE earlier.event_id = ${letters.eventId} AND earlier.person_id = ${letters.personId}
    AND earlier.id < ${letters.id} AND earlier.state = 'waiting' AND earlier.calendar_sequence IS NOT NULL
    AND (earlier.tries = 0 OR earlier.lease_until > clock_timestamp())
    AND earlier.from_email IS NOT DISTINCT FROM ${letters.fromEmail}
    AND earlier.site_url IS NOT DISTINCT FROM ${letters.siteUrl}))`;

export async function keepBytes(db: Db, id: number, subject: string, bytes: Buffer): Promise<void> {
  await db.update(letters).set({ subject, bytes }).where(eq(letters.id, id));
}

/** Cancels a letter that is true no more, while this process holds it. */
export async function cancelOutdated(db: Db, id: number): Promise<void> {
  await db
    .update(letters)
    .set({ state: 'cancelled', leaseUntil: null })
    .where(and(eq(letters.id, id), eq(letters.state, 'waiting')));
}

/** Lets a letter wait until then without counting a try. */
export async function waitUntil(db: Db, id: number, dueAt: Temporal.Instant): Promise<void> {
  await db
    .update(letters)
    .set({ dueAt, leaseUntil: null, tries: sql`${letters.tries} - 1` })
    .where(eq(letters.id, id));
}

/** Puts a letter back into the queue, to be tried again at `dueAt`; the server's words are kept for organisers. */
export async function postpone(
  db: Db,
  { id, leaseUntil }: Pick<Letter, 'id' | 'leaseUntil'>,
  dueAt: Temporal.Instant,
  reply: string,
): Promise<void> {
  // Once its lease has run out another process has the letter, and this one may not write.
  const isStillOurs = leaseUntil === null ? undefined : eq(letters.leaseUntil, leaseUntil);
  await db
    .update(letters)
    .set({ dueAt, reply, leaseUntil: null })
    .where(and(eq(letters.id, id), isStillOurs));
}

/** Letters with these addresses that should be on their way by now and are in nobody's hands: after a crash or a restore. */
export async function stranded(
  db: Db,
  now: Temporal.Instant,
  addresses: Addresses,
): Promise<Pick<Letter, 'id' | 'kind' | 'tries'>[]> {
  return db
    .select({ id: letters.id, kind: letters.kind, tries: letters.tries })
    .from(letters)
    .where(and(eq(letters.state, 'waiting'), isWrittenWith(addresses), isDue(now), isUnleased))
    .orderBy(letters.id)
    .limit(1000);
}
