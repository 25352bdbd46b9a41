import { and, eq, getTableColumns, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { RsvpState } from '../../domain/events/changes.ts';
import type { BeforeNo } from '../../domain/guests/taking-back.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import { people, rsvps } from '../schema/index.ts';

export type Rsvp = typeof rsvps.$inferSelect;

/** An invitation with the person it went to. */
export interface Invitee extends Rsvp {
  name: string;
  email: string;
  hasOwnUids: boolean;
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
  return db
    .select({
      ...getTableColumns(rsvps),
      name: people.name,
      email: people.email,
      hasOwnUids: people.hasOwnUids,
      side: people.side,
      department: people.department,
      jobTitle: people.jobTitle,
    })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(eq(rsvps.eventId, eventId), which))
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`, people.id);
}

/** Lists everyone coming, waiting or here otherwise, by name, people who are here last: read anew at the door every few seconds. */
export async function expectedAtDoor(db: Db, eventId: number) {
  const [listedState, isHere] = [ne(rsvps.state, 'uninvited'), sql`${rsvps.cameAt} IS NOT NULL`];
  return db
    .select({
      personId: rsvps.personId,
      name: people.name,
      side: people.side,
      state: rsvps.state,
      cameAt: rsvps.cameAt,
    })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(
      and(eq(rsvps.eventId, eventId), listedState, or(inArray(rsvps.state, ['coming', 'waiting']), isHere)),
    )
    .orderBy(isHere, sql`${people.name} COLLATE "und-x-icu"`, people.id);
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

/** Values that go along with a state; a kept or offered seat, the person replaced and a reason end with their state. */
export interface StateChange {
  waitingNumber?: number | null;
  answeredAt?: Temporal.Instant | null;
  inPlaceOfId?: number | null;
  seatKeptUntil?: Temporal.Instant | null;
  beforeNo?: BeforeNo | null;
}

export async function setState(tx: Tx, id: number, state: RsvpState, change: StateChange): Promise<Rsvp> {
  const [row] = await tx
    .update(rsvps)
    .set({
      state,
      waitingNumber: change.waitingNumber ?? null,
      inPlaceOfId: change.inPlaceOfId ?? null,
      seatKeptUntil: change.seatKeptUntil ?? null,
      beforeNo: change.beforeNo ?? null,
      offeredAt: null,
      because: '',
      revision: sql`${rsvps.revision} + 1`,
      ...(change.answeredAt === undefined ? {} : { answeredAt: change.answeredAt }),
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
  beforeNo: BeforeNo | null;
  offeredAt: string | null;
  because: string;
}

/** Takes a snapshot of an answer, to be restored while the state with that revision stands. */
export function snapshotOf(before: Rsvp, replacedBy: number): Snapshot {
  const { id, revision, state, waitingNumber, inPlaceOfId, beforeNo, because } = before;
  const seatKeptUntil = before.seatKeptUntil?.toString() ?? null;
  const offeredAt = before.offeredAt?.toString() ?? null;
  const stood = { waitingNumber, inPlaceOfId, seatKeptUntil, beforeNo, offeredAt, because };
  return { id, revision, replacedBy, state, ...stood };
}

/** Restores an answer and the number its letters know it by, unless it changed since. */
export async function restore(
  tx: Tx,
  { id, replacedBy, seatKeptUntil, offeredAt, ...stood }: Snapshot,
): Promise<void> {
  // One that was recorded by an earlier version has no offer.
  const instant = (text: string | null | undefined) => (text ? Temporal.Instant.from(text) : null);
  await tx
    .update(rsvps)
    .set({ ...stood, seatKeptUntil: instant(seatKeptUntil), offeredAt: instant(offeredAt) })
    .where(and(eq(rsvps.id, id), eq(rsvps.revision, replacedBy)));
}

/** Sets why they cannot come; false where they have not said no. */
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

/** Stores the press at the door that counts: here, or not here after all. */
export async function setPress(
  tx: Tx,
  eventId: number,
  personId: number,
  { id, here, at }: { id: string; here: boolean; at: Temporal.Instant },
): Promise<void> {
  await tx
    .update(rsvps)
    .set({ cameAt: here ? at : null, pressedAt: at, pressId: id })
    .where(and(eq(rsvps.eventId, eventId), eq(rsvps.personId, personId)));
}

/** Sets since when this person wants no reminders of the event; null allows them again. */
export async function setReminders(db: Db, id: number, offAt: Temporal.Instant | null): Promise<void> {
  await db.update(rsvps).set({ remindersOffAt: offAt }).where(eq(rsvps.id, id));
}

/** Removes people from the list of a draft; nobody has heard of it yet, so nothing is kept. */
export async function removeMany(tx: Tx, eventId: number, personIds: number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.delete(rsvps).where(and(eq(rsvps.eventId, eventId), inArray(rsvps.personId, personIds)));
}
