import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { prepared } from '../prepared.ts';
import { people, questionWork } from '../schema/index.ts';

/** Work on a question: whether it was read, who prepares the answer, and what there is of it. */
export type Work = Pick<
  typeof questionWork.$inferSelect,
  'read' | 'pointedOut' | 'takenById' | 'answer' | 'dueOn' | 'talkedInRound'
> & {
  takenBy: string | null;
};

const ofEvent = prepared((db) =>
  db
    .select({
      question: questionWork.question,
      read: questionWork.read,
      pointedOut: questionWork.pointedOut,
      takenById: questionWork.takenById,
      takenBy: people.name,
      answer: questionWork.answer,
      dueOn: questionWork.dueOn,
      talkedInRound: questionWork.talkedInRound,
    })
    .from(questionWork)
    .leftJoin(people, eq(people.id, questionWork.takenById))
    .where(eq(questionWork.eventId, sql.placeholder('eventId')))
    .prepare('question_work'),
);

/** Returns the work on each question of an event, by the question's key as text. */
export async function workOf(db: Db, eventId: number): Promise<Map<string, Work>> {
  const rows = await ofEvent(db).execute({ eventId });
  return new Map(rows.map(({ question, ...work }) => [question, work]));
}

export async function find(db: Db, eventId: number, question: number | string) {
  const [row] = await db
    .select()
    .from(questionWork)
    .where(and(eq(questionWork.eventId, eventId), eq(questionWork.question, String(question))));
  return row ?? null;
}

export async function note(
  tx: Tx,
  eventId: number,
  question: number | string,
  values: Partial<Omit<typeof questionWork.$inferInsert, 'eventId' | 'question'>>,
): Promise<void> {
  await tx
    .insert(questionWork)
    .values({ eventId, question: String(question), ...values })
    .onConflictDoUpdate({ target: [questionWork.eventId, questionWork.question], set: values });
}

export async function forgetWork(db: Db, eventId: number, question: number | string): Promise<void> {
  await db
    .delete(questionWork)
    .where(and(eq(questionWork.eventId, eventId), eq(questionWork.question, String(question))));
}

export interface SimilarQuestion {
  id: string;
  text: string;
  /** From 0 to 1: pg_trgm's similarity, or how well the shorter of the two lies within the longer. */
  likeness: number;
}

/** Questions of the event that say nearly the same, the nearest first: at least 0.35 alike. */
export async function similarQuestions(
  db: Db,
  eventId: number,
  text: string,
  but: number | string,
): Promise<SimilarQuestion[]> {
  return db.execute<SimilarQuestion & Record<string, unknown>>(sql`
    SELECT id, text, likeness FROM (
      SELECT id, text, greatest(similarity(text, ${text}), strict_word_similarity(${text}, text) * 0.8)::float8 AS likeness FROM (
        SELECT id::text AS id, text FROM questions
          WHERE event_id = ${eventId} AND state IN ('new', 'wall', 'table', 'answered')
        UNION ALL
        SELECT rtrim(translate(encode(id, 'base64'), '+/', '-_'), '='), text FROM nameless_questions
          WHERE event_id = ${eventId} AND state IN ('new', 'wall', 'table', 'answered')
      ) AS asked WHERE id <> ${String(but)}
    ) AS compared WHERE likeness >= 0.35 ORDER BY likeness DESC, id LIMIT 3`);
}
