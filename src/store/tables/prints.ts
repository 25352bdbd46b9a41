import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { Printed } from '../../domain/tables/prints.ts';
import { planPrints } from '../schema/index.ts';

export type Print = typeof planPrints.$inferSelect;

/** The last print of each kind of sheet of an event. */
export async function printsOf(db: Db, eventId: number): Promise<Print[]> {
  return db.select().from(planPrints).where(eq(planPrints.eventId, eventId)).orderBy(planPrints.sheet);
}

/** Notes that these sheets were printed, in place of what was printed of them before. */
export async function recordPrints(
  db: Db,
  eventId: number,
  sheets: readonly Print['sheet'][],
  { printedAt, printed }: { printedAt: Temporal.Instant; printed: Printed },
): Promise<void> {
  await db
    .insert(planPrints)
    .values(sheets.map((sheet) => ({ eventId, sheet, printedAt, printed })))
    .onConflictDoUpdate({
      target: [planPrints.eventId, planPrints.sheet],
      set: { printedAt: sql`excluded.printed_at`, printed: sql`excluded.printed` },
    });
}
