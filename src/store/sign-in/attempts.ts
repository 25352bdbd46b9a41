import { and, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { attempts } from '../schema/index.ts';

/** Counts one more in this window and returns the count, this one included; processes at the same time count on. */
export async function increment(db: Db, key: string, windowStart: Temporal.Instant): Promise<number> {
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

/** How many were counted in this window. */
export async function countOf(db: Db, key: string, windowStart: Temporal.Instant): Promise<number> {
  const [row] = await db
    .select({ count: attempts.count })
    .from(attempts)
    .where(and(eq(attempts.key, key), eq(attempts.windowStart, windowStart)));
  return row?.count ?? 0;
}

/** Counts one less: the attempt was none. */
export async function giveBack(db: Db, key: string, windowStart: Temporal.Instant): Promise<void> {
  await db
    .update(attempts)
    .set({ count: sql`${attempts.count} - 1` })
    .where(and(eq(attempts.key, key), eq(attempts.windowStart, windowStart)));
}

/** Takes away windows that began before; no window is longer than a day. */
export async function removeOld(db: Db, before: Temporal.Instant): Promise<void> {
  await db.delete(attempts).where(lt(attempts.windowStart, before));
}
