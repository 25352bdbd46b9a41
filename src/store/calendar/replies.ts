import { and, asc, desc, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { calendarReplies, events, messagesReceived, people } from '../schema/index.ts';

export type CalendarReply = typeof calendarReplies.$inferSelect;
export type NewCalendarReply = typeof calendarReplies.$inferInsert;

export async function eventOfUid(db: Db, uid: string): Promise<number | null> {
  const [row] = await db.select({ id: events.id }).from(events).where(eq(events.uid, uid));
  return row?.id ?? null;
}

/** Finds the earlier proved replies of one kind by this person about this event. */
export async function provedBefore(
  tx: Tx,
  eventId: number,
  personId: number,
  kind: CalendarReply['kind'],
): Promise<CalendarReply[]> {
  return tx
    .select()
    .from(calendarReplies)
    .where(
      and(
        eq(calendarReplies.eventId, eventId),
        eq(calendarReplies.personId, personId),
        eq(calendarReplies.kind, kind),
        eq(calendarReplies.proved, true),
      ),
    );
}

/** The SEQUENCE of the object this person declined in their calendar; null where the last answer there was no no. */
export async function declinedSequence(db: Db, eventId: number, personId: number): Promise<number | null> {
  const [last] = await db
    .select({ said: calendarReplies.said, sequence: calendarReplies.sequence })
    .from(calendarReplies)
    .where(
      and(
        eq(calendarReplies.eventId, eventId),
        eq(calendarReplies.personId, personId),
        eq(calendarReplies.kind, 'answer'),
        inArray(calendarReplies.outcome, ['counted', 'confirmed']),
      ),
    )
    .orderBy(desc(calendarReplies.id))
    .limit(1);
  return last?.said === 'no' ? last.sequence : null;
}

/** Writes a reply down; null where the same one was written before. */
export async function add(tx: Tx, reply: NewCalendarReply): Promise<number | null> {
  const [row] = await tx
    .insert(calendarReplies)
    .values(reply)
    .onConflictDoNothing()
    .returning({ id: calendarReplies.id });
  return row?.id ?? null;
}

/** The reply a confirm link asks about, locked so that it is confirmed once. */
export async function lockByToken(tx: Tx, tokenHash: string): Promise<CalendarReply | null> {
  const [row] = await tx
    .select()
    .from(calendarReplies)
    .where(eq(calendarReplies.tokenHash, tokenHash))
    .for('update');
  return row ?? null;
}

export async function findByToken(db: Db, tokenHash: string): Promise<CalendarReply | null> {
  const [row] = await db.select().from(calendarReplies).where(eq(calendarReplies.tokenHash, tokenHash));
  return row ?? null;
}

export async function settle(
  db: Db,
  id: number,
  settledAt: Temporal.Instant,
  outcome?: CalendarReply['outcome'],
): Promise<void> {
  await db
    .update(calendarReplies)
    .set({ settledAt, ...(outcome && { outcome }) })
    .where(eq(calendarReplies.id, id));
}

export interface Proposal extends CalendarReply {
  name: string;
}

/** Other times and other people proposed for an event, and words beside an answer, that the organiser has not dealt with, the first one first. */
export async function openProposals(db: Db, eventId: number): Promise<Proposal[]> {
  const rows = await db
    .select({ reply: calendarReplies, name: people.name })
    .from(calendarReplies)
    .innerJoin(people, eq(people.id, calendarReplies.personId))
    .where(
      and(
        eq(calendarReplies.eventId, eventId),
        or(
          eq(calendarReplies.outcome, 'told'),
          and(
            eq(calendarReplies.kind, 'answer'),
            inArray(calendarReplies.outcome, ['counted', 'confirmed']),
            ne(calendarReplies.words, ''),
          ),
        ),
        isNull(calendarReplies.settledAt),
      ),
    )
    .orderBy(asc(calendarReplies.id));
  return rows.map(({ reply, name }) => ({ ...reply, name }));
}

/** Words one person wrote beside replies about an event that they proved to be theirs, the first first. */
export async function wordsOf(
  db: Db,
  eventId: number,
  personId: number,
): Promise<Pick<CalendarReply, 'kind' | 'words' | 'receivedAt'>[]> {
  const { kind, words, receivedAt, outcome } = calendarReplies;
  return db
    .select({ kind, words, receivedAt })
    .from(calendarReplies)
    .where(
      and(
        eq(calendarReplies.eventId, eventId),
        eq(calendarReplies.personId, personId),
        inArray(outcome, ['counted', 'confirmed', 'told', 'too-late', 'earlier-time']),
        ne(words, ''),
      ),
    )
    .orderBy(asc(calendarReplies.id));
}

export async function removeBefore(db: Db, at: Temporal.Instant): Promise<void> {
  await db.delete(calendarReplies).where(lt(calendarReplies.createdAt, at));
}

/** One more try at a message; `state` is what it was before, `tries` counts this one. */
export async function beginMessage(
  db: Db,
  key: string,
  createdAt: Temporal.Instant,
): Promise<{ state: 'trying' | 'done' | 'put-aside'; tries: number }> {
  const [row] = await db
    .insert(messagesReceived)
    .values({ key, state: 'trying', tries: 1, createdAt })
    .onConflictDoUpdate({ target: messagesReceived.key, set: { tries: sql`${messagesReceived.tries} + 1` } })
    .returning({ state: messagesReceived.state, tries: messagesReceived.tries });
  return row!;
}

export async function endMessage(
  db: Db,
  key: string,
  state: 'done' | 'put-aside',
  outcome: string,
  sender = '',
): Promise<void> {
  await db
    .update(messagesReceived)
    .set({ state, outcome, sender })
    .where(and(eq(messagesReceived.key, key), eq(messagesReceived.state, 'trying')));
}

/** Mail that nobody's answer was read from, for a person to look at: the newest day first. */
export async function putAside(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<Pick<typeof messagesReceived.$inferSelect, 'sender' | 'outcome' | 'createdAt'>[]> {
  const { sender, outcome, createdAt } = messagesReceived;
  return db
    .select({ sender, outcome, createdAt })
    .from(messagesReceived)
    .where(eq(messagesReceived.state, 'put-aside'))
    .orderBy(desc(createdAt), messagesReceived.key)
    .limit(limit)
    .offset(offset);
}

export async function countPutAside(db: Db): Promise<number> {
  return db.$count(messagesReceived, eq(messagesReceived.state, 'put-aside'));
}

export async function forgetMessages(db: Db, before: Temporal.Instant): Promise<void> {
  await db.delete(messagesReceived).where(lt(messagesReceived.createdAt, before));
}
