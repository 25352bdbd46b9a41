import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { Needs } from '../../domain/guests/needs.ts';
import { holds, needs, rsvps } from '../schema/index.ts';

const columns = {
  diet: needs.diet,
  allergies: needs.allergies,
  food: needs.food,
  access: needs.access,
  arrange: needs.arrange,
};

type Row = Pick<typeof needs.$inferSelect, keyof typeof columns>;

/** Only words of the domain were ever written. */
const asNeeds = (row: Row) => row as unknown as Needs;

export async function find(db: Db, eventId: number, personId: number): Promise<Needs | null> {
  const [row] = await db
    .select(columns)
    .from(needs)
    .where(and(eq(needs.eventId, eventId), eq(needs.personId, personId)));
  return row ? asNeeds(row) : null;
}

/** Returns needs by person, of those who said something. */
export async function ofEvent(db: Db, eventId: number): Promise<Map<number, Needs>> {
  const rows = await db
    .select({ personId: needs.personId, ...columns })
    .from(needs)
    .where(eq(needs.eventId, eventId));
  return new Map(rows.map(({ personId, ...said }) => [personId, asNeeds(said)]));
}

export async function put(
  tx: Db | Tx,
  key: { eventId: number; personId: number },
  said: Needs,
  updatedAt: Temporal.Instant,
): Promise<void> {
  const values = { ...said, allergies: [...said.allergies], access: [...said.access], updatedAt };
  await tx
    .insert(needs)
    .values({ ...key, ...values })
    .onConflictDoUpdate({ target: [needs.eventId, needs.personId], set: values });
}

export async function remove(tx: Db | Tx, eventId: number, personId: number): Promise<void> {
  await tx.delete(needs).where(and(eq(needs.eventId, eventId), eq(needs.personId, personId)));
}

/** Removes the needs of everyone who was taken off a list, unless that can still be undone. */
export async function removeOfUninvited(db: Db, now: Temporal.Instant): Promise<void> {
  await db.execute(sql`
    DELETE FROM ${needs} USING ${rsvps} WHERE ${rsvps.eventId} = ${needs.eventId} AND ${rsvps.personId} = ${needs.personId}
      AND ${rsvps.state} = 'uninvited' AND NOT EXISTS (
        SELECT 1 FROM ${holds} WHERE ${holds.eventId} = ${needs.eventId}
          AND ${holds.takenBackAt} IS NULL AND ${holds.until} > ${now.toString()}::timestamptz)`);
}

/** Events of which needs are still kept. */
export async function eventsWithNeeds(db: Db): Promise<number[]> {
  const rows = await db.selectDistinct({ eventId: needs.eventId }).from(needs).orderBy(needs.eventId);
  return rows.map((row) => row.eventId);
}

export async function removeOfEvents(db: Db, eventIds: number[]): Promise<void> {
  if (eventIds.length > 0) await db.delete(needs).where(inArray(needs.eventId, eventIds));
}
