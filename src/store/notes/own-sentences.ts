import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { ownSentences } from '../schema/index.ts';

/** The encrypted sentence one guest of an event keeps for themselves; null where there is none. */
export async function sealedSentence(db: Db, eventId: number, personId: number): Promise<Buffer | null> {
  const [row] = await db
    .select({ sealed: ownSentences.sealed })
    .from(ownSentences)
    .where(and(eq(ownSentences.eventId, eventId), eq(ownSentences.personId, personId)));
  return row?.sealed ?? null;
}

export async function setSentence(tx: Tx, eventId: number, personId: number, sealed: Buffer): Promise<void> {
  await tx
    .insert(ownSentences)
    .values({ eventId, personId, sealed })
    .onConflictDoUpdate({ target: [ownSentences.eventId, ownSentences.personId], set: { sealed } });
}

export async function removeSentence(tx: Tx, eventId: number, personId: number): Promise<void> {
  await tx
    .delete(ownSentences)
    .where(and(eq(ownSentences.eventId, eventId), eq(ownSentences.personId, personId)));
}

/** The next 200 sentences of all events behind this one, in the order of event and person. */
export async function sentencesAfter(tx: Tx, after: { eventId: number; personId: number }) {
  return tx
    .select()
    .from(ownSentences)
    .where(
      or(
        gt(ownSentences.eventId, after.eventId),
        and(eq(ownSentences.eventId, after.eventId), gt(ownSentences.personId, after.personId)),
      ),
    )
    .orderBy(asc(ownSentences.eventId), asc(ownSentences.personId))
    .limit(200);
}

/** Erases the sentences of events that began before this moment on their wall clock, 'YYYY-MM-DD'. */
export async function eraseSentencesBefore(db: Db, day: string): Promise<void> {
  await db.execute(
    sql`DELETE FROM own_sentences s USING events e WHERE e.id = s.event_id AND e.starts_at < ${day}`,
  );
}
