import { and, asc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import { prepared } from './prepared.ts';
import { events, people, rsvps } from './schema.ts';

const ofPerson = prepared((db) =>
  db
    .select({
      event: events,
      minutes: sql<number>`(SELECT coalesce(sum(minutes), 0)::int FROM blocks WHERE event_id = ${events.id})`,
      organiser: sql<string>`(SELECT name FROM people o WHERE o.id = ${events.organiserId})`,
    })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(
      and(
        eq(rsvps.personId, sql.placeholder('personId')),
        notInArray(rsvps.state, ['uninvited', 'declined']),
        inArray(events.state, ['published', 'cancelled']),
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id))
    .prepare('calendar_of_person'),
);

/** The events somebody is invited to or comes to, as their calendar shows them. */
export async function calendarOf(db: Db, personId: number) {
  return ofPerson(db).execute({ personId });
}

/** Whose feed this secret opens; nobody's when it was rotated or the person is disabled. */
export async function feedOwner(db: Db, feedTokenHash: string): Promise<{ id: number; name: string } | null> {
  const [row] = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(and(eq(people.feedTokenHash, feedTokenHash), isNull(people.disabledAt)));
  return row ?? null;
}
