import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { datePolls, people, pollAnswers, pollDates, pollPeople } from '../schema/index.ts';

export type Poll = typeof datePolls.$inferSelect;
export type PollDate = typeof pollDates.$inferSelect;
export type Said = (typeof pollAnswers.$inferSelect)['said'];

export async function find(db: Db, eventId: number): Promise<Poll | null> {
  const [row] = await db.select().from(datePolls).where(eq(datePolls.eventId, eventId));
  return row ?? null;
}

/** Begins looking for a date, or changes until when people can answer. */
export async function save(tx: Tx, poll: Poll): Promise<void> {
  await tx
    .insert(datePolls)
    .values(poll)
    .onConflictDoUpdate({ target: datePolls.eventId, set: { answerBy: poll.answerBy } });
}

/** Dates that are offered, the first one first. */
export async function datesOf(db: Db, eventId: number): Promise<PollDate[]> {
  return db
    .select()
    .from(pollDates)
    .where(and(eq(pollDates.eventId, eventId), isNull(pollDates.withdrawnAt)))
    .orderBy(asc(pollDates.startsAt));
}

/** Offers dates; one that was withdrawn is offered again, with what was said of it. */
export async function offer(tx: Tx, eventId: number, startsAt: readonly string[]): Promise<void> {
  if (startsAt.length === 0) return;
  await tx
    .insert(pollDates)
    .values(startsAt.map((at) => ({ eventId, startsAt: at })))
    .onConflictDoUpdate({ target: [pollDates.eventId, pollDates.startsAt], set: { withdrawnAt: null } });
}

export async function withdraw(tx: Tx, eventId: number, dateId: number, at: Temporal.Instant): Promise<void> {
  await tx
    .update(pollDates)
    .set({ withdrawnAt: at })
    .where(and(eq(pollDates.eventId, eventId), eq(pollDates.id, dateId)));
}

/** Notes who was asked; those who were asked before stay as they are. */
export async function ask(
  tx: Tx,
  eventId: number,
  personIds: readonly number[],
  askedAt: Temporal.Instant,
): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .insert(pollPeople)
    .values(personIds.map((personId) => ({ eventId, personId, askedAt })))
    .onConflictDoNothing();
}

const columns = {
  personId: pollPeople.personId,
  askedAt: pollPeople.askedAt,
  remindedAt: pollPeople.remindedAt,
  answeredAt: pollPeople.answeredAt,
  otherTime: pollPeople.otherTime,
  name: people.name,
  email: people.email,
  side: people.side,
  disabledAt: people.disabledAt,
  timeZone: people.timeZone,
};

/** Everybody who was asked and is still here, by name. */
export async function asked(db: Db, eventId: number) {
  return db
    .select(columns)
    .from(pollPeople)
    .innerJoin(people, eq(people.id, pollPeople.personId))
    .where(and(eq(pollPeople.eventId, eventId), isNull(people.disabledAt)))
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`, asc(people.id));
}

export type Asked = Awaited<ReturnType<typeof asked>>[number];

export async function askedPerson(db: Db, eventId: number, personId: number): Promise<Asked | null> {
  const [row] = await db
    .select(columns)
    .from(pollPeople)
    .innerJoin(people, eq(people.id, pollPeople.personId))
    .where(and(eq(pollPeople.eventId, eventId), eq(pollPeople.personId, personId)));
  return row ?? null;
}

export interface AnswerRow {
  dateId: number;
  personId: number;
  said: Said;
  saidAt: Temporal.Instant;
}

/** Reads answers to the dates that are offered, of everyone or of one person. */
export async function answers(db: Db, eventId: number, personId?: number): Promise<AnswerRow[]> {
  return db
    .select({
      dateId: pollAnswers.dateId,
      personId: pollAnswers.personId,
      said: pollAnswers.said,
      saidAt: pollAnswers.saidAt,
    })
    .from(pollAnswers)
    .innerJoin(pollDates, eq(pollDates.id, pollAnswers.dateId))
    .where(
      and(
        eq(pollDates.eventId, eventId),
        isNull(pollDates.withdrawnAt),
        personId === undefined ? undefined : eq(pollAnswers.personId, personId),
      ),
    );
}

/** Saves what somebody says of these dates; what they said before keeps its moment, and with it their place in line. */
export async function answer(
  tx: Tx,
  eventId: number,
  personId: number,
  said: ReadonlyMap<number, Said>,
  { saidAt, otherTime }: { saidAt: Temporal.Instant; otherTime?: string | undefined },
): Promise<void> {
  const rows = [...said].map(([dateId, one]) => ({ dateId, personId, said: one, saidAt }));
  if (rows.length > 0)
    await tx
      .insert(pollAnswers)
      .values(rows)
      .onConflictDoUpdate({
        target: [pollAnswers.dateId, pollAnswers.personId],
        set: { said: sql`excluded.said`, saidAt: sql`excluded.said_at` },
        setWhere: sql`${pollAnswers.said} <> excluded.said`,
      });
  await tx
    .update(pollPeople)
    .set({ answeredAt: saidAt, ...(otherTime !== undefined && { otherTime }) })
    .where(and(eq(pollPeople.eventId, eventId), eq(pollPeople.personId, personId)));
}

export async function markReminded(
  tx: Tx,
  eventId: number,
  personIds: readonly number[],
  remindedAt: Temporal.Instant | null,
): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .update(pollPeople)
    .set({ remindedAt })
    .where(and(eq(pollPeople.eventId, eventId), inArray(pollPeople.personId, [...personIds])));
}

/** Takes the poll away with everything said in it. */
export async function remove(tx: Tx, eventId: number): Promise<void> {
  await tx.delete(pollDates).where(eq(pollDates.eventId, eventId));
  await tx.delete(pollPeople).where(eq(pollPeople.eventId, eventId));
  await tx.delete(datePolls).where(eq(datePolls.eventId, eventId));
}

/** Forgets who was asked or reminded by the press of that moment, where they have said nothing since. */
export async function forgetPress(tx: Tx, eventId: number, at: Temporal.Instant): Promise<void> {
  const ofEvent = eq(pollPeople.eventId, eventId);
  await tx.delete(pollPeople).where(and(ofEvent, eq(pollPeople.askedAt, at), isNull(pollPeople.answeredAt)));
  await tx
    .update(pollPeople)
    .set({ remindedAt: null })
    .where(and(ofEvent, eq(pollPeople.remindedAt, at)));
}
