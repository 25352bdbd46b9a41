import { and, count, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../database/open.ts';
import { questions, questionVotes } from './schema.ts';

export type Question = typeof questions.$inferSelect;

export async function find(db: Db, eventId: number, id: number): Promise<Question | null> {
  const [row] = await db
    .select()
    .from(questions)
    .where(and(eq(questions.id, id), eq(questions.eventId, eventId), ne(questions.state, 'withdrawn')));
  return row ?? null;
}

/** False when a form with this key asked it before. */
export async function add(tx: Tx, question: typeof questions.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(questions)
    .values(question)
    .onConflictDoNothing({ target: questions.formKey })
    .returning({ id: questions.id });
  return rows.length > 0;
}

export async function countOf(db: Db, eventId: number, authorId: number): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(questions)
    .where(
      and(eq(questions.eventId, eventId), eq(questions.authorId, authorId), ne(questions.state, 'withdrawn')),
    );
  return row?.n ?? 0;
}

export async function setState(db: Db, id: number, state: Question['state'], note: string): Promise<void> {
  await db.update(questions).set({ state, note }).where(eq(questions.id, id));
}

/** Words, votes and all: what somebody takes back is gone. */
export async function remove(db: Db, id: number): Promise<void> {
  await db.delete(questions).where(eq(questions.id, id));
}

export async function vote(db: Db, questionId: number, personId: number): Promise<void> {
  await db.insert(questionVotes).values({ questionId, personId }).onConflictDoNothing();
}

export async function takeBackVote(db: Db, questionId: number, personId: number): Promise<void> {
  await db
    .delete(questionVotes)
    .where(and(eq(questionVotes.questionId, questionId), eq(questionVotes.personId, personId)));
}

/** How many questions stand on the wall of each event. */
export async function wallCounts(db: Db, eventIds: number[]): Promise<Map<number, number>> {
  if (eventIds.length === 0) return new Map();
  const rows = await db
    .select({ eventId: questions.eventId, n: sql<number>`count(*)::int` })
    .from(questions)
    .where(and(inArray(questions.eventId, eventIds), eq(questions.state, 'wall')))
    .groupBy(questions.eventId);
  return new Map(rows.map((row) => [row.eventId, row.n]));
}
