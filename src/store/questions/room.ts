// Voices from the room: the key of an event, and votes under what it makes of a browser.
import { and, count, eq, gte, inArray, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { events, questions, roomKeys, roomVotes } from '../schema/index.ts';

/** Events that are no drafts and begin on this wall time 'YYYY-MM-DDTHH:MM' or later. */
export async function eventsSince(db: Db, startsAt: string): Promise<number[]> {
  const rows = await db
    .select({ id: events.id })
    .from(events)
    .where(and(gte(events.startsAt, startsAt), ne(events.state, 'draft')));
  return rows.map(({ id }) => id);
}

export async function keyOf(db: Db, eventId: number): Promise<Buffer | null> {
  const [row] = await db.select({ key: roomKeys.key }).from(roomKeys).where(eq(roomKeys.eventId, eventId));
  return row ? Buffer.from(row.key) : null;
}

/** The key of an event; the one given where it has none yet. */
export async function keyMadeFor(tx: Tx, eventId: number, key: Buffer): Promise<Buffer> {
  await tx.insert(roomKeys).values({ eventId, key }).onConflictDoNothing();
  return (await keyOf(tx, eventId))!;
}

export async function eventsWithKeys(db: Db): Promise<number[]> {
  const rows = await db.select({ id: roomKeys.eventId }).from(roomKeys);
  return rows.map(({ id }) => id);
}

type Vote = typeof roomVotes.$inferInsert;

export async function vote(tx: Tx, values: Vote): Promise<void> {
  await tx.insert(roomVotes).values(values).onConflictDoNothing();
}

export async function takeBackVote(tx: Tx, { eventId, question, voice }: Vote): Promise<void> {
  await tx
    .delete(roomVotes)
    .where(and(eq(roomVotes.eventId, eventId), eq(roomVotes.question, question), eq(roomVotes.voice, voice)));
}

export async function wonderedBy(db: Db, eventId: number, voice: Buffer): Promise<Set<string>> {
  const rows = await db
    .select({ question: roomVotes.question })
    .from(roomVotes)
    .where(and(eq(roomVotes.eventId, eventId), eq(roomVotes.voice, voice)));
  return new Set(rows.map(({ question }) => question));
}

/** Votes from the room on each question of an event, by its key. */
export async function totalsOf(db: Db, eventId: number): Promise<Map<string, number>> {
  const rows = await db
    .select({ question: roomVotes.question, n: count() })
    .from(roomVotes)
    .where(eq(roomVotes.eventId, eventId))
    .groupBy(roomVotes.question);
  return new Map(rows.map(({ question, n }) => [question, n]));
}

/** Moves votes to the question that another became part of; a voice on both counts once. */
export async function moveVotes(tx: Tx, eventId: number, from: string, into: string): Promise<void> {
  await tx.execute(sql`
    INSERT INTO room_votes (event_id, question, voice)
    SELECT event_id, ${into}, voice FROM room_votes WHERE event_id = ${eventId} AND question = ${from}
    ON CONFLICT DO NOTHING`);
  await tx.delete(roomVotes).where(and(eq(roomVotes.eventId, eventId), eq(roomVotes.question, from)));
}

/** How many questions from the room an event has that were not turned down or withdrawn. */
export async function countQuestions(db: Db, eventId: number): Promise<number> {
  return db.$count(
    questions,
    and(
      eq(questions.eventId, eventId),
      eq(questions.fromRoom, true),
      inArray(questions.state, ['new', 'wall', 'table', 'answered', 'parked']),
    ),
  );
}

/** Deletes the key of an event, and gives each vote random bytes in place of its voice. */
export async function forget(tx: Tx, eventId: number): Promise<void> {
  await tx.delete(roomKeys).where(eq(roomKeys.eventId, eventId));
  await tx
    .update(roomVotes)
    .set({ voice: sql`decode(replace(gen_random_uuid()::text, '-', ''), 'hex')` })
    .where(eq(roomVotes.eventId, eventId));
}
