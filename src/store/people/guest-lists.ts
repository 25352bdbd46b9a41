import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { events, people, rsvps } from '../schema/index.ts';

/** Lists an organiser can invite with one press. */
export type GuestList = 'all' | 'new' | 'later';

const isAbleSenior = and(eq(people.side, 'senior'), isNull(people.disabledAt), eq(people.isOrganiser, false));

/** Finds the people on a list: all senior managers, those who did not come to the last event, or nobody yet. */
export async function idsOf(db: Db, list: GuestList): Promise<number[]> {
  if (list === 'later') return [];
  const lastTime = list === 'new' ? await cameLastTime(db) : [];
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(isAbleSenior, lastTime.length > 0 ? notInArray(people.id, lastTime) : undefined));
  return rows.map((row) => row.id);
}

async function cameLastTime(db: Db): Promise<number[]> {
  const [last] = await db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.state, 'published'))
    .orderBy(sql`${events.startsAt} DESC`)
    .limit(1);
  if (!last) return [];
  const rows = await db
    .select({ id: rsvps.personId })
    .from(rsvps)
    .where(and(eq(rsvps.eventId, last.id), inArray(rsvps.state, ['coming', 'waiting'])));
  return rows.map((row) => row.id);
}

/** How many are on each list, and in how many departments. */
export async function counts(db: Db): Promise<{ all: number; fresh: number; departments: number }> {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      departments: sql<number>`count(DISTINCT nullif(${people.department}, ''))::int`,
    })
    .from(people)
    .where(isAbleSenior);
  return { all: row?.all ?? 0, departments: row?.departments ?? 0, fresh: (await idsOf(db, 'new')).length };
}
