import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../database/open.ts';
import type { RsvpState } from '../domain/event-changes.ts';
import type { Side } from '../domain/waiting-list.ts';
import { people, rsvps } from './schema.ts';

export type Rsvp = typeof rsvps.$inferSelect;

/** An invitation with the person it went to. */
export interface Invitee extends Rsvp {
  name: string;
  email: string;
  side: Side;
  department: string;
  jobTitle: string;
}

export async function find(db: Db, eventId: number, personId: number): Promise<Rsvp | null> {
  const [row] = await db
    .select()
    .from(rsvps)
    .where(and(eq(rsvps.eventId, eventId), eq(rsvps.personId, personId)));
  return row ?? null;
}

export async function findByToken(db: Db, tokenHash: string): Promise<Rsvp | null> {
  const [row] = await db.select().from(rsvps).where(eq(rsvps.tokenHash, tokenHash));
  return row ?? null;
}

/** Everyone on the event's list but those taken off it, by name. */
export async function invitees(db: Db, eventId: number): Promise<Invitee[]> {
  const rows = await db
    .select()
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(eq(rsvps.eventId, eventId), ne(rsvps.state, 'uninvited')))
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`, people.id);
  return rows.map(({ rsvps: rsvp, people: person }) => ({
    ...rsvp,
    name: person.name,
    email: person.email,
    side: person.side,
    department: person.department,
    jobTitle: person.jobTitle,
  }));
}

/** The events somebody is or was on the list of, in the order they are locked in. */
export async function eventsOf(db: Db, personId: number): Promise<number[]> {
  const rows = await db
    .select({ eventId: rsvps.eventId })
    .from(rsvps)
    .where(and(eq(rsvps.personId, personId), ne(rsvps.state, 'uninvited')))
    .orderBy(rsvps.eventId);
  return rows.map((row) => row.eventId);
}

/** Puts people on the list; whoever was taken off comes back with an open answer. */
export async function invite(
  tx: Tx,
  rows: { eventId: number; personId: number; tokenHash: string; invitedAt: Temporal.Instant | null }[],
): Promise<Rsvp[]> {
  if (rows.length === 0) return [];
  return tx
    .insert(rsvps)
    .values(rows.map((row) => ({ ...row, state: 'invited' as const })))
    .onConflictDoUpdate({
      target: [rsvps.eventId, rsvps.personId],
      set: {
        state: 'invited',
        invitedAt: sql`excluded.invited_at`,
        answeredAt: null,
        revision: sql`${rsvps.revision} + 1`,
      },
      setWhere: eq(rsvps.state, 'uninvited'),
    })
    .returning();
}

export async function setState(
  tx: Tx,
  id: number,
  state: RsvpState,
  change: { waitingNumber?: number | null; answeredAt?: Temporal.Instant },
): Promise<Rsvp> {
  const [row] = await tx
    .update(rsvps)
    .set({
      state,
      waitingNumber: change.waitingNumber ?? null,
      revision: sql`${rsvps.revision} + 1`,
      ...(change.answeredAt ? { answeredAt: change.answeredAt } : {}),
    })
    .where(eq(rsvps.id, id))
    .returning();
  return row!;
}

export async function markInvited(tx: Tx, eventId: number, at: Temporal.Instant): Promise<void> {
  await tx
    .update(rsvps)
    .set({ invitedAt: at })
    .where(and(eq(rsvps.eventId, eventId), ne(rsvps.state, 'uninvited')));
}

/** Off the list of a draft: nobody has heard of it yet, so nothing is kept. */
export async function removeMany(tx: Tx, eventId: number, personIds: number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.delete(rsvps).where(and(eq(rsvps.eventId, eventId), inArray(rsvps.personId, personIds)));
}
