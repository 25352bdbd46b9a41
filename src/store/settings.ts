import { eq } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import { settings } from './schema.ts';

export type SettingKey = 'link-secret' | 'set-up-token-hash';

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

/** Keeps what is there already: of several processes that start together, the first one's value stands. */
export async function setOnce(db: Db, key: SettingKey, value: string): Promise<string> {
  await db.insert(settings).values({ key, value }).onConflictDoNothing();
  return (await get(db, key)) ?? value;
}
