import { and, desc, eq, gte, inArray, isNull, ne } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { letters } from '../schema/index.ts';

/** Facts of the last e-mail of this kind about an event by its reader; those that were cancelled told nobody anything. */
export async function lastFactsByPerson(
  db: Db,
  eventId: number,
  kind: string,
): Promise<Map<number, Record<string, unknown>>> {
  const rows = await db
    .selectDistinctOn([letters.personId], { personId: letters.personId, facts: letters.facts })
    .from(letters)
    .where(and(eq(letters.eventId, eventId), eq(letters.kind, kind), ne(letters.state, 'cancelled')))
    .orderBy(letters.personId, desc(letters.id));
  return new Map(rows.flatMap(({ personId, facts }) => (personId === null ? [] : [[personId, facts]])));
}

/** Facts of these e-mails. */
export async function factsById(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, Record<string, unknown>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: letters.id, facts: letters.facts })
    .from(letters)
    .where(inArray(letters.id, [...ids]));
  return new Map(rows.map(({ id, facts }) => [id, facts]));
}

/** Deletes e-mails of these kinds about an event that were written since and have not left. */
export async function removeUnsentSince(
  tx: Tx,
  eventId: number,
  kinds: readonly string[],
  since: Temporal.Instant,
): Promise<void> {
  await tx
    .delete(letters)
    .where(
      and(
        eq(letters.eventId, eventId),
        inArray(letters.kind, [...kinds]),
        eq(letters.state, 'waiting'),
        eq(letters.tries, 0),
        isNull(letters.leaseUntil),
        gte(letters.createdAt, since),
      ),
    );
}
