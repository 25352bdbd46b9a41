import { and, count, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../database/open.ts';
import { forgetWork } from './question-work.ts';
import { bytesOf, idOf, type QuestionId, vote } from './questions.ts';
import { ballotVotes, namelessIntake, namelessQuestions, votesOnNameless } from './schema.ts';

export type Waiting = typeof namelessIntake.$inferSelect;
export type Nameless = typeof namelessQuestions.$inferSelect;

const waitingColumns = sql.raw('id, event_id, topic_id, text, edit_hash');
const publishedColumns = sql.raw(
  'id, event_id, topic_id, text, edit_hash, state, note, reworded, merged_into, ballots_kept',
);

/** The rows written last are written anew with the next, so that none tells when it came: at most this many. */
const together = sql.raw('50');

/** Puts a question with those that wait, and writes them all anew in random order. Returns how many wait now. */
export async function take(tx: Tx, question: Waiting): Promise<number> {
  const { id, eventId, topicId, text, editHash } = question;
  const all = await tx.execute(sql`
    WITH gone AS (DELETE FROM nameless_intake WHERE event_id = ${eventId} RETURNING *)
    INSERT INTO nameless_intake (${waitingColumns})
    SELECT * FROM (
      SELECT ${waitingColumns} FROM gone
      UNION ALL SELECT ${id}::bytea, ${eventId}::integer, ${topicId}::integer, ${text}::text, ${editHash}::bytea
    ) AS all_of_them ORDER BY random() RETURNING 1`);
  return all.length;
}

export async function waitingCount(db: Db, eventId: number): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(namelessIntake)
    .where(eq(namelessIntake.eventId, eventId));
  return row!.n;
}

/** Events in which questions without a name wait. */
export async function eventsWaiting(db: Db): Promise<number[]> {
  const rows = await db.selectDistinct({ eventId: namelessIntake.eventId }).from(namelessIntake);
  return rows.map(({ eventId }) => eventId);
}

/** Moves all that wait to where everyone reads, in random order among those written last. */
export async function publish(tx: Tx, eventId: number, state: Nameless['state']): Promise<void> {
  await tx.execute(sql`
    WITH waited AS (DELETE FROM nameless_intake WHERE event_id = ${eventId} RETURNING *),
      stood AS (DELETE FROM nameless_questions WHERE id IN (${youngest(eventId)}) RETURNING *)
    INSERT INTO nameless_questions (${publishedColumns})
    SELECT * FROM (
      SELECT ${waitingColumns}, ${state}::text, '', false, '', 0 FROM waited UNION ALL SELECT ${publishedColumns} FROM stood
    ) AS all_of_them ORDER BY random()`);
}

/** Writes those that wait and those published last anew, after one of them was altered: nothing tells which. */
export async function mix(tx: Tx, eventId: number): Promise<void> {
  await tx.execute(sql`
    WITH gone AS (DELETE FROM nameless_intake WHERE event_id = ${eventId} RETURNING *)
    INSERT INTO nameless_intake (${waitingColumns}) SELECT ${waitingColumns} FROM gone ORDER BY random()`);
  await tx.execute(sql`
    WITH stood AS (DELETE FROM nameless_questions WHERE id IN (${youngest(eventId)}) RETURNING *)
    INSERT INTO nameless_questions (${publishedColumns}) SELECT ${publishedColumns} FROM stood ORDER BY random()`);
}

function youngest(eventId: number) {
  return sql`SELECT id FROM nameless_questions WHERE event_id = ${eventId} ORDER BY age(xmin) LIMIT ${together}`;
}

/** The one question this secret belongs to, waiting or published; its event is found by it alone. */
export async function findByEditHash(
  db: Db,
  editHash: Buffer,
): Promise<(Waiting & { published: Nameless | null }) | null> {
  const [waiting] = await db.select().from(namelessIntake).where(eq(namelessIntake.editHash, editHash));
  if (waiting) return { ...waiting, published: null };
  const [published] = await db
    .select()
    .from(namelessQuestions)
    .where(eq(namelessQuestions.editHash, editHash));
  return published ? { ...published, published } : null;
}

/** Other words: the row is written anew, so that the words before are nowhere any more. */
export async function reword(
  tx: Tx,
  id: Buffer,
  text: string,
  values: { state?: Nameless['state']; reworded?: boolean } = {},
): Promise<void> {
  await tx.update(namelessIntake).set({ text }).where(eq(namelessIntake.id, id));
  await tx
    .update(namelessQuestions)
    .set({ text, ...values })
    .where(eq(namelessQuestions.id, id));
}

/** Words, votes and all are gone. */
export async function remove(tx: Tx, id: Buffer): Promise<void> {
  await tx.delete(ballotVotes).where(eq(ballotVotes.namelessId, id));
  await tx.delete(votesOnNameless).where(eq(votesOnNameless.questionId, id));
  await tx.delete(namelessIntake).where(eq(namelessIntake.id, id));
  const [row] = await tx.delete(namelessQuestions).where(eq(namelessQuestions.id, id)).returning();
  if (row) await forgetWork(tx, row.eventId, idOf(id));
}

/** One ballot's "I wonder too" on a question of either kind; any number of times counts once. */
export async function castBallot(db: Db, eventId: number, id: QuestionId, ballot: Buffer): Promise<void> {
  await db
    .insert(ballotVotes)
    .values({ eventId, ballot, ...columnOf(id) })
    .onConflictDoNothing();
}

export async function takeBallotBack(db: Db, id: QuestionId, ballot: Buffer): Promise<void> {
  const { questionId, namelessId } = columnOf(id);
  const of =
    questionId !== null
      ? eq(ballotVotes.questionId, questionId)
      : eq(ballotVotes.namelessId, namelessId ?? Buffer.alloc(0));
  await db.delete(ballotVotes).where(and(eq(ballotVotes.ballot, ballot), of));
}

function columnOf(id: QuestionId) {
  return typeof id === 'number'
    ? { questionId: id, namelessId: null }
    : { questionId: null, namelessId: bytesOf(id) };
}

export { bytesOf, idOf };

/** Whether somebody has asked without a name, even if they took it back. */
export async function isPromised(db: Db, eventId: number): Promise<boolean> {
  const [row] = await db.execute<{ promised: boolean }>(sql`SELECT
    EXISTS (SELECT FROM nameless_intake WHERE event_id = ${eventId})
    OR EXISTS (SELECT FROM nameless_questions WHERE event_id = ${eventId})
    OR EXISTS (SELECT FROM slips_spent WHERE event_id = ${eventId} AND purpose = 'ask') AS promised`);
  return row!.promised;
}

/** Keeps how many ballots each question of the event has, and destroys the ballots. */
export async function keepTotals(tx: Tx, eventId: number): Promise<void> {
  await tx.execute(sql`UPDATE questions q SET ballots_kept = ballots_kept + b.n
    FROM (SELECT question_id, count(*)::int AS n FROM ballot_votes WHERE event_id = ${eventId} GROUP BY 1) b
    WHERE b.question_id = q.id`);
  await tx.execute(sql`UPDATE nameless_questions q SET ballots_kept = ballots_kept + b.n
    FROM (SELECT nameless_id, count(*)::int AS n FROM ballot_votes WHERE event_id = ${eventId} GROUP BY 1) b
    WHERE b.nameless_id = q.id`);
  await tx.delete(ballotVotes).where(eq(ballotVotes.eventId, eventId));
}

/** Whoever wonders about one question wonders about another instead; nobody counts twice. */
export async function moveVotes(tx: Tx, eventId: number, from: QuestionId, into: QuestionId): Promise<void> {
  const people = await tx.execute<{ personId: number }>(
    typeof from === 'number'
      ? sql`DELETE FROM question_votes WHERE question_id = ${from} RETURNING person_id AS "personId"`
      : sql`DELETE FROM votes_on_nameless WHERE question_id = ${bytesOf(from)} RETURNING person_id AS "personId"`,
  );
  for (const { personId } of people) await vote(tx, eventId, into, personId);
  const column = typeof from === 'number' ? sql`question_id = ${from}` : sql`nameless_id = ${bytesOf(from)}`;
  const ballots = await tx
    .delete(ballotVotes)
    .where(sql`event_id = ${eventId} AND ${column}`)
    .returning({ ballot: ballotVotes.ballot });
  for (const { ballot } of ballots) await castBallot(tx, eventId, into, ballot);
}
