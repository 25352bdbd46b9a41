import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { planSeats, tablePlans, walkInSeats } from '../schema/index.ts';

export type Plan = typeof tablePlans.$inferSelect;
export type PlanState = Plan['state'];

/** Both plans of an event: the draft, and the published one. */
export async function bothOf(db: Db, eventId: number): Promise<Record<PlanState, Plan | null>> {
  const rows = await db.select().from(tablePlans).where(eq(tablePlans.eventId, eventId));
  const of = (state: PlanState) => rows.find((row) => row.state === state) ?? null;
  return { draft: of('draft'), published: of('published') };
}

/** When the plan that guests and hosts of an event know was published last; null where they know none. */
export async function publishedAt(db: Db, eventId: number): Promise<Temporal.Instant | null> {
  const [row] = await db
    .select({ at: tablePlans.changedAt })
    .from(tablePlans)
    .where(and(eq(tablePlans.eventId, eventId), eq(tablePlans.state, 'published')));
  return row?.at ?? null;
}

/** Seats of these plans, by plan and person; people without an account have negative numbers. */
export async function seatsOf(
  db: Db,
  planIds: readonly number[],
): Promise<Map<number, Map<number, number[]>>> {
  const found = new Map(planIds.map((id) => [id, new Map<number, number[]>()]));
  if (planIds.length === 0) return found;
  const rows = await db
    .select()
    .from(planSeats)
    .where(inArray(planSeats.planId, [...planIds]))
    .orderBy(planSeats.planId, planSeats.personId);
  for (const { planId, personId, tables } of rows) found.get(planId)!.set(personId, tables);
  const walked = await db
    .select()
    .from(walkInSeats)
    .where(inArray(walkInSeats.planId, [...planIds]))
    .orderBy(walkInSeats.walkInId);
  for (const { planId, walkInId, tables } of walked) found.get(planId)!.set(-walkInId, tables);
  return found;
}

/** The plan of this state, made where there is none. */
export async function open(
  tx: Tx,
  plan: Pick<Plan, 'eventId' | 'state' | 'rounds' | 'tables' | 'changedAt'>,
): Promise<Plan> {
  const [row] = await tx
    .insert(tablePlans)
    .values(plan)
    .onConflictDoUpdate({
      target: [tablePlans.eventId, tablePlans.state],
      set: { rounds: plan.rounds, tables: plan.tables },
    })
    .returning();
  return row!;
}

/** Changes a plan; its revision rises. */
export async function change(
  tx: Tx,
  id: number,
  values: Partial<Omit<typeof tablePlans.$inferInsert, 'id' | 'revision'>>,
): Promise<Plan> {
  const [row] = await tx
    .update(tablePlans)
    .set({ ...values, revision: sql`${tablePlans.revision} + 1` })
    .where(eq(tablePlans.id, id))
    .returning();
  return row!;
}

export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.delete(tablePlans).where(eq(tablePlans.id, id));
}

/** Sets the rows of these people; null takes somebody's away. */
export async function setRows(
  tx: Tx,
  planId: number,
  all: readonly (readonly [personId: number, tables: readonly number[] | null])[],
): Promise<void> {
  await setWalkInRows(
    tx,
    planId,
    all.filter(([id]) => id < 0),
  );
  const rows = all.filter(([id]) => id > 0);
  const gone = rows.flatMap(([personId, tables]) => (tables === null ? [personId] : []));
  if (gone.length > 0)
    await tx.delete(planSeats).where(and(eq(planSeats.planId, planId), inArray(planSeats.personId, gone)));
  const kept = rows.flatMap(([personId, tables]) =>
    tables === null ? [] : [{ planId, personId, tables: [...tables] }],
  );
  if (kept.length === 0) return;
  await tx
    .insert(planSeats)
    .values(kept)
    .onConflictDoUpdate({
      target: [planSeats.planId, planSeats.personId],
      set: { tables: sql`excluded.tables` },
    });
}

async function setWalkInRows(tx: Tx, planId: number, rows: Parameters<typeof setRows>[2]): Promise<void> {
  for (const [id, tables] of rows) {
    const walkInId = -id;
    if (tables === null)
      await tx
        .delete(walkInSeats)
        .where(and(eq(walkInSeats.planId, planId), eq(walkInSeats.walkInId, walkInId)));
    else
      await tx
        .insert(walkInSeats)
        .values({ planId, walkInId, tables: [...tables] })
        .onConflictDoUpdate({
          target: [walkInSeats.planId, walkInSeats.walkInId],
          set: { tables: sql`excluded.tables` },
        });
  }
}
