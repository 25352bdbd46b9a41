import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { MemberHours } from '../../domain/teams/hours.ts';
import { people, teamHours, teamMeetingEntries, teamMeetings, teams } from '../schema/index.ts';

export type Meeting = typeof teamMeetings.$inferSelect;
export type Entry = typeof teamMeetingEntries.$inferSelect;

/** Entry as it was sent, without the person's answer. */
export type SentEntry = Pick<Entry, 'meetingId' | 'personId' | 'email' | 'uid' | 'method' | 'sequence'>;

/** Answer of a person, and the object of the calendar it was given to. */
export type Said = Pick<Entry, 'said' | 'saidAt'> & Partial<Pick<Entry, 'saidSequence' | 'saidStamp'>>;

/** Hours that members have stated, of those who are in the team now. */
export async function hoursOf(db: Db, teamId: number, memberIds: number[]): Promise<MemberHours[]> {
  const { personId, timeZone, hours } = teamHours;
  return db
    .select({ personId, timeZone, hours })
    .from(teamHours)
    .where(and(eq(teamHours.teamId, teamId), inArray(personId, [0, ...memberIds])))
    .orderBy(asc(personId));
}

/** Writes one member's hours in place of those before. */
export async function saveHours(
  db: Db,
  teamId: number,
  { personId, timeZone, hours }: MemberHours,
  now: Temporal.Instant,
): Promise<void> {
  const values = { timeZone, hours: [...hours], updatedAt: now };
  await db
    .insert(teamHours)
    .values({ teamId, personId, ...values })
    .onConflictDoUpdate({ target: [teamHours.teamId, teamHours.personId], set: values });
}

export async function find(db: Db, id: number): Promise<Meeting | null> {
  const [row] = await db.select().from(teamMeetings).where(eq(teamMeetings.id, id));
  return row ?? null;
}

/** The meeting, kept from changing until the transaction ends. */
export async function lock(tx: Tx, id: number): Promise<Meeting | null> {
  const [row] = await tx.select().from(teamMeetings).where(eq(teamMeetings.id, id)).for('update');
  return row ?? null;
}

/** Adds a meeting; null where this form made one before. */
export async function add(tx: Tx, meeting: typeof teamMeetings.$inferInsert): Promise<Meeting | null> {
  const [row] = await tx
    .insert(teamMeetings)
    .values(meeting)
    .onConflictDoNothing({ target: teamMeetings.formKey })
    .returning();
  return row ?? null;
}

export async function change(tx: Tx, id: number, values: Partial<Meeting>): Promise<void> {
  await tx.update(teamMeetings).set(values).where(eq(teamMeetings.id, id));
}

/** Meetings of a team that are planned, the latest first, some of them. */
export async function plannedOf(db: Db, teamId: number, limit: number): Promise<Meeting[]> {
  return db
    .select()
    .from(teamMeetings)
    .where(and(eq(teamMeetings.teamId, teamId), eq(teamMeetings.state, 'planned')))
    .orderBy(desc(teamMeetings.startsAt), desc(teamMeetings.id))
    .limit(limit);
}

/** Entries of meetings, by person. */
export async function entriesOf(db: Db, meetingIds: number[]): Promise<Entry[]> {
  return db
    .select()
    .from(teamMeetingEntries)
    .where(inArray(teamMeetingEntries.meetingId, [0, ...meetingIds]))
    .orderBy(asc(teamMeetingEntries.meetingId), asc(teamMeetingEntries.personId));
}

/** Entries with this UID that stand in somebody's calendar. */
export async function heldWithUid(db: Db, uid: string): Promise<Entry[]> {
  return db
    .select()
    .from(teamMeetingEntries)
    .where(and(eq(teamMeetingEntries.uid, uid), eq(teamMeetingEntries.method, 'REQUEST')))
    .orderBy(asc(teamMeetingEntries.meetingId), asc(teamMeetingEntries.personId));
}

/** Writes what a person answered, or that they have to answer anew. */
export async function putAnswer(
  tx: Tx,
  { meetingId, personId }: Pick<Entry, 'meetingId' | 'personId'>,
  answer: Said & Partial<Pick<Entry, 'timeSequence'>>,
): Promise<void> {
  const own = and(eq(teamMeetingEntries.meetingId, meetingId), eq(teamMeetingEntries.personId, personId));
  await tx.update(teamMeetingEntries).set(answer).where(own);
}

/** Writes what a person was last sent of a meeting. */
export async function putEntry(tx: Tx, entry: SentEntry): Promise<void> {
  const { meetingId: _m, personId: _p, ...values } = entry;
  await tx
    .insert(teamMeetingEntries)
    .values(entry)
    .onConflictDoUpdate({
      target: [teamMeetingEntries.meetingId, teamMeetingEntries.personId],
      set: values,
    });
}

export async function removeEntry(tx: Tx, meetingId: number, personId: number): Promise<void> {
  await tx
    .delete(teamMeetingEntries)
    .where(and(eq(teamMeetingEntries.meetingId, meetingId), eq(teamMeetingEntries.personId, personId)));
}

const ofCalendar = {
  meeting: teamMeetings,
  team: teams.name,
  method: teamMeetingEntries.method,
  sequence: teamMeetingEntries.sequence,
  uid: teamMeetingEntries.uid,
  organiser: sql<string>`coalesce((SELECT o.name FROM people o WHERE o.id = ${teamMeetings.createdById}), '')`,
};

/** Meetings in somebody's calendar: planned ones of teams they are in, and cancelled ones that were there. */
export async function calendarOf(db: Db, personId: number) {
  return db
    .select(ofCalendar)
    .from(teamMeetingEntries)
    .innerJoin(teamMeetings, eq(teamMeetings.id, teamMeetingEntries.meetingId))
    .innerJoin(teams, eq(teams.id, teamMeetings.teamId))
    .where(
      and(
        eq(teamMeetingEntries.personId, personId),
        sql`((${teamMeetingEntries.method} = 'REQUEST' AND ${teamMeetingEntries.said} IS DISTINCT FROM 'no') OR (${teamMeetings.state} = 'cancelled' AND EXISTS (
          SELECT FROM team_members m WHERE m.team_id = ${teamMeetings.teamId} AND m.person_id = ${personId})))`,
      ),
    )
    .orderBy(asc(teamMeetings.startsAt), asc(teamMeetings.id));
}

/** Another word as soon as the meetings in somebody's calendar would show something else. */
export async function calendarFingerprint(db: Db, personId: number): Promise<string> {
  const [row] = await db
    .select({
      state: sql<string>`md5(coalesce(string_agg(${teamMeetings.id} || ':' || ${teamMeetings.revisedAt} || ':' ||
        ${teamMeetings.state} || ':' || ${teamMeetingEntries.method} || ${teamMeetingEntries.sequence} || coalesce(${teamMeetingEntries.said}, '') || ':' ||
        ${teams.name}, ',' ORDER BY ${teamMeetings.id}), ''))`,
    })
    .from(teamMeetingEntries)
    .innerJoin(teamMeetings, eq(teamMeetings.id, teamMeetingEntries.meetingId))
    .innerJoin(teams, eq(teams.id, teamMeetings.teamId))
    .where(eq(teamMeetingEntries.personId, personId));
  return row!.state;
}

/** Meetings whose calendar entry went to this person and stands there. */
export async function heldBy(db: Db, personId: number): Promise<{ meeting: Meeting; entry: Entry }[]> {
  return db
    .select({ meeting: teamMeetings, entry: teamMeetingEntries })
    .from(teamMeetingEntries)
    .innerJoin(teamMeetings, eq(teamMeetings.id, teamMeetingEntries.meetingId))
    .where(
      and(
        eq(teamMeetingEntries.personId, personId),
        eq(teamMeetingEntries.method, 'REQUEST'),
        eq(teamMeetings.state, 'planned'),
      ),
    )
    .orderBy(asc(teamMeetings.id));
}

/** Members of a team who can take part, with what their calendar entries need. */
export async function membersOf(db: Db, memberIds: number[]) {
  return db
    .select()
    .from(people)
    .where(and(inArray(people.id, [0, ...memberIds]), isNull(people.disabledAt)))
    .orderBy(asc(people.id));
}
