import { sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import { chores } from './schema/index.ts';

export interface Schedule {
  /** Seconds from one time to the next, by the database's clock. */
  every: number;
  /** Only in this hour of the day, in UTC; where one was missed, any hour does after another day. */
  atHour?: number;
}

/**
 * Takes the chore on for this time, over all processes: true for one of them where it is due. A last time in the future is
 * from before the clock was set back, so the chore is due. One that is never done before waits for its hour.
 */
export async function begin(db: Db, name: string, { every, atHour }: Schedule): Promise<boolean> {
  const now = sql`clock_timestamp()`;
  const isItsHour =
    atHour === undefined
      ? sql`true`
      : sql`(extract(hour FROM ${now} AT TIME ZONE 'UTC') = ${atHour}
          OR ${chores.begunAt} <= ${now} - make_interval(secs => ${every + 86_400}))`;
  const [row] = await db
    .insert(chores)
    .values({ name, begunAt: now })
    .onConflictDoUpdate({
      target: chores.name,
      set: { begunAt: now },
      setWhere: sql`${chores.begunAt} > ${now}
        OR (${chores.begunAt} <= ${now} - make_interval(secs => ${every}) AND ${isItsHour})`,
    })
    .returning({ isFirst: sql<boolean>`(xmax = 0)` });
  return row !== undefined && !(row.isFirst && atHour !== undefined);
}

/**
 * Brings times that the queue keeps and that are in the future back to now: the database's clock was set back, and until it
 * has caught up no queue would be looked after and no job of a process that died be given up.
 */
export async function followClock(db: Db): Promise<void> {
  await db.execute(sql`UPDATE pgboss.queue SET monitor_claim_on = least(monitor_claim_on, now()),
      monitor_on = least(monitor_on, now()), maintain_on = least(maintain_on, now())
    WHERE greatest(monitor_claim_on, monitor_on, maintain_on) > now()`);
  await db.execute(sql`UPDATE pgboss.version SET bam_on = least(bam_on, now()), flow_on = least(flow_on, now()),
      reindex_on = least(reindex_on, now()), monitor_backoff_on = NULL
    WHERE greatest(bam_on, flow_on, reindex_on) > now()`);
  await db.execute(sql`UPDATE pgboss.job SET started_on = least(started_on, now()),
      heartbeat_on = least(heartbeat_on, now())
    WHERE state = 'active' AND greatest(started_on, heartbeat_on) > now()`);
}
