import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../database/open.ts';
import type { RsvpState } from '../../domain/events/changes.ts';
import {
  letters,
  people,
  questions,
  questionVotes,
  teamMembers,
  teams,
  trendInterests,
  trends,
} from '../schema/index.ts';

// Many rows in one statement each: the whole demo programme in a blink.

export async function addPeople(tx: Tx, rows: (typeof people.$inferInsert)[]): Promise<Map<string, number>> {
  const added = await tx.insert(people).values(rows).returning({ id: people.id, key: people.name });
  return new Map(added.map(({ id, key }) => [key, id]));
}

export async function setManagers(tx: Tx, pairs: { personId: number; managerId: number }[]): Promise<void> {
  const values = pairs.map(({ personId, managerId }) => sql`(${personId}::int, ${managerId}::int)`);
  await tx.execute(sql`
    UPDATE ${people} SET manager_id = pair.manager_id
    FROM (VALUES ${sql.join(values, sql`, `)}) AS pair (person_id, manager_id) WHERE ${people.id} = pair.person_id`);
}

export async function addTrends(tx: Tx, rows: (typeof trends.$inferInsert)[]): Promise<Map<string, number>> {
  const added = await tx.insert(trends).values(rows).returning({ id: trends.id, key: trends.sentence });
  return new Map(added.map(({ id, key }) => [key, id]));
}

export async function addInterests(tx: Tx, rows: (typeof trendInterests.$inferInsert)[]): Promise<void> {
  await tx.insert(trendInterests).values(rows);
}

export async function addTeams(tx: Tx, rows: (typeof teams.$inferInsert)[]): Promise<Map<string, number>> {
  const added = await tx.insert(teams).values(rows).returning({ id: teams.id, key: teams.name });
  return new Map(added.map(({ id, key }) => [key, id]));
}

export async function addMembers(tx: Tx, rows: (typeof teamMembers.$inferInsert)[]): Promise<void> {
  await tx.insert(teamMembers).values(rows);
}

export interface GivenAnswer {
  personId: number;
  state: RsvpState;
  answeredAt: Temporal.Instant;
}

export async function setAnswers(tx: Tx, eventId: number, answers: GivenAnswer[]): Promise<void> {
  const values = answers.map(
    ({ personId, state, answeredAt }) =>
      sql`(${personId}::int, ${state}, ${answeredAt.toString()}::timestamptz)`,
  );
  await tx.execute(sql`
    UPDATE rsvps SET state = given.state, answered_at = given.answered_at, revision = revision + 1
    FROM (VALUES ${sql.join(values, sql`, `)}) AS given (person_id, state, answered_at)
    WHERE rsvps.event_id = ${eventId} AND rsvps.person_id = given.person_id`);
}

export async function addQuestions(
  tx: Tx,
  rows: (typeof questions.$inferInsert)[],
): Promise<Map<string, number>> {
  const added = await tx.insert(questions).values(rows).returning({ id: questions.id, key: questions.text });
  return new Map(added.map(({ id, key }) => [key, id]));
}

export async function addVotes(tx: Tx, rows: (typeof questionVotes.$inferInsert)[]): Promise<void> {
  await tx.insert(questionVotes).values(rows);
}

/** Letters of the past: what waits is kept for the mailbox page and goes nowhere. */
export async function keepLetters(tx: Tx): Promise<(typeof letters.$inferSelect)[]> {
  return tx.update(letters).set({ state: 'kept' }).where(eq(letters.state, 'waiting')).returning();
}

export async function setBytes(
  tx: Tx,
  written: { id: number; subject: string; bytes: Buffer }[],
): Promise<void> {
  const values = written.map(({ id, subject, bytes }) => sql`(${id}::int, ${subject}, ${bytes}::bytea)`);
  await tx.execute(sql`
    UPDATE letters SET subject = written.subject, bytes = written.bytes
    FROM (VALUES ${sql.join(values, sql`, `)}) AS written (id, subject, bytes) WHERE letters.id = written.id`);
}
