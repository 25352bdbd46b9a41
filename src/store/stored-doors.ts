import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '../database/open.ts';
import { calendarReplies, slipKeys as keys, letters } from './schema.ts';

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
