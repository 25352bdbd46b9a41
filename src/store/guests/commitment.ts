import { and, desc, eq, gte, isNotNull, ne, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { events, rsvps } from '../schema/index.ts';

/** Every event somebody was invited to that began on or after `since` ('YYYY-MM-DD'), the latest first. */
export async function invitationsOf(db: Db, personId: number, since: string) {
  return db
    .select({
      eventId: events.id,
      event: events.name,
      eventState: events.state,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      namelessAsking: events.namelessAsking,
      minutes: sql<number>`(SELECT coalesce(sum(b.minutes), 0)::int FROM blocks b WHERE b.event_id = ${events.id})`,
      doorWasKept: sql<boolean>`EXISTS (SELECT FROM rsvps r WHERE r.event_id = ${events.id} AND r.came_at IS NOT NULL)`,
      state: rsvps.state,
      cameAt: rsvps.cameAt,
      because: rsvps.because,
    })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(
      and(
        eq(rsvps.personId, personId),
        isNotNull(rsvps.invitedAt),
        ne(events.state, 'draft'),
        gte(events.startsAt, since),
      ),
    )
    .orderBy(desc(events.startsAt), desc(events.id));
}
