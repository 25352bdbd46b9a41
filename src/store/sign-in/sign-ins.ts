import { and, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { signIns } from '../schema/index.ts';

export type SignIn = typeof signIns.$inferSelect;
export type NewSignIn = Pick<
  SignIn,
  'email' | 'browserHash' | 'linkHash' | 'codeHash' | 'next' | 'expiresAt' | 'createdAt'
>;

const isOpen = (now: Temporal.Instant) => and(isNull(signIns.usedAt), gt(signIns.expiresAt, now));

export async function add(tx: Tx, values: NewSignIn): Promise<void> {
  await tx.insert(signIns).values(values);
}

/** The last letter this browser asked for, used or not, while its link would still work. */
export async function lastOf(db: Db, browserHash: string, now: Temporal.Instant): Promise<SignIn | null> {
  const [row] = await db
    .select()
    .from(signIns)
    .where(and(eq(signIns.browserHash, browserHash), gt(signIns.expiresAt, now)))
    .orderBy(desc(signIns.createdAt), desc(isNull(signIns.usedAt)))
    .limit(1);
  return row ?? null;
}

export async function findOpenByLink(
  db: Db,
  linkHash: string,
  now: Temporal.Instant,
): Promise<SignIn | null> {
  const [row] = await db
    .select()
    .from(signIns)
    .where(and(eq(signIns.linkHash, linkHash), isOpen(now)));
  return row ?? null;
}

/** Takes one try from every open letter this browser asked for; those without any left are not among them. */
export async function takeTry(
  db: Db,
  browserHash: string,
  now: Temporal.Instant,
  most: number,
): Promise<SignIn[]> {
  return db
    .update(signIns)
    .set({ tries: sql`${signIns.tries} + 1` })
    .where(and(eq(signIns.browserHash, browserHash), lt(signIns.tries, most), isOpen(now)))
    .returning();
}

export async function openFor(db: Db, email: string, now: Temporal.Instant): Promise<SignIn[]> {
  return db
    .select()
    .from(signIns)
    .where(and(eq(signIns.email, email), isOpen(now)));
}

/** Uses the letter up, once; false when it was used in the meantime or has run out. */
export async function use(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .update(signIns)
    .set({ usedAt: now })
    .where(and(eq(signIns.id, id), isOpen(now)))
    .returning({ id: signIns.id });
  return rows.length === 1;
}

/** Ends everything else this browser asked for. */
export async function closeOf(tx: Tx, browserHash: string, now: Temporal.Instant): Promise<void> {
  await tx
    .update(signIns)
    .set({ usedAt: now })
    .where(and(eq(signIns.browserHash, browserHash), isOpen(now)));
}

/** Takes away every letter to this address, in small letters, so that no link or code of it works any more. */
export async function removeFor(tx: Tx, email: string): Promise<void> {
  await tx.delete(signIns).where(eq(signIns.email, email));
}
