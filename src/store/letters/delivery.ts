import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { letters } from '../schema/index.ts';
import { type Addresses, currentAddressColumns, isWrittenWith } from './addresses.ts';
import { isDue, isFree, lease } from './lease.ts';
import type { Letter } from './letters.ts';

/**
 * Takes the letter for one try: nobody else may until its lease ends. Null when it is not waiting, not due, in other
 * hands, or written with other addresses.
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
      and(eq(letters.id, id), eq(letters.state, 'waiting'), isWrittenWith(addresses), isDue(now), isFree),
    )
    .returning();
  return row ?? null;
}

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

/** Not its turn yet: it waits until then, and this was no try. */
export async function waitUntil(db: Db, id: number, dueAt: Temporal.Instant): Promise<void> {
  await db
    .update(letters)
    .set({ dueAt, leaseUntil: null, tries: sql`${letters.tries} - 1` })
    .where(eq(letters.id, id));
}

/** Back in the queue: tried again at `dueAt`, with the server's words kept for organisers. */
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
    .where(and(eq(letters.state, 'waiting'), isWrittenWith(addresses), isDue(now), isFree))
    .orderBy(letters.id)
    .limit(1000);
}
