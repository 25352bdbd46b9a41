import { and, eq, gt, isNull, like, ne } from 'drizzle-orm';
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

/** Removes all e-mails of one press, of whatever kind, as long as none of them has left; false, and none is removed, else. */
export async function removeWholePress(tx: Tx, press: string, now: Temporal.Instant): Promise<boolean> {
  const ofPress = and(like(letters.key, `${press}:%`), ne(letters.state, 'cancelled'));
  const all = await tx.select().from(letters).where(ofPress).for('update');
  const isHeld = all.every(
    ({ state, tries, dueAt, leaseUntil }) =>
      state === 'waiting' && tries === 0 && leaseUntil === null && Temporal.Instant.compare(dueAt, now) > 0,
  );
  if (isHeld) await tx.delete(letters).where(ofPress);
  return isHeld;
}

/** Lists the readers of the e-mails of one press. */
export async function peopleOfPress(tx: Tx, kind: string, press: string): Promise<number[]> {
  const rows = await tx
    .select({ personId: letters.personId })
    .from(letters)
    .where(and(eq(letters.kind, kind), like(letters.key, `${press}:%`)));
  return rows.flatMap(({ personId }) => (personId === null ? [] : [personId]));
}
