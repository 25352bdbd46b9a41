import { sql } from 'drizzle-orm';
import type { Context } from '../../src/context.ts';

/** Actual minutes of all events that were held: each block within a few minutes of its plan, one in nine not measured. */
export async function addMinutes(ctx: Context): Promise<void> {
  await ctx.db.execute(sql`
    INSERT INTO block_minutes (event_id, position, kind, title, planned, started_at, ended_at, seconds)
    SELECT b.event_id, b.position, b.kind, b.title, b.minutes, e.starts_at::timestamp,
      CASE WHEN (b.event_id + b.position) % 9 > 0 THEN e.starts_at::timestamp END,
      CASE WHEN (b.event_id + b.position) % 9 > 0 THEN b.minutes * 60 + (b.event_id * 7 + b.position * 31) % 240 END
    FROM blocks b JOIN events e ON e.id = b.event_id
    WHERE e.state = 'published' AND e.starts_at::timestamp < ${ctx.now().toString()}::timestamptz AT TIME ZONE 'UTC'`);
}
