import { and, desc, eq, gte, inArray, isNotNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { minutes } from '../events/times.ts';
import { answers, events, rsvps } from '../schema/index.ts';

const doorWasKept = sql<boolean>`EXISTS (SELECT FROM rsvps r WHERE r.event_id = ${events.id} AND r.came_at IS NOT NULL)`;

/** Every event somebody was invited to that began on or after `since` ('YYYY-MM-DD'). */
const invitations = (personId: number, since: string) =>
  and(
    eq(rsvps.personId, personId),
    isNotNull(rsvps.invitedAt),
    ne(events.state, 'draft'),
    gte(events.startsAt, since),
  );

/** Lists somebody's invitations since a day, the latest event first. */
export async function invitationsOf(
  db: Db,
  personId: number,
  since: string,
  page: { offset: number; limit: number },
) {
  return db
    .select({
      eventId: events.id,
      event: events.name,
      eventState: events.state,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      namelessAsking: events.namelessAsking,
      minutes,
      doorWasKept,
      state: rsvps.state,
      cameAt: rsvps.cameAt,
      because: rsvps.because,
    })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(invitations(personId, since))
    .orderBy(desc(events.startsAt), desc(events.id))
    .offset(page.offset)
    .limit(page.limit);
}

/** Days around now: an event that begins before `from` is over, one that begins after `to` has not begun. */
export interface DayRange {
  from: string;
  to: string;
}

/**
 * Counts somebody's invitations by what their outcome depends on, so that a thousand are a few rows. Of a seat that was
 * not used the times of the event are there where it is near, since the clock decides.
 */
export async function invitationKinds(db: Db, personId: number, since: string, { from, to }: DayRange) {
  const hasSeat = sql`${rsvps.state} = 'coming' AND ${rsvps.cameAt} IS NULL`;
  const isNear = sql`${hasSeat} AND ${events.startsAt} BETWEEN ${from} AND ${to}`;
  const isDeclined = sql`${rsvps.state} = 'declined'`;
  const own = sql`FROM ${answers} a WHERE a.event_id = ${rsvps.eventId} AND a.person_id = ${rsvps.personId}`;
  const only = <T>(when: SQL, value: SQL) => sql<T | null>`CASE WHEN ${when} THEN ${value} END`;
  const last = (column: string) => sql`(SELECT ${sql.raw(`a.${column}`)} ${own} ORDER BY a.id DESC LIMIT 1)`;
  const fields = {
    state: rsvps.state,
    eventState: events.state,
    namelessAsking: events.namelessAsking,
    came: sql<boolean>`${rsvps.cameAt} IS NOT NULL`,
    startsAt: only<string>(isNear, sql`${events.startsAt}`),
    timeZone: only<string>(isNear, sql`${events.timeZone}`),
    minutes: only<number>(isNear, minutes),
    isBehind: sql<boolean>`${hasSeat} AND ${events.startsAt} < ${from}`,
    doorWasKept: sql<boolean>`${hasSeat} AND ${events.startsAt} <= ${to} AND ${doorWasKept}`,
    saidYes: sql<boolean>`${isDeclined} AND EXISTS (SELECT ${own} AND a.said = 'yes')`,
    lastSaid: only<'yes' | 'maybe' | 'no' | 'substitute'>(isDeclined, last('said')),
    lastWasLate: only<boolean>(isDeclined, last('late')),
  };
  const places = Object.keys(fields).map((_, n) => n + 1);
  return db
    .select({ ...fields, n: sql<number>`count(*)::int` })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(invitations(personId, since))
    .groupBy(sql.raw(places.join(', ')));
}

export type InvitationKind = Awaited<ReturnType<typeof invitationKinds>>[number];

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
