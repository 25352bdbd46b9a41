import { and, count, eq, ne } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { namelessQuestions, questions, questionVotes, votesOnNameless } from '../schema/index.ts';
import { forgetWork } from './work.ts';

export type Question = typeof questions.$inferSelect;

/** A number for a question with its author's name, 16 random bytes in base64url for one without. */
export type QuestionId = number | string;

/** Columns of every question, with a name or without; `authorId` is null where nobody can know. */
export type AnyQuestion = Pick<
  Question,
  'eventId' | 'topicId' | 'authorId' | 'text' | 'state' | 'note' | 'reworded' | 'mergedInto'
> & { id: QuestionId };

export const bytesOf = (id: string): Buffer => Buffer.from(id, 'base64url');
export const idOf = (bytes: Buffer): string => bytes.toString('base64url');

export async function find(db: Db, eventId: number, id: number): Promise<Question | null> {
  const [row] = await db
    .select()
    .from(questions)
    .where(and(eq(questions.id, id), eq(questions.eventId, eventId), ne(questions.state, 'withdrawn')));
  return row ?? null;
}

/** A question of either kind. */
export async function findAny(db: Db, eventId: number, id: QuestionId): Promise<AnyQuestion | null> {
  if (typeof id === 'number') return find(db, eventId, id);
  const { eventId: event, topicId, text, state, note, reworded, mergedInto } = namelessQuestions;
  const [row] = await db
    .select({ eventId: event, topicId, text, state, note, reworded, mergedInto })
    .from(namelessQuestions)
    .where(and(eq(namelessQuestions.id, bytesOf(id)), eq(event, eventId)));
  return row ? { ...row, id, authorId: null } : null;
}

/** Adds a question; false where a form with this key asked it before. */
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

/** Questions of one person at an event, but for those they withdrew. */
export async function ofAuthor(db: Db, eventId: number, authorId: number): Promise<Question[]> {
  return db
    .select()
    .from(questions)
    .where(
      and(eq(questions.eventId, eventId), eq(questions.authorId, authorId), ne(questions.state, 'withdrawn')),
    );
}

/** Puts a question with a name in other words of its author's. */
export async function setText(tx: Tx, id: number, text: string, state: 'new' | 'wall'): Promise<void> {
  await tx.update(questions).set({ text, state }).where(eq(questions.id, id));
}

/** Columns that can be set on every question, with a name or without. */
type Noted = Partial<Pick<Question, 'state' | 'note' | 'mergedInto' | 'ballotsKept'>>;

async function note(db: Db, id: QuestionId, values: Noted): Promise<void> {
  if (typeof id === 'number') await db.update(questions).set(values).where(eq(questions.id, id));
  else
    await db
      .update(namelessQuestions)
      .set(values)
      .where(eq(namelessQuestions.id, bytesOf(id)));
}

export async function setState(db: Db, id: QuestionId, state: Question['state'], why: string): Promise<void> {
  await note(db, id, { state, note: why });
}

/** Marks a question as part of another. */
export async function setMerged(tx: Tx, id: QuestionId, into: QuestionId): Promise<void> {
  await note(tx, id, { state: 'merged', mergedInto: String(into) });
}

/** The question on the table, or null. */
export async function onTable(db: Db, eventId: number): Promise<QuestionId | null> {
  const [named] = await db
    .select({ id: questions.id })
    .from(questions)
    .where(and(eq(questions.eventId, eventId), eq(questions.state, 'table')));
  if (named) return named.id;
  const [nameless] = await db
    .select({ id: namelessQuestions.id })
    .from(namelessQuestions)
    .where(and(eq(namelessQuestions.eventId, eventId), eq(namelessQuestions.state, 'table')));
  return nameless ? idOf(nameless.id) : null;
}

/** Puts the question on the table, where there is one, back on the wall. */
export async function clearTable(tx: Tx, eventId: number): Promise<void> {
  for (const table of [questions, namelessQuestions])
    await tx
      .update(table)
      .set({ state: 'wall' })
      .where(and(eq(table.eventId, eventId), eq(table.state, 'table')));
}

/** Nobody can tell who cast a ballot on both questions: the larger total stays, so that none counts twice. */
export async function keepLargerTotal(
  tx: Tx,
  from: QuestionId,
  into: QuestionId,
  ballots: { from: number; into: number },
): Promise<void> {
  const kept = await ballotsKept(tx, into);
  const [total, there] = [(await ballotsKept(tx, from)) + ballots.from, kept + ballots.into];
  if (total > there) await note(tx, into, { ballotsKept: kept + total - there });
}

async function ballotsKept(tx: Tx, id: QuestionId): Promise<number> {
  const [row] =
    typeof id === 'number'
      ? await tx.select({ n: questions.ballotsKept }).from(questions).where(eq(questions.id, id))
      : await tx
          .select({ n: namelessQuestions.ballotsKept })
          .from(namelessQuestions)
          .where(eq(namelessQuestions.id, bytesOf(id)));
  return row?.n ?? 0;
}

/** Deletes a question with its votes. */
export async function remove(db: Db, id: number): Promise<void> {
  const [row] = await db.delete(questions).where(eq(questions.id, id)).returning();
  if (row) await forgetWork(db, row.eventId, id);
}

/** "I wonder too" with a name, on a question of either kind. */
export async function vote(db: Db, eventId: number, id: QuestionId, personId: number): Promise<void> {
  if (typeof id === 'number')
    await db.insert(questionVotes).values({ questionId: id, personId }).onConflictDoNothing();
  else
    await db
      .insert(votesOnNameless)
      .values({ eventId, questionId: bytesOf(id), personId })
      .onConflictDoNothing();
}

export async function takeBackVote(db: Db, id: QuestionId, personId: number): Promise<void> {
  if (typeof id === 'number')
    await db
      .delete(questionVotes)
      .where(and(eq(questionVotes.questionId, id), eq(questionVotes.personId, personId)));
  else
    await db
      .delete(votesOnNameless)
      .where(and(eq(votesOnNameless.questionId, bytesOf(id)), eq(votesOnNameless.personId, personId)));
}
