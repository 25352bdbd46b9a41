import { and, desc, eq, isNull, lt, ne, notInArray, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import { timed } from '../events/events.ts';
import { events, people, rsvps } from '../schema/index.ts';

/** Lists an organiser can invite with one press. */
export type GuestList = 'all' | 'new' | 'later';

const isAbleSenior = and(eq(people.side, 'senior'), isNull(people.disabledAt), eq(people.isOrganiser, false));

/** Finds the people on a list: all senior managers, those who were not at the last event that was held, or nobody yet. */
export async function idsOf(db: Db, list: GuestList, now: Temporal.Instant): Promise<number[]> {
  if (list === 'later') return [];
  const lastTime = list === 'new' ? await cameLastTime(db, now) : [];
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(isAbleSenior, lastTime.length > 0 ? notInArray(people.id, lastTime) : undefined));
  return rows.map((row) => row.id);
}

/** Finds the people on an event's list who have not left the organisation. */
export async function onListOf(db: Db, eventId: number): Promise<number[]> {
  const rows = await db
    .select({ id: rsvps.personId })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(eq(rsvps.eventId, eventId), ne(rsvps.state, 'uninvited'), isNull(people.disabledAt)));
  return rows.map(({ id }) => id);
}

/** The latest events that may be over: no wall clock is more than fourteen hours ahead of UTC. */
async function lastHeld(db: Db, now: Temporal.Instant) {
  const latest = now.add({ hours: 14 }).toString().slice(0, 16);
  const begun = await db
    .select(timed)
    .from(events)
    .where(and(eq(events.state, 'published'), lt(events.startsAt, latest)))
    .orderBy(desc(events.startsAt))
    .limit(20);
  return begun.find((event) => isOver(event, now));
}

/** People who were there: those seen at the door, or where nobody was, all who had a seat. */
async function cameLastTime(db: Db, now: Temporal.Instant): Promise<number[]> {
  const last = await lastHeld(db, now);
  if (!last) return [];
  const rows = await db
    .select({ id: rsvps.personId, state: rsvps.state, cameAt: rsvps.cameAt })
    .from(rsvps)
    .where(eq(rsvps.eventId, last.id));
  const seen = rows.filter(({ cameAt }) => cameAt !== null);
  const there = seen.length > 0 ? seen : rows.filter(({ state }) => state === 'coming');
  return there.map(({ id }) => id);
}

/** How many are on each list, and in how many departments. */
export async function counts(
  db: Db,
  now: Temporal.Instant,
): Promise<{ all: number; fresh: number; departments: number }> {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      departments: sql<number>`count(DISTINCT nullif(${people.department}, ''))::int`,
    })
    .from(people)
    .where(isAbleSenior);
  return {
    all: row?.all ?? 0,
    departments: row?.departments ?? 0,
    fresh: (await idsOf(db, 'new', now)).length,
  };
}

/** Counts who could be invited: senior managers, and the young talents who host. */
export async function countInvitable(db: Db): Promise<{ seniors: number; talents: number }> {
  const [seniors, talents] = await Promise.all([
    db.$count(people, isAbleSenior),
    db.$count(people, and(eq(people.side, 'talent'), isNull(people.disabledAt))),
  ]);
  return { seniors, talents };
}
