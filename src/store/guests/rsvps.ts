import { and, eq, inArray, isNull, lt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { RsvpState } from '../../domain/events/changes.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import { events, people, rsvps } from '../schema/index.ts';

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
  return listed(db, eventId, ne(rsvps.state, 'uninvited'));
}

/** Everyone who is or was on the event's list, but those who have left the organisation. */
export async function everListed(db: Db, eventId: number): Promise<Invitee[]> {
  return listed(db, eventId, isNull(people.disabledAt));
}

async function listed(db: Db, eventId: number, which: SQL): Promise<Invitee[]> {
  const rows = await db
    .select()
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(eq(rsvps.eventId, eventId), which))
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

/** Returns those of these events whose list this person is on. */
export async function eventsAmong(db: Db, personId: number, eventIds: number[]): Promise<Set<number>> {
  if (eventIds.length === 0) return new Set();
  const rows = await db
    .select({ eventId: rsvps.eventId })
    .from(rsvps)
    .where(and(eq(rsvps.personId, personId), inArray(rsvps.eventId, eventIds), ne(rsvps.state, 'uninvited')));
  return new Set(rows.map(({ eventId }) => eventId));
}

/** Puts people on the list; those who were taken off come back with an open answer. */
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

/** Values that go along with a state; a kept seat, the person replaced and a reason end with their state. */
export interface StateChange {
  waitingNumber?: number | null;
  answeredAt?: Temporal.Instant;
  inPlaceOfId?: number | null;
  seatKeptUntil?: Temporal.Instant | null;
}

export async function setState(tx: Tx, id: number, state: RsvpState, change: StateChange): Promise<Rsvp> {
  const [row] = await tx
    .update(rsvps)
    .set({
      state,
      waitingNumber: change.waitingNumber ?? null,
      inPlaceOfId: change.inPlaceOfId ?? null,
      seatKeptUntil: change.seatKeptUntil ?? null,
      because: '',
      revision: sql`${rsvps.revision} + 1`,
      ...(change.answeredAt ? { answeredAt: change.answeredAt } : {}),
    })
    .where(eq(rsvps.id, id))
    .returning();
  return row!;
}

export async function markInvited(tx: Tx, eventId: number, at: Temporal.Instant | null): Promise<void> {
  await tx
    .update(rsvps)
    .set({ invitedAt: at })
    .where(and(eq(rsvps.eventId, eventId), ne(rsvps.state, 'uninvited')));
}

/** The revision of every answer of an event by its number, also of those taken off the list. */
export async function revisions(db: Db, eventId: number): Promise<Map<number, number>> {
  const rows = await db
    .select({ id: rsvps.id, revision: rsvps.revision })
    .from(rsvps)
    .where(eq(rsvps.eventId, eventId));
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}

/** Snapshot of an answer, to be restored; `replacedBy`: the revision that took its place. */
export interface Snapshot {
  id: number;
  revision: number;
  replacedBy: number;
  state: RsvpState;
  waitingNumber: number | null;
  inPlaceOfId: number | null;
  seatKeptUntil: string | null;
  because: string;
}

/** How this answer stands, to be put back if it changes into the state with that revision. */
export function snapshotOf(before: Rsvp, replacedBy: number): Snapshot {
  const { id, revision, state, waitingNumber, inPlaceOfId, seatKeptUntil, because } = before;
  const until = seatKeptUntil?.toString() ?? null;
  return { id, revision, replacedBy, state, waitingNumber, inPlaceOfId, seatKeptUntil: until, because };
}

/** The answer stands again as it did, with the number its letters know it by, unless it changed since. */
export async function restore(tx: Tx, { id, replacedBy, seatKeptUntil, ...stood }: Snapshot): Promise<void> {
  const until = seatKeptUntil === null ? null : Temporal.Instant.from(seatKeptUntil);
  await tx
    .update(rsvps)
    .set({ ...stood, seatKeptUntil: until })
    .where(and(eq(rsvps.id, id), eq(rsvps.revision, replacedBy)));
}

/** Why they cannot come; false where they have not said that they cannot. */
export async function setReason(
  db: Db,
  eventId: number,
  personId: number,
  because: string,
): Promise<boolean> {
  const rows = await db
    .update(rsvps)
    .set({ because })
    .where(and(eq(rsvps.eventId, eventId), eq(rsvps.personId, personId), eq(rsvps.state, 'declined')))
    .returning({ id: rsvps.id });
  return rows.length > 0;
}

/** Events at which a seat was kept for a substitute until now. */
export async function eventsWithLapsedSeats(db: Db, now: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .selectDistinct({ eventId: rsvps.eventId })
    .from(rsvps)
    .where(lte(rsvps.seatKeptUntil, now))
    .orderBy(rsvps.eventId);
  return rows.map((row) => row.eventId);
}

/** Keeps the seats of this event no longer that were kept until now; their invitations stand. */
export async function releaseSeats(tx: Tx, eventId: number, now: Temporal.Instant): Promise<void> {
  await tx
    .update(rsvps)
    .set({ seatKeptUntil: null, inPlaceOfId: null })
    .where(and(eq(rsvps.eventId, eventId), lte(rsvps.seatKeptUntil, now)));
}

/**
 * A press at the door: here, or not here after all. Of two presses the one made later counts, whenever it arrives.
 * Null where this person is not on the list.
 */
export async function press(
  tx: Tx,
  eventId: number,
  personId: number,
  { here, at }: { here: boolean; at: Temporal.Instant },
): Promise<Rsvp | null> {
  await tx
    .update(rsvps)
    .set({ cameAt: here ? at : null, pressedAt: at })
    .where(
      and(
        eq(rsvps.eventId, eventId),
        eq(rsvps.personId, personId),
        ne(rsvps.state, 'uninvited'),
        sql`(${rsvps.pressedAt} IS NULL OR ${rsvps.pressedAt} <= ${at.toString()}::timestamptz)`,
      ),
    );
  const row = await find(tx, eventId, personId);
  return row?.state === 'uninvited' ? null : row;
}

/** Since when this person wants no reminders of the event; null: they are welcome. */
export async function setReminders(db: Db, id: number, offAt: Temporal.Instant | null): Promise<void> {
  await db.update(rsvps).set({ remindersOffAt: offAt }).where(eq(rsvps.id, id));
}

/** Off the list of a draft: nobody has heard of it yet, so nothing is kept. */
export async function removeMany(tx: Tx, eventId: number, personIds: number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.delete(rsvps).where(and(eq(rsvps.eventId, eventId), inArray(rsvps.personId, personIds)));
}

/** Forgets who came and why others did not, for events that began before `day` ('YYYY-MM-DD'). */
export async function forgetCommitment(db: Db, day: string): Promise<void> {
  const old = db.select({ id: events.id }).from(events).where(lt(events.startsAt, day));
  await db
    .update(rsvps)
    .set({ cameAt: null, pressedAt: null, because: '' })
    .where(
      and(
        inArray(rsvps.eventId, old),
        sql`(${rsvps.cameAt} IS NOT NULL OR ${rsvps.pressedAt} IS NOT NULL OR ${rsvps.because} <> '')`,
      ),
    );
}
