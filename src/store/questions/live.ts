import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { prepared } from '../prepared.ts';
import { eventRevisions } from '../schema/index.ts';

const revision = prepared((db) =>
  db
    .select({ id: eventRevisions.eventId, revision: eventRevisions.revision })
    .from(eventRevisions)
    .where(eq(eventRevisions.eventId, sql.placeholder('eventId')))
    .prepare('event_revision'),
);

/** Returns an event's revision, or null where there is no such event. */
export async function eventRevision(db: Db, eventId: number) {
  const [row] = await revision(db).execute({ eventId });
  return row ?? null;
}
