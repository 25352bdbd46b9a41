import { and, asc, eq, gt, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { letters, offers, programmes } from '../schema/index.ts';
import type { Offer } from './offers.ts';

/** Keys of all e-mails that were written about an offer. */
const letterKeys = ({ id, letters: n }: Pick<Offer, 'id' | 'letters'>) =>
  Array.from({ length: n }, (_, at) => letterKey(id, at + 1));

/** Key of one e-mail about an offer, numbered from 1. */
export const letterKey = (offerId: number, n: number) => `offer:${offerId}:${n}`;

/** Gives an e-mail about one offer the key of another, newer offer of the same address. */
export async function renameLetter(tx: Tx, from: string, to: string): Promise<void> {
  await tx.update(letters).set({ key: to }).where(eq(letters.key, from));
}

const atOnce = 500;

/** Erases offers, and with them every e-mail about them to people who were not taken; returns how many. */
export async function erase(
  tx: Tx,
  list: readonly Pick<Offer, 'id' | 'letters' | 'state'>[],
): Promise<number> {
  for (let at = 0; at < list.length; at += atOnce) {
    const some = list.slice(at, at + atOnce);
    const keys = some.filter(({ state }) => state !== 'accepted').flatMap(letterKeys);
    if (keys.length > 0) await tx.delete(letters).where(inArray(letters.key, keys));
    await tx.delete(offers).where(
      inArray(
        offers.id,
        some.map(({ id }) => id),
      ),
    );
  }
  return list.length;
}

const toErase = (tx: Tx, which: SQL | undefined) =>
  tx
    .select({ id: offers.id, letters: offers.letters, state: offers.state })
    .from(offers)
    .where(which)
    .orderBy(asc(offers.id))
    .for('update');

/** All offers of a season, for erasing. */
export async function lockOfSeason(tx: Tx, programmeId: number) {
  return toErase(tx, eq(offers.programmeId, programmeId));
}

/** Offers that nobody confirmed, sent before this moment. */
export async function lockUnconfirmed(tx: Tx, before: Temporal.Instant) {
  return toErase(tx, and(eq(offers.state, 'unconfirmed'), lt(offers.createdAt, before)));
}

/** Seasons that offers are kept for. */
export async function seasonsWithOffers(db: Db) {
  const { id, name, endsOn, endedAt, timeZone } = programmes;
  return db
    .select({ id, name, endsOn, endedAt, timeZone })
    .from(programmes)
    .where(sql`EXISTS (SELECT FROM ${offers} WHERE ${offers.programmeId} = ${programmes.id})`);
}

/** Removes e-mails of these keys that are not due yet and that no server has seen; returns how many. */
export async function removeHeldLetters(tx: Tx, keys: string[], now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .delete(letters)
    .where(
      and(
        inArray(letters.key, keys),
        eq(letters.state, 'waiting'),
        eq(letters.tries, 0),
        gt(letters.dueAt, now),
        sql`${letters.leaseUntil} IS NULL`,
      ),
    )
    .returning({ id: letters.id });
  return rows.length;
}
