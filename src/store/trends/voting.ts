import { eq } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { programmes } from '../schema/index.ts';

/** The last day of voting on trends, 'YYYY-MM-DD', or null while there is none. */
export async function setLastDay(db: Db, programmeId: number, votingClosesOn: string | null): Promise<void> {
  await db.update(programmes).set({ votingClosesOn }).where(eq(programmes.id, programmeId));
}
