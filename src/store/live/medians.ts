import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { MedianOfBlock } from '../../domain/live/minutes.ts';
import { blockMinutes, events } from '../schema/index.ts';

/** Title without the number of its round, as domain/live/minutes.ts has it. */
const stem = sql<string>`coalesce(nullif(regexp_replace(${blockMinutes.title}, '\\s*\\d+$', ''), ''), ${blockMinutes.title})`;

/** Medians of the blocks of a format, over all sessions in which a press ended them. */
export async function mediansOf(db: Db, format: string): Promise<MedianOfBlock[]> {
  return db
    .select({
      kind: blockMinutes.kind,
      stem,
      seconds: sql<number>`(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${blockMinutes.seconds}))::int`,
      sessions: sql<number>`count(DISTINCT ${blockMinutes.eventId})::int`,
    })
    .from(blockMinutes)
    .innerJoin(events, eq(events.id, blockMinutes.eventId))
    .where(and(eq(events.format, format), isNotNull(blockMinutes.seconds)))
    .groupBy(blockMinutes.kind, stem)
    .orderBy(blockMinutes.kind, stem);
}
