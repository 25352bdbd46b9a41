import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { settings } from '../schema/index.ts';

/** 'link-secret' is there in databases of before the secret had a place of its own. */
export type SettingKey = 'link-secret' | 'secret-fingerprint' | 'set-up-token-hash';

export async function get(db: Db, key: SettingKey): Promise<string | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, key));
  return row?.value ?? null;
}

export async function set(db: Db, key: SettingKey, value: string): Promise<void> {
  await db
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } });
}

export async function remove(db: Db, key: SettingKey): Promise<void> {
  await db.delete(settings).where(eq(settings.key, key));
}

/** Any number does, as long as all processes take the same. */
const secretLock = 0x666c6971;

/** Locks the secret of this database against other processes until the transaction ends. */
export async function lockSecret(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${secretLock})`);
}
