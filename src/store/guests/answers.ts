import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { answers } from '../schema/index.ts';

export type Answered = typeof answers.$inferSelect;

export async function add(tx: Tx, answer: typeof answers.$inferInsert): Promise<void> {
  await tx.insert(answers).values(answer);
}

/** Everything that was answered at an event, the first answer first. */
export async function ofEvent(db: Db, eventId: number): Promise<Answered[]> {
  return db.select().from(answers).where(eq(answers.eventId, eventId)).orderBy(asc(answers.id));
}

/** Lists who named whom to come instead, at one event, the first naming first. */
export async function namings(
  db: Db,
  eventId: number,
): Promise<Pick<Answered, 'personId' | 'substituteId'>[]> {
  return db
    .select({ personId: answers.personId, substituteId: answers.substituteId })
    .from(answers)
    .where(and(eq(answers.eventId, eventId), eq(answers.said, 'substitute')))
    .orderBy(asc(answers.id));
}

/** Lists one person's answers to one event, the first first. */
export async function ofPersonAt(db: Db, eventId: number, personId: number): Promise<Answered[]> {
  return db
    .select()
    .from(answers)
    .where(and(eq(answers.eventId, eventId), eq(answers.personId, personId)))
    .orderBy(asc(answers.id));
}

/** Lists one person's answers to these events, the first first. */
export async function ofPersonAtEach(db: Db, eventIds: number[], personId: number): Promise<Answered[]> {
  return db
    .select()
    .from(answers)
    .where(and(inArray(answers.eventId, eventIds), eq(answers.personId, personId)))
    .orderBy(asc(answers.id));
}

/** Deletes answers given before that moment; returns how many. */
export async function removeBefore(db: Db, at: Temporal.Instant): Promise<number> {
  const removed = await db.delete(answers).where(lt(answers.at, at)).returning({ id: answers.id });
  return removed.length;
}

/** Removes all that was answered to an event whose publication was taken back. */
export async function removeOfEvent(tx: Tx, eventId: number): Promise<void> {
  await tx.delete(answers).where(eq(answers.eventId, eventId));
}
