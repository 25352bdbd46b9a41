import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { begunEverywhereBefore } from '../../domain/events/coming.ts';
import { events, letters, reminders } from '../schema/index.ts';

export type Reminder = typeof reminders.$inferSelect;

/** Lists the decisions about the planned letters of an event so far. */
export async function decisions(db: Db, eventId: number): Promise<Reminder[]> {
  return db.select().from(reminders).where(eq(reminders.eventId, eventId)).orderBy(asc(reminders.dueAt));
}

/** Records a decision once per kind and moment; false where it was decided before. */
export async function record(tx: Tx, reminder: Reminder): Promise<boolean> {
  const rows = await tx
    .insert(reminders)
    .values(reminder)
    .onConflictDoNothing()
    .returning({ id: reminders.eventId });
  return rows.length > 0;
}

/** Forgets a planned letter, as if it had never come up. */
export async function forget(
  tx: Tx,
  eventId: number,
  { kind, dueAt }: { kind: string; dueAt: string },
): Promise<void> {
  await tx
    .delete(reminders)
    .where(
      and(
        eq(reminders.eventId, eventId),
        sql`${reminders.kind} = ${kind}`,
        eq(reminders.dueAt, Temporal.Instant.from(dueAt)),
      ),
    );
}

/** Lets a planned letter that was stopped go out again. */
export async function resume(tx: Tx, eventId: number, kind: Reminder['kind']): Promise<void> {
  await tx
    .delete(reminders)
    .where(and(eq(reminders.eventId, eventId), eq(reminders.kind, kind), eq(reminders.state, 'stopped')));
}

/** Events that people are invited to and that may be ahead, wherever they are: the only ones anybody is reminded of. */
export async function eventsAhead(db: Db, now: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.state, 'published'), gte(events.startsAt, begunEverywhereBefore(now))))
    .orderBy(events.id);
  return rows.map(({ id }) => id);
}

/** When somebody was reminded to answer, the first time first, and how many such letters were ever written to them. */
export interface Asked {
  times: Temporal.Instant[];
  written: number;
}

/** Lists by person when they were reminded; a letter taken back before it left counts only as written. */
export async function askedAt(db: Db, eventId: number): Promise<Map<number, Asked>> {
  const rows = await db
    .select({ personId: letters.personId, at: letters.createdAt, state: letters.state })
    .from(letters)
    .where(and(eq(letters.eventId, eventId), eq(letters.kind, 'reminder')))
    .orderBy(asc(letters.createdAt));
  const all = new Map<number, Asked>();
  for (const { personId, at, state } of rows) {
    if (personId === null) continue;
    const { times, written } = all.get(personId) ?? { times: [], written: 0 };
    all.set(personId, { times: state === 'cancelled' ? times : [...times, at], written: written + 1 });
  }
  return all;
}
