import { and, desc, eq, gt, gte, isNull, like, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { letters, people } from '../schema/index.ts';
import { refOf } from './mailbox.ts';

/** Beginning that the keys of all copies of a message share. */
export const pressOf = (formKey: string): string => `message:${formKey}`;

/** Key of one copy of a message: its form and its reader. */
export const keyOf = (formKey: string, personId: number): string => `${pressOf(formKey)}:${personId}`;

const ofForm = (formKey: string) => like(letters.key, `${pressOf(formKey)}:%`);

/** Hours in which the same form, sent twice, is found: a page that stood open longer is no second press. */
const hoursLookedBack = 24;
const since = (now: Temporal.Instant) => gte(letters.createdAt, now.subtract({ hours: hoursLookedBack }));

/** Everyone who has not left the organisation. */
export async function activePeople(db: Db) {
  return db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      side: people.side,
      isOrganiser: people.isOrganiser,
    })
    .from(people)
    .where(isNull(people.disabledAt))
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`, people.id);
}

/** How many active people there are of each sort. */
export async function countPeople(db: Db) {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      seniors: sql<number>`count(*) FILTER (WHERE ${people.side} = 'senior')::int`,
      talents: sql<number>`count(*) FILTER (WHERE ${people.side} = 'talent')::int`,
      organisers: sql<number>`count(*) FILTER (WHERE ${people.isOrganiser})::int`,
    })
    .from(people)
    .where(isNull(people.disabledAt));
  return row!;
}

/** Whether this form wrote its e-mails before. */
export async function wasSent(tx: Tx, formKey: string, now: Temporal.Instant): Promise<boolean> {
  const [row] = await tx
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.kind, 'message'), since(now), ofForm(formKey)))
    .limit(1);
  return row !== undefined;
}

/** Counts the copies of a message that can still be taken back. */
export async function countUnsent(db: Db, formKey: string, now: Temporal.Instant): Promise<number> {
  return db.$count(
    letters,
    and(since(now), ofForm(formKey), eq(letters.state, 'waiting'), gt(letters.dueAt, now)),
  );
}

/** Subject lines of what was written lately, the newest first: to an event's people, or to all (null). */
export async function latest(db: Db, eventId: number | null, now: Temporal.Instant, most = 5) {
  const about: SQL = eventId === null ? isNull(letters.eventId) : eq(letters.eventId, eventId);
  const form = sql<string>`substr(${letters.key}, 9, 36)`;
  const rows = await db
    .select({
      id: sql<number>`max(${letters.id})::int`,
      n: sql<number>`count(*)::int`,
      createdAt: sql<string>`max(${letters.createdAt})::text`,
      subject: sql<string>`max(coalesce(nullif(${letters.subject}, ''), ${letters.facts} ->> 'subject', ''))`,
      organiser: sql<string>`max(coalesce(${letters.facts} ->> 'organiser', ''))`,
      messageId: sql<string>`max(${letters.messageId})`,
    })
    .from(letters)
    .where(and(about, eq(letters.kind, 'message'), like(letters.key, 'message:%'), since(now)))
    .groupBy(form)
    .orderBy(desc(sql`max(${letters.id})`))
    .limit(most);
  return rows.map((row) => ({ ...row, ref: refOf(row) }));
}
