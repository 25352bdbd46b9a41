import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../database/open.ts';
import { settings } from '../schema/index.ts';
import type { SettingKey } from './settings.ts';

const key: SettingKey = 'set-up-token-hash';

/** Spends the set-up link; of two who hold it at once one waits for the other, and gets false. */
export async function spend(tx: Tx, tokenHash: string): Promise<boolean> {
  const rows = await tx
    .delete(settings)
    .where(and(eq(settings.key, key), eq(settings.value, tokenHash)))
    .returning({ key: settings.key });
  return rows.length === 1;
}
