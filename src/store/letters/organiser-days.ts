import { and, asc, eq, gte, inArray, isNull, lt, ne, or } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import {
  answers,
  events,
  invitationStops,
  letters,
  messagesReceived,
  organiserDays,
  people,
} from '../schema/index.ts';

/** Finds the organisers who were not told yet what happened before this moment. */
export async function untold(db: Db, before: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .leftJoin(organiserDays, eq(organiserDays.personId, people.id))
    .where(
      and(
        eq(people.isOrganiser, true),
        isNull(people.disabledAt),
        or(isNull(organiserDays.toldUntil), lt(organiserDays.toldUntil, before)),
      ),
    )
    .orderBy(asc(people.id));
  return rows.map(({ id }) => id);
}

/** Moves on to `until` and returns up to where this organiser was told before; null where another process was first. */
export async function begin(
  tx: Tx,
  personId: number,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Temporal.Instant | null> {
  await tx.insert(organiserDays).values({ personId, toldUntil: from }).onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(organiserDays)
    .where(eq(organiserDays.personId, personId))
    .for('update');
  if (!row || Temporal.Instant.compare(row.toldUntil, until) >= 0) return null;
  await tx.update(organiserDays).set({ toldUntil: until }).where(eq(organiserDays.personId, personId));
  return row.toldUntil;
}

/** Published events of this organiser that begin at this wall time or later. */
export async function eventsOf(db: Db, organiserId: number, startsFrom: string) {
  return db
    .select()
    .from(events)
    .where(
      and(
        eq(events.organiserId, organiserId),
        eq(events.state, 'published'),
        gte(events.startsAt, startsFrom),
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id));
}

/** Everything that was answered at these events, the first answer first. */
export async function answersAt(db: Db, eventIds: number[]) {
  return db.select().from(answers).where(inArray(answers.eventId, eventIds)).orderBy(asc(answers.id));
}

/** People who moved up from the waiting list of these events, and when they were written. */
export async function movedUpAt(db: Db, eventIds: number[]) {
  return db
    .select({
      eventId: letters.eventId,
      personId: letters.personId,
      name: letters.recipientName,
      at: letters.createdAt,
    })
    .from(letters)
    .where(
      and(inArray(letters.eventId, eventIds), eq(letters.kind, 'seat-free'), ne(letters.state, 'cancelled')),
    )
    .orderBy(asc(letters.id));
}

interface Days {
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/** Names of those who asked for no more invitations of a programme within these days and still want none. */
export async function stopsWithin(db: Db, programmeId: number, { from, until }: Days): Promise<string[]> {
  const { since } = invitationStops;
  const rows = await db
    .select({ name: people.name })
    .from(invitationStops)
    .innerJoin(people, eq(people.id, invitationStops.personId))
    .where(and(eq(invitationStops.programmeId, programmeId), gte(since, from), lt(since, until)))
    .orderBy(people.name, people.id);
  return rows.map(({ name }) => name);
}

/** Senders of mail that was put aside within these days. */
export async function putAsideWithin(db: Db, { from, until }: Days): Promise<string[]> {
  const { createdAt, state, sender, key } = messagesReceived;
  const rows = await db
    .select({ sender })
    .from(messagesReceived)
    .where(and(eq(state, 'put-aside'), gte(createdAt, from), lt(createdAt, until)))
    .orderBy(createdAt, key);
  return rows.map((row) => row.sender);
}
