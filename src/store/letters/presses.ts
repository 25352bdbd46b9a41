import { and, eq, gt, isNull, like } from 'drizzle-orm';
import type { Tx } from '../../database/open.ts';
import { letters } from '../schema/index.ts';

/** Removes e-mails of one press that are not due yet and that no server has seen; returns how many. */
export async function removeHeldPress(
  tx: Tx,
  kind: string,
  press: string,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .delete(letters)
    .where(
      and(
        eq(letters.kind, kind),
        like(letters.key, `${press}:%`),
        eq(letters.state, 'waiting'),
        eq(letters.tries, 0),
        gt(letters.dueAt, now),
        isNull(letters.leaseUntil),
      ),
    )
    .returning({ id: letters.id });
  return rows.length;
}
