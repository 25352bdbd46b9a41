import { eq } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { harvests } from '../schema/index.ts';

export interface Harvest {
  /** Tables in the order in which they speak; empty until the first began. */
  tableOrder: number[];
  /** Since this day, 'YYYY-MM-DD', hosts change their notes no more; null while they may. */
  closedOn: string | null;
}

/** The harvest of an event. */
export async function harvestOf(db: Db, eventId: number): Promise<Harvest> {
  const [row] = await db
    .select({ tableOrder: harvests.tableOrder, closedOn: harvests.closedOn })
    .from(harvests)
    .where(eq(harvests.eventId, eventId));
  return row ?? { tableOrder: [], closedOn: null };
}

export async function setHarvest(tx: Tx, eventId: number, values: Partial<Harvest>): Promise<void> {
  await tx
    .insert(harvests)
    .values({ eventId, ...values })
    .onConflictDoUpdate({ target: harvests.eventId, set: values });
}
