import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { minutes } from '../events/times.ts';
import { prepared } from '../prepared.ts';
import { events, slipKeys, slipsIssued, slipsSpent } from '../schema/index.ts';

/** Purpose of a slip. */
export type Purpose = (typeof slipKeys.$inferSelect)['purpose'];
export type SlipKey = typeof slipKeys.$inferSelect;

const keysOfEvent = prepared((db) =>
  db
    .select()
    .from(slipKeys)
    .where(eq(slipKeys.eventId, sql.placeholder('eventId')))
    .orderBy(sql`${slipKeys.purpose} COLLATE "C"`)
    .prepare('slip_keys'),
);

/** An event's keys in the order of their purposes' names, in which they are fingerprinted. */
export function keysOf(db: Db, eventId: number): Promise<SlipKey[]> {
  return keysOfEvent(db).execute({ eventId });
}

/** Locks the keys until the transaction ends: others who give out slips of this event wait. */
export function lockKeys(tx: Tx, eventId: number): Promise<SlipKey[]> {
  return tx
    .select()
    .from(slipKeys)
    .where(eq(slipKeys.eventId, eventId))
    .orderBy(sql`${slipKeys.purpose} COLLATE "C"`)
    .for('update');
}

/** Adds a key; one that is there is never replaced. */
export async function addKey(db: Db, key: typeof slipKeys.$inferInsert): Promise<void> {
  await db.insert(slipKeys).values(key).onConflictDoNothing();
}

/** Destroys the private keys of a purpose at these events, and forgets which of its slips were spent. */
export async function retire(tx: Tx, eventIds: number[], purpose: Purpose): Promise<void> {
  if (eventIds.length === 0) return;
  await tx
    .update(slipKeys)
    .set({ privateKey: null })
    .where(and(inArray(slipKeys.eventId, eventIds), eq(slipKeys.purpose, purpose)));
  await tx
    .delete(slipsSpent)
    .where(and(inArray(slipsSpent.eventId, eventIds), eq(slipsSpent.purpose, purpose)));
}

/** Published events that lack a key of a purpose, with their minutes; but none whose keys were destroyed. */
export async function publishedWithoutKeys(
  db: Db,
  purposes: number,
): Promise<{ id: number; event: typeof events.$inferSelect; minutes: number }[]> {
  const lacking = db
    .select({ id: events.id })
    .from(events)
    .leftJoin(slipKeys, eq(slipKeys.eventId, events.id))
    .where(eq(events.state, 'published'))
    .groupBy(events.id)
    .having(
      sql`count(${slipKeys.purpose}) < ${purposes} AND count(${slipKeys.purpose}) = count(${slipKeys.privateKey})`,
    );
  return db
    .select({
      id: events.id,
      event: events,
      minutes,
    })
    .from(events)
    .where(inArray(events.id, lacking))
    .orderBy(events.id);
}

/** Events that still have a private key of this purpose. */
export async function eventsWithKey(db: Db, purpose: Purpose): Promise<number[]> {
  const rows = await db
    .select({ eventId: slipKeys.eventId })
    .from(slipKeys)
    .where(and(eq(slipKeys.purpose, purpose), isNotNull(slipKeys.privateKey)))
    .orderBy(slipKeys.eventId);
  return rows.map(({ eventId }) => eventId);
}

/** The batches of a person: their numbers and the hashes of what was asked for. */
export async function batchesOf(db: Db, eventId: number, personId: number): Promise<Batch[]> {
  return db
    .select({ purpose: slipsIssued.purpose, batch: slipsIssued.batch, request: slipsIssued.request })
    .from(slipsIssued)
    .where(and(eq(slipsIssued.eventId, eventId), eq(slipsIssued.personId, personId)));
}

export interface Batch {
  purpose: Purpose;
  batch: number;
  request: Buffer | null;
}

/** Notes a batch, and writes all of the event anew in random order: so no row tells when it came. */
export async function noteIssued(tx: Tx, eventId: number, personId: number, batches: Batch[]): Promise<void> {
  if (batches.length === 0) return;
  const fresh = sql.join(
    batches.map(
      ({ purpose, batch, request }) => sql`(${purpose}::text, ${batch}::smallint, ${request}::bytea)`,
    ),
    sql`, `,
  );
  await tx.execute(sql`
    WITH gone AS (DELETE FROM slips_issued WHERE event_id = ${eventId} RETURNING *)
    INSERT INTO slips_issued (event_id, purpose, person_id, batch, request)
    SELECT * FROM (
      SELECT event_id, purpose, person_id, batch, request FROM gone
      UNION ALL SELECT ${eventId}::integer, new.purpose, ${personId}::integer, new.batch, new.request
        FROM (VALUES ${fresh}) AS new (purpose, batch, request)
    ) AS all_of_them ORDER BY random()`);
}

/** Spends a slip; false where it was spent before. */
export async function spend(tx: Tx, eventId: number, purpose: Purpose, hash: Buffer): Promise<boolean> {
  const rows = await tx
    .insert(slipsSpent)
    .values({ eventId, purpose, hash })
    .onConflictDoNothing()
    .returning({ eventId: slipsSpent.eventId });
  return rows.length > 0;
}

/** Notes slips as spent, in the order given; one that is noted already stays. */
export async function spendAll(
  tx: Tx,
  eventId: number,
  list: readonly { purpose: Purpose; hash: Buffer }[],
): Promise<void> {
  if (list.length === 0) return;
  await tx
    .insert(slipsSpent)
    .values(list.map((one) => ({ eventId, ...one })))
    .onConflictDoNothing();
}
