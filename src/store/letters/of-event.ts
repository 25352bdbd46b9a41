import { and, desc, eq, inArray, isNull, not, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { letters, people } from '../schema/index.ts';
import { type Addresses, isHeldBack } from './addresses.ts';

const columns = {
  id: letters.id,
  messageId: letters.messageId,
  kind: letters.kind,
  personId: letters.personId,
  name: letters.recipientName,
  email: letters.recipientEmail,
  side: people.side,
  jobTitle: people.jobTitle,
  emailNow: people.email,
  state: letters.state,
  subject: letters.subject,
  tries: letters.tries,
  reply: letters.reply,
  dueAt: letters.dueAt,
  turnAt: letters.turnAt,
  createdAt: letters.createdAt,
  sentAt: letters.sentAt,
  settledAt: letters.settledAt,
  holdId: letters.holdId,
};

/** Lists every letter about an event without its words, the newest first. */
export async function aboutEvent(db: Db, eventId: number, addresses: Addresses) {
  return db
    .select({ ...columns, heldBack: isHeldBack(addresses) })
    .from(letters)
    .leftJoin(people, eq(people.id, letters.personId))
    .where(eq(letters.eventId, eventId))
    .orderBy(desc(letters.id));
}

export type Line = Awaited<ReturnType<typeof aboutEvent>>[number];

/** How many letters of an event did not arrive and wait for an organiser. */
export async function countFailed(db: Db, eventId: number, addresses: Addresses): Promise<number> {
  return db.$count(
    letters,
    and(
      eq(letters.eventId, eventId),
      eq(letters.state, 'dead'),
      isNull(letters.settledAt),
      not(isHeldBack(addresses)),
    ),
  );
}

/** How many letters of this kind about the event have not left yet. */
export async function countUnderWay(db: Db, eventId: number, kind: string): Promise<number> {
  return db.$count(
    letters,
    and(eq(letters.eventId, eventId), eq(letters.kind, kind), eq(letters.state, 'waiting')),
  );
}

/** Marks letters that did not arrive as dealt with. */
export async function settle(tx: Tx, ids: number[], at: Temporal.Instant): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(letters)
      .set({ settledAt: at })
      .where(and(inArray(letters.id, ids), isNull(letters.settledAt)));
}

/** The letters to one person about an event that did not arrive and wait for an organiser. */
export async function failedOf(db: Db, eventId: number, personId: number): Promise<number[]> {
  const rows = await db
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(
        eq(letters.eventId, eventId),
        eq(letters.personId, personId),
        eq(letters.state, 'dead'),
        isNull(letters.settledAt),
      ),
    )
    .orderBy(sql`${letters.id}`);
  return rows.map(({ id }) => id);
}
