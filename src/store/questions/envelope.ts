import { eq, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { namelessAside, namelessEnvelope, namelessFailures, namelessKeys } from '../schema/index.ts';

export interface Envelope {
  keyId: Buffer;
  sealed: Buffer;
}

const theOne = 1;

/** The envelope, locked until the transaction ends; null before the first. Taken before the lock of any event. */
export async function lock(tx: Tx): Promise<Envelope | null> {
  await tx
    .insert(namelessEnvelope)
    .values({ id: theOne, keyId: Buffer.alloc(0), sealed: Buffer.alloc(0) })
    .onConflictDoNothing();
  const [row] = await tx.select().from(namelessEnvelope).for('update');
  return row && row.keyId.length > 0 ? { keyId: row.keyId, sealed: row.sealed } : null;
}

export async function put(tx: Tx, { keyId, sealed }: Envelope): Promise<void> {
  await tx.update(namelessEnvelope).set({ keyId, sealed }).where(eq(namelessEnvelope.id, theOne));
}

/** Keeps an envelope that does not open: a process that still has its key may come. */
export async function putAside(tx: Tx, { keyId, sealed }: Envelope, day: string): Promise<void> {
  await tx.insert(namelessAside).values({ keyId, sealed, day }).onConflictDoNothing();
}

export async function listPutAside(db: Db): Promise<Envelope[]> {
  return db.select({ keyId: namelessAside.keyId, sealed: namelessAside.sealed }).from(namelessAside);
}

export async function removeAside(tx: Tx, keyId: Buffer): Promise<void> {
  await tx.delete(namelessAside).where(eq(namelessAside.keyId, keyId));
}

/** The days on which an envelope was put aside and has not been opened since. */
export async function daysOfLost(db: Db): Promise<string[]> {
  const rows = await db.select({ day: namelessAside.day }).from(namelessAside).orderBy(namelessAside.day);
  return rows.map(({ day }) => day);
}

export async function forgetAside(db: Db, before: string): Promise<void> {
  await db.delete(namelessAside).where(lt(namelessAside.day, before));
}

/** The wrapped key of the envelope, from a table that is in no backup and no journal; null after a crash of the server. */
export async function wrappedKey(tx: Tx): Promise<{ keyId: Buffer; wrapped: Buffer } | null> {
  const [row] = await tx.select().from(namelessKeys);
  return row ?? null;
}

export async function putWrappedKey(tx: Tx, keyId: Buffer, wrapped: Buffer): Promise<void> {
  await tx
    .insert(namelessKeys)
    .values({ id: theOne, keyId, wrapped })
    .onConflictDoUpdate({ target: namelessKeys.id, set: { keyId, wrapped } });
}

/** Adds the failures of days that are over. */
export async function addFailures(tx: Tx, rows: { day: string; kind: string; n: number }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(namelessFailures)
    .values(rows)
    .onConflictDoUpdate({
      target: [namelessFailures.day, namelessFailures.kind],
      set: { n: sql`${namelessFailures.n} + excluded.n` },
    });
}

/** Failures below /anon/ by day and kind, the latest day first. */
export async function failures(db: Db): Promise<{ day: string; kind: string; n: number }[]> {
  return db.select().from(namelessFailures).orderBy(sql`day DESC`, namelessFailures.kind).limit(200);
}

export async function forgetFailures(db: Db, before: string): Promise<void> {
  await db.delete(namelessFailures).where(lt(namelessFailures.day, before));
}
