import { and, asc, eq, gte, inArray, notExists, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { timed } from '../events/events.ts';
import {
  events,
  pairAgreements,
  pairMeetingEntries,
  pairMeetings,
  pairRounds,
  pairs,
  pairWishes,
  people,
  rsvps,
  teamMeetingEntries,
  teamMeetings,
} from '../schema/index.ts';

export type Meeting = typeof pairMeetings.$inferSelect;
export type Entry = typeof pairMeetingEntries.$inferSelect;
export type Agreement = typeof pairAgreements.$inferSelect;

/** Meetings of a pair in their order. */
export async function ofPair(db: Db, pairId: number): Promise<Meeting[]> {
  return db
    .select()
    .from(pairMeetings)
    .where(eq(pairMeetings.pairId, pairId))
    .orderBy(asc(pairMeetings.number));
}

export async function find(db: Db, id: number): Promise<Meeting | null> {
  const [row] = await db.select().from(pairMeetings).where(eq(pairMeetings.id, id));
  return row ?? null;
}

/** Adds meetings; one that is there with its number stays as it is. */
export async function addMany(tx: Tx, rows: (typeof pairMeetings.$inferInsert)[]): Promise<Meeting[]> {
  if (rows.length === 0) return [];
  return tx.insert(pairMeetings).values(rows).onConflictDoNothing().returning();
}

export async function change(tx: Tx, id: number, values: Partial<Meeting>): Promise<Meeting> {
  const [row] = await tx.update(pairMeetings).set(values).where(eq(pairMeetings.id, id)).returning();
  return row!;
}

/** Pairs that are on and have no meetings yet. */
export async function pairsWithout(db: Db, limit: number): Promise<number[]> {
  const own = db.select().from(pairMeetings).where(eq(pairMeetings.pairId, pairs.id));
  const rows = await db
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(eq(pairs.state, 'running'), notExists(own)))
    .orderBy(asc(pairs.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Entries of meetings, by person. */
export async function entriesOf(db: Db, meetingIds: readonly number[]): Promise<Entry[]> {
  return db
    .select()
    .from(pairMeetingEntries)
    .where(inArray(pairMeetingEntries.meetingId, [0, ...meetingIds]))
    .orderBy(asc(pairMeetingEntries.meetingId), asc(pairMeetingEntries.personId));
}

/** Writes what a person was last sent of a meeting. */
export async function putEntry(tx: Tx, entry: Entry): Promise<void> {
  const { meetingId: _m, personId: _p, ...values } = entry;
  await tx
    .insert(pairMeetingEntries)
    .values(entry)
    .onConflictDoUpdate({
      target: [pairMeetingEntries.meetingId, pairMeetingEntries.personId],
      set: values,
    });
}

/** Meetings in somebody's calendar, with the people of their pairs. */
export async function calendarOf(db: Db, personId: number) {
  return db
    .select({
      meeting: pairMeetings,
      uid: pairMeetingEntries.uid,
      sequence: pairMeetingEntries.sequence,
      names: sql<
        string[]
      >`(SELECT array_agg(p.name ORDER BY p.side, p.id) FROM people p WHERE p.id <> ${personId}::int
        AND p.id IN (${pairs.seniorId}, ${pairs.talentId}, ${pairs.secondTalentId}))`,
      organiser: sql<string>`coalesce((SELECT o.name FROM people o WHERE o.id = ${pairRounds.changedById}),
        (SELECT o.name FROM people o WHERE o.is_organiser ORDER BY o.id LIMIT 1), '')`,
    })
    .from(pairMeetingEntries)
    .innerJoin(pairMeetings, eq(pairMeetings.id, pairMeetingEntries.meetingId))
    .innerJoin(pairs, eq(pairs.id, pairMeetings.pairId))
    .innerJoin(pairRounds, eq(pairRounds.id, pairs.roundId))
    .where(and(eq(pairMeetingEntries.personId, personId), eq(pairMeetingEntries.method, 'REQUEST')))
    .orderBy(asc(pairMeetings.startsAt), asc(pairMeetings.id));
}

/** Another word as soon as the meetings in somebody's calendar would show something else. */
export async function calendarFingerprint(db: Db, personId: number): Promise<string> {
  const [row] = await db
    .select({
      state: sql<string>`md5(coalesce(string_agg(${pairMeetings.id} || ':' || ${pairMeetings.revisedAt} || ':' ||
        ${pairMeetingEntries.method} || ${pairMeetingEntries.sequence}, ',' ORDER BY ${pairMeetings.id}), ''))`,
    })
    .from(pairMeetingEntries)
    .innerJoin(pairMeetings, eq(pairMeetings.id, pairMeetingEntries.meetingId))
    .where(eq(pairMeetingEntries.personId, personId));
  return row!.state;
}

/** Meetings whose calendar entry went to this person and stands there. */
export async function heldBy(db: Db, personId: number): Promise<{ meeting: Meeting; entry: Entry }[]> {
  return db
    .select({ meeting: pairMeetings, entry: pairMeetingEntries })
    .from(pairMeetingEntries)
    .innerJoin(pairMeetings, eq(pairMeetings.id, pairMeetingEntries.meetingId))
    .where(
      and(
        eq(pairMeetingEntries.personId, personId),
        eq(pairMeetingEntries.method, 'REQUEST'),
        eq(pairMeetings.state, 'planned'),
      ),
    )
    .orderBy(asc(pairMeetings.id));
}

/** A time on somebody's wall clock that is taken. `meetingId`: by a meeting of a pair. */
export interface Taken {
  personId: number;
  startsAt: string;
  timeZone: string;
  minutes: number;
  meetingId: number | null;
}

/** Times that these people have given to Flipside, from a wall time on: events, meetings of their teams and of their pairs. */
export async function takenBy(db: Db, ids: readonly number[], from: string): Promise<Taken[]> {
  if (ids.length === 0) return [];
  const there = [await atEvents(db, ids, from), await inTeams(db, ids, from)].flat();
  return [...there.map((one) => ({ ...one, meetingId: null })), ...(await inPairs(db, ids, from))];
}

async function atEvents(db: Db, ids: readonly number[], from: string) {
  const { startsAt, timeZone, minutes } = timed;
  return db
    .select({ personId: rsvps.personId, startsAt, timeZone, minutes })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(
      and(
        inArray(rsvps.personId, [...ids]),
        inArray(rsvps.state, ['coming', 'maybe', 'waiting']),
        eq(events.state, 'published'),
        gte(events.startsAt, from),
      ),
    );
}

async function inTeams(db: Db, ids: readonly number[], from: string) {
  const { startsAt, timeZone, minutes } = teamMeetings;
  return db
    .select({ personId: teamMeetingEntries.personId, startsAt, timeZone, minutes })
    .from(teamMeetingEntries)
    .innerJoin(teamMeetings, eq(teamMeetings.id, teamMeetingEntries.meetingId))
    .where(
      and(
        inArray(teamMeetingEntries.personId, [...ids]),
        eq(teamMeetingEntries.method, 'REQUEST'),
        eq(teamMeetings.state, 'planned'),
        gte(teamMeetings.startsAt, from),
      ),
    );
}

async function inPairs(db: Db, ids: readonly number[], from: string): Promise<Taken[]> {
  return db
    .select({
      personId: pairMeetingEntries.personId,
      startsAt: pairMeetings.startsAt,
      timeZone: pairMeetings.timeZone,
      minutes: pairMeetings.minutes,
      meetingId: sql<number | null>`${pairMeetings.id}`,
    })
    .from(pairMeetingEntries)
    .innerJoin(pairMeetings, eq(pairMeetings.id, pairMeetingEntries.meetingId))
    .where(
      and(
        inArray(pairMeetingEntries.personId, [...ids]),
        eq(pairMeetingEntries.method, 'REQUEST'),
        eq(pairMeetings.state, 'planned'),
        gte(pairMeetings.startsAt, from),
      ),
    );
}

/** Clock and stated days of these people in a round. */
export async function clocksOf(db: Db, roundId: number, ids: readonly number[]) {
  return db
    .select({ id: people.id, timeZone: people.timeZone, days: pairWishes.days })
    .from(people)
    .leftJoin(pairWishes, and(eq(pairWishes.personId, people.id), eq(pairWishes.roundId, roundId)))
    .where(inArray(people.id, [0, ...ids]));
}

export async function agreementsOf(db: Db, pairId: number): Promise<Agreement[]> {
  return db
    .select()
    .from(pairAgreements)
    .where(eq(pairAgreements.pairId, pairId))
    .orderBy(asc(pairAgreements.personId));
}

/** Writes what somebody of a pair says, beside what they said before. */
export async function agree(
  tx: Tx,
  pairId: number,
  personId: number,
  values: Partial<Pick<Agreement, 'agreedOn' | 'atTheEnd'>>,
): Promise<void> {
  await tx
    .insert(pairAgreements)
    .values({ pairId, personId, ...values })
    .onConflictDoUpdate({ target: [pairAgreements.pairId, pairAgreements.personId], set: values });
}

export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.delete(pairMeetings).where(eq(pairMeetings.id, id));
}
