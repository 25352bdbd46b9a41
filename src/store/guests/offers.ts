import { and, between, eq, gt, notExists, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { events, letters, rsvps } from '../schema/index.ts';
import type { Rsvp } from './rsvps.ts';

/** Notes that a seat was offered to somebody who waits, or null: that it is gone. */
export async function setOffered(tx: Tx, id: number, offeredAt: Temporal.Instant | null): Promise<Rsvp> {
  const [row] = await tx
    .update(rsvps)
    .set({ offeredAt, revision: sql`${rsvps.revision} + 1` })
    .where(eq(rsvps.id, id))
    .returning();
  return row!;
}

/** Lists published events with a waiting list that begin after this wall time, wherever their zone. */
export async function eventsWithWaiting(db: Db, from: string): Promise<number[]> {
  const rows = await db
    .selectDistinct({ eventId: rsvps.eventId })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(and(eq(rsvps.state, 'waiting'), eq(events.state, 'published'), gt(events.startsAt, from)))
    .orderBy(rsvps.eventId);
  return rows.map(({ eventId }) => eventId);
}

/** Published events that began within about a day, at which somebody still waits and was not told that no seat came free. */
export async function eventsWaitedFor(db: Db, now: Temporal.Instant): Promise<number[]> {
  // Wall clocks are at most fourteen hours ahead of UTC and twelve behind it.
  const wall = (at: Temporal.Instant) =>
    at.toZonedDateTimeISO('UTC').toPlainDateTime().toString({ smallestUnit: 'minute' });
  const told = db
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(
        eq(letters.eventId, rsvps.eventId),
        eq(letters.personId, rsvps.personId),
        eq(letters.kind, 'no-seat'),
      ),
    );
  const rows = await db
    .selectDistinct({ eventId: rsvps.eventId })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(
      and(
        eq(rsvps.state, 'waiting'),
        eq(events.state, 'published'),
        between(events.startsAt, wall(now.subtract({ hours: 36 })), wall(now.add({ hours: 14 }))),
        notExists(told),
      ),
    )
    .orderBy(rsvps.eventId);
  return rows.map((row) => row.eventId);
}
