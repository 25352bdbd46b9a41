import { sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import { attempts } from './schema.ts';

/** Counts one more in this window and returns the count, this one included; processes at the same time count on. */
export async function take(db: Db, key: string, windowStart: Temporal.Instant): Promise<number> {
  const [row] = await db
    .insert(attempts)
    .values({ key, windowStart, count: 1 })
    .onConflictDoUpdate({
      target: [attempts.key, attempts.windowStart],
      set: { count: sql`${attempts.count} + 1` },
    })
    .returning({ count: attempts.count });
  return row!.count;
}
