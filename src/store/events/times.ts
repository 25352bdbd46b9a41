// Minutes and end of an event in SQL, as domain/events/times.ts works them out; a test compares the two.
import { sql } from 'drizzle-orm';

/** Minutes of a row of `events`: those that were announced, else those of its run of show. */
export const minutes = sql<number>`coalesce(events.announced_minutes,
  (SELECT coalesce(sum(b.minutes), 0)::int FROM blocks b WHERE b.event_id = events.id))`;

/** Wall time at which a row of `events` ends: with an empty run of show a minute after it begins. */
export const wallEnd = sql`(events.starts_at::timestamp + greatest(${minutes}, 1) * interval '1 minute')`;
