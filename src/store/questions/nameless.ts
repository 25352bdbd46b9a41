import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import {
  ballotVotes,
  namelessIntake,
  namelessQuestions,
  slipsIssued,
  votesOnNameless,
} from '../schema/index.ts';
import { bytesOf, idOf, type QuestionId, vote } from './questions.ts';
import { forgetWork } from './work.ts';

export type Nameless = typeof namelessQuestions.$inferSelect;
export type NewNameless = Pick<Nameless, 'id' | 'eventId' | 'topicId' | 'text' | 'editHash' | 'state'>;

const publishedColumns = sql.raw(
  'id, event_id, topic_id, text, edit_hash, state, note, reworded, merged_into, ballots_kept',
);

/**
 * Puts questions where everyone reads them, in the order given. One whose edit secret belongs to another question, such as
 * one of long ago, is left out: its author would else keep all that go out with it from appearing.
 */
export async function publish(tx: Tx, questions: NewNameless[]): Promise<void> {
  if (questions.length > 0)
    await tx
      .insert(namelessQuestions)
      .values(questions)
      .onConflictDoNothing({ target: namelessQuestions.editHash });
}

/** Takes the questions that waited before there was an envelope. */
export async function takeIntake(tx: Tx): Promise<(typeof namelessIntake.$inferSelect)[]> {
  return tx.delete(namelessIntake).returning();
}

/** Writes all of an event that was asked and voted without a name anew, in random order: no row tells when it came. */
export async function rewriteInRandomOrder(tx: Tx, eventId: number): Promise<void> {
  await tx.execute(sql`
    WITH stood AS (DELETE FROM nameless_questions WHERE event_id = ${eventId} RETURNING *)
    INSERT INTO nameless_questions (${publishedColumns}) SELECT ${publishedColumns} FROM stood ORDER BY random()`);
  await tx.execute(sql`
    WITH stood AS (DELETE FROM ballot_votes WHERE event_id = ${eventId} RETURNING *)
    INSERT INTO ballot_votes SELECT * FROM stood ORDER BY random()`);
  await tx.execute(sql`
    WITH stood AS (DELETE FROM slips_spent WHERE event_id = ${eventId} RETURNING *)
    INSERT INTO slips_spent SELECT * FROM stood ORDER BY random()`);
}

/** The one published question this secret belongs to; its event is found by it alone. */
export async function findByEditHash(db: Db, editHash: Buffer): Promise<Nameless | null> {
  const [published] = await db
    .select()
    .from(namelessQuestions)
    .where(eq(namelessQuestions.editHash, editHash));
  return published ?? null;
}

/** Writes the row anew with other words; the old ones go with the next housekeeping. */
export async function reword(
  tx: Tx,
  id: Buffer,
  text: string,
  values: { state?: Nameless['state']; reworded?: boolean } = {},
): Promise<void> {
  await tx
    .update(namelessQuestions)
    .set({ text, ...values })
    .where(eq(namelessQuestions.id, id));
}

/** Deletes a question with its votes. */
export async function remove(tx: Tx, id: Buffer): Promise<void> {
  await tx.delete(ballotVotes).where(eq(ballotVotes.namelessId, id));
  await tx.delete(votesOnNameless).where(eq(votesOnNameless.questionId, id));
  const [row] = await tx.delete(namelessQuestions).where(eq(namelessQuestions.id, id)).returning();
  if (row) await forgetWork(tx, row.eventId, idOf(id));
}

/** One "I wonder too" without a name on a question of either kind; `mark` is H(ballot ‖ question), any number of times counts once. */
export async function castBallot(db: Db, eventId: number, id: QuestionId, mark: Buffer): Promise<void> {
  await db
    .insert(ballotVotes)
    .values({ eventId, ballot: mark, ...columnOf(id) })
    .onConflictDoNothing();
}

export async function takeBallotBack(db: Db, id: QuestionId, mark: Buffer): Promise<void> {
  await db.delete(ballotVotes).where(and(eq(ballotVotes.ballot, mark), isOn(id)));
}

/** Finds those of these marks that are counted. */
export async function countedMarks(db: Db, eventId: number, marks: Buffer[]): Promise<Set<string>> {
  if (marks.length === 0) return new Set();
  const list = sql.join(
    marks.map((mark) => sql`${mark}::bytea`),
    sql`, `,
  );
  const rows = await db
    .select({ mark: ballotVotes.ballot })
    .from(ballotVotes)
    .where(and(eq(ballotVotes.eventId, eventId), sql`${ballotVotes.ballot} IN (${list})`));
  return new Set(rows.map(({ mark }) => mark.toString('base64url')));
}

function isOn(id: QuestionId) {
  const { questionId, namelessId } = columnOf(id);
  return questionId !== null
    ? eq(ballotVotes.questionId, questionId)
    : eq(ballotVotes.namelessId, namelessId ?? Buffer.alloc(0));
}

function columnOf(id: QuestionId) {
  return typeof id === 'number'
    ? { questionId: id, namelessId: null }
    : { questionId: null, namelessId: bytesOf(id) };
}

export { bytesOf, idOf };

/** Whether guests hold slips already, so that asking without a name was promised to them. */
export async function isPromised(db: Db, eventId: number): Promise<boolean> {
  const rows = await db.select().from(slipsIssued).where(eq(slipsIssued.eventId, eventId)).limit(1);
  return rows.length > 0;
}

/** Keeps how many ballots each question of these events has, and destroys the ballots. */
export async function keepTotals(tx: Tx, eventIds: number[]): Promise<void> {
  if (eventIds.length === 0) return;
  const isTheirs = inArray(ballotVotes.eventId, eventIds);
  await tx.execute(sql`UPDATE questions q SET ballots_kept = ballots_kept + b.n
    FROM (SELECT question_id, count(*)::int AS n FROM ballot_votes WHERE ${isTheirs} GROUP BY 1) b
    WHERE b.question_id = q.id`);
  await tx.execute(sql`UPDATE nameless_questions q SET ballots_kept = ballots_kept + b.n
    FROM (SELECT nameless_id, count(*)::int AS n FROM ballot_votes WHERE ${isTheirs} GROUP BY 1) b
    WHERE b.nameless_id = q.id`);
  await tx.delete(ballotVotes).where(isTheirs);
}

/**
 * Moves the votes for one question to another, and nobody counts twice. Votes without a name do not show who cast two,
 * so the larger of both numbers stays.
 */
export async function moveVotes(tx: Tx, eventId: number, from: QuestionId, into: QuestionId): Promise<void> {
  const people = await tx.execute<{ personId: number }>(
    typeof from === 'number'
      ? sql`DELETE FROM question_votes WHERE question_id = ${from} RETURNING person_id AS "personId"`
      : sql`DELETE FROM votes_on_nameless WHERE question_id = ${bytesOf(from)} RETURNING person_id AS "personId"`,
  );
  for (const { personId } of people) await vote(tx, eventId, into, personId);
}

/** How many ballots a question has. */
export async function ballotsOn(db: Db, id: QuestionId): Promise<number> {
  return db.$count(ballotVotes, isOn(id));
}

export async function forgetBallots(tx: Tx, id: QuestionId): Promise<void> {
  await tx.delete(ballotVotes).where(isOn(id));
}
