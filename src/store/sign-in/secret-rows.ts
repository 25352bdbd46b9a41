import { and, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../database/open.ts';
import { calendarReplies, events, slipKeys as keys, letters, rsvps, signIns } from '../schema/index.ts';

// Rows that depend on the secret of the deployment, read and written as a whole: when it moves or is replaced.

/** Takes every link and code out of the facts of letters; a sign-in letter that waits goes nowhere, its ten minutes are short. */
export async function forgetLinks(tx: Tx): Promise<void> {
  await tx.execute(sql`
    UPDATE letters SET state = 'cancelled' WHERE kind = 'sign-in' AND state = 'waiting' AND facts ? 'link'`);
  await tx.execute(sql`
    UPDATE letters SET facts = jsonb_set(facts, '{calendar}', (facts -> 'calendar') - 'url' || jsonb_build_object(
      'description', rtrim(regexp_replace(facts #>> '{calendar,description}', '\\S+/i/[A-Za-z0-9_-]{20,}\\s*$', ''), E'\\n')))
    WHERE facts #>> '{calendar,url}' LIKE '%/i/%'`);
  await tx.execute(sql`
    UPDATE letters SET facts = facts - 'stopUrl' - 'confirmUrl' - 'link' - 'code'
      - CASE WHEN facts ->> 'personalUrl' ~ '/i/[A-Za-z0-9_-]{20,}$' THEN 'personalUrl' ELSE '' END
    WHERE facts ?| array['stopUrl', 'confirmUrl', 'link', 'code', 'personalUrl']`);
}

/** The letters that ask whether an answer was theirs and were not drawn yet, with the link they were to carry. */
export async function waitingQuestions(tx: Tx): Promise<{ id: number; confirmUrl: string }[]> {
  const rows = await tx.execute<{ id: number; confirmUrl: string }>(sql`
    SELECT id, facts ->> 'confirmUrl' AS "confirmUrl" FROM letters
    WHERE kind = 'answer-question' AND state = 'waiting' AND bytes IS NULL AND facts ? 'confirmUrl'`);
  return [...rows];
}

/** Gives such a letter the number its link is derived from, and the reply that it asks about the new hash. */
export async function renumberQuestion(
  tx: Tx,
  letterId: number,
  number: string,
  before: string,
  after: string,
): Promise<void> {
  await tx.execute(sql`
    UPDATE letters SET facts = facts || jsonb_build_object('number', ${number}::text) WHERE id = ${letterId}`);
  await tx.update(calendarReplies).set({ tokenHash: after }).where(eq(calendarReplies.tokenHash, before));
}

/** The next 200 letters that have bytes, by number. */
export async function bytesAfter(tx: Tx, id: number) {
  const rows = await tx
    .select({ id: letters.id, state: letters.state, bytes: letters.bytes })
    .from(letters)
    .where(and(gt(letters.id, id), isNotNull(letters.bytes)))
    .orderBy(letters.id)
    .limit(200);
  return rows.map((row) => ({ ...row, bytes: row.bytes! }));
}

/** Replaces the bytes of these letters; null where they are to be drawn anew. */
export async function setBytes(tx: Tx, list: { id: number; bytes: Buffer | null }[]): Promise<void> {
  if (list.length === 0) return;
  const values = list.map(({ id, bytes }) => sql`(${id}::int, ${bytes}::bytea)`);
  await tx.execute(sql`
    UPDATE letters SET bytes = fresh.bytes
    FROM (VALUES ${sql.join(values, sql`, `)}) AS fresh (id, bytes) WHERE letters.id = fresh.id`);
}

/** Every private key of slips that there is. */
export async function slipKeys(tx: Tx) {
  const rows = await tx
    .select({ eventId: keys.eventId, purpose: keys.purpose, privateKey: keys.privateKey })
    .from(keys)
    .where(isNotNull(keys.privateKey));
  return rows.map((row) => ({ ...row, privateKey: row.privateKey! }));
}

/** Replaces one private key; null destroys it. */
export async function setSlipKey(
  tx: Tx,
  { eventId, purpose, privateKey }: Pick<typeof keys.$inferSelect, 'eventId' | 'purpose' | 'privateKey'>,
): Promise<void> {
  await tx
    .update(keys)
    .set({ privateKey })
    .where(and(eq(keys.eventId, eventId), eq(keys.purpose, purpose)));
}

/** The hash of every personal link, with what it is derived from. */
export async function personalLinks(tx: Tx) {
  return tx
    .select({ id: rsvps.id, eventId: rsvps.eventId, personId: rsvps.personId, tokenHash: rsvps.tokenHash })
    .from(rsvps);
}

/** Replaces hashes of personal links. */
export async function setLinkHashes(tx: Tx, list: { id: number; tokenHash: string }[]): Promise<void> {
  const values = list.map(({ id, tokenHash }) => sql`(${id}::int, ${tokenHash}::text)`);
  await tx.execute(sql`
    UPDATE rsvps SET token_hash = fresh.token_hash
    FROM (VALUES ${sql.join(values, sql`, `)}) AS fresh (id, token_hash) WHERE rsvps.id = fresh.id`);
}

/** Replies from calendars that were asked about by a link and not settled, with the number of that link. */
export async function numberedQuestions(tx: Tx): Promise<{ id: number; number: string }[]> {
  const rows = await tx.execute<{ id: number; number: string }>(sql`
    SELECT r.id, l.facts ->> 'number' AS number FROM calendar_replies r
    JOIN letters l ON l.key = 'answer-question:' || r.id
    WHERE r.token_hash IS NOT NULL AND r.settled_at IS NULL AND l.facts ? 'number'`);
  return [...rows];
}

export async function setQuestionHash(tx: Tx, replyId: number, tokenHash: string): Promise<void> {
  await tx.update(calendarReplies).set({ tokenHash }).where(eq(calendarReplies.id, replyId));
}

/** Ends sign-in links and codes that are on their way: ten minutes at most are lost. */
export async function closeSignIns(tx: Tx, at: Temporal.Instant): Promise<void> {
  await tx.update(signIns).set({ usedAt: at }).where(isNull(signIns.usedAt));
  await tx
    .update(letters)
    .set({ state: 'cancelled' })
    .where(and(eq(letters.kind, 'sign-in'), eq(letters.state, 'waiting'), isNull(letters.leaseUntil)));
}

/** Switches asking without a name off where its keys are gone: events that are published. */
export async function endNamelessWithoutKeys(tx: Tx): Promise<void> {
  const withKeys = tx.selectDistinct({ id: keys.eventId }).from(keys);
  await tx
    .update(events)
    .set({ namelessAsking: false })
    .where(and(eq(events.state, 'published'), inArray(events.id, withKeys)));
}

export const newSecretChannel = 'new_secret';

/** Tells every process on this database that there is a new secret, when the transaction commits. */
export async function tellProcesses(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${newSecretChannel}, '')`);
}
