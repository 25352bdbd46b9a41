import { and, asc, desc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { events, rsvps } from '../schema/index.ts';
import { hostsOfTable } from './hosts.ts';
import { minutes, wallEnd } from './times.ts';

/** Parts of the list of events: what is ahead, the next one first; what was held and what was cancelled, the latest first. */
export const eventParts = ['ahead', 'held', 'off'] as const;
export type EventPart = (typeof eventParts)[number];

export interface ListViewer {
  id: number;
  isOrganiser: boolean;
}

/** Readers of the events of one season. */
export interface SeasonReader extends ListViewer {
  programmeId: number;
}

/** This moment as the clocks of each zone that events have show it, 'YYYY-MM-DDTHH:MM'. */
export type Clocks = ReadonlyMap<string, string>;

/** The zones that events have, a few. */
export async function zones(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ timeZone: events.timeZone }).from(events);
  return rows.map(({ timeZone }) => timeZone);
}

/** Whether it is over on the clocks of its zone. Run of shows shorter than two days are added up only where it may matter. */
function isOver(clocks: Clocks): SQL {
  const shown = [...clocks].map(([zone, clock]) => sql`WHEN ${zone} THEN ${clock}::text`);
  if (shown.length === 0) return sql`false`;
  const clock = sql`(CASE ${events.timeZone} ${sql.join(shown, sql` `)} END)::timestamp`;
  const start = sql`${events.startsAt}::timestamp`;
  return sql`(${start} <= ${clock} - interval '2 days' OR (${start} <= ${clock} AND ${wallEnd} <= ${clock}))`;
}

function inPart(part: EventPart, clocks: Clocks): SQL {
  if (part === 'off') return eq(events.state, 'cancelled');
  const over = isOver(clocks);
  const [first = '', last = ''] = [[...clocks.values()].sort()[0], [...clocks.values()].sort().at(-1)];
  // The bounds let an index find the place to begin; what lies between them is judged by the clock of its zone.
  return part === 'held'
    ? sql`${events.state} = 'published' AND ${events.startsAt} <= ${last} AND ${over}`
    : sql`${events.state} <> 'cancelled' AND ${events.startsAt} >= ${twoDaysBefore(first)} AND NOT ${over}`;
}

/** The day that lies two days before, which begins before any event of at most two days that goes on. */
function twoDaysBefore(clock: string): string {
  return clock === '' ? '' : Temporal.PlainDate.from(clock.slice(0, 10)).subtract({ days: 2 }).toString();
}

/** Organisers see every event, others those they were invited to, drafts apart. */
const openTo = ({ isOrganiser }: ListViewer) =>
  isOrganiser ? undefined : and(sql`${rsvps.id} IS NOT NULL`, ne(events.state, 'draft'));

const inSeason = (reader: SeasonReader) => and(openTo(reader), eq(events.programmeId, reader.programmeId));

const ownRow = ({ id }: ListViewer) =>
  and(eq(rsvps.eventId, events.id), eq(rsvps.personId, id), ne(rsvps.state, 'uninvited'));

/** How many events of the season there are in each part. */
export async function countParts(
  db: Db,
  reader: SeasonReader,
  clocks: Clocks,
): Promise<Record<EventPart, number>> {
  const count = (part: EventPart) => sql<number>`count(*) FILTER (WHERE ${inPart(part, clocks)})::int`;
  const [row] = await db
    .select({ ahead: count('ahead'), held: count('held'), off: count('off') })
    .from(events)
    .leftJoin(rsvps, ownRow(reader))
    .where(inSeason(reader));
  return row!;
}

const guests = (condition: SQL) =>
  sql<number>`(SELECT count(*) FROM ${rsvps} AS r WHERE r.event_id = ${events.id} AND ${condition})::int`;

const listed = {
  id: events.id,
  slug: events.slug,
  name: events.name,
  format: events.format,
  formatFacts: events.formatFacts,
  state: events.state,
  startsAt: events.startsAt,
  timeZone: events.timeZone,
  place: events.place,
  joinUrl: events.joinUrl,
  minutes,
  onList: guests(sql`r.state <> 'uninvited'`),
  coming: guests(sql`r.state = 'coming' AND r.seat_kept_until IS NULL`),
  /** Names of everyone who hosts a table, by table. */
  hosts: sql<{ name: string }[]>`(
    SELECT coalesce(json_agg(json_build_object('name', h.name) ORDER BY t.number, h.name COLLATE "und-x-icu"), '[]')
    FROM topics t, LATERAL ${hostsOfTable('t')} h WHERE t.event_id = ${events.id})`.mapWith(
    (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value),
  ),
  mine: rsvps.state,
};

export type ListedEvent = Awaited<ReturnType<typeof listPart>>[number];

/** Events of one part of the season, from `offset` on. */
export async function listPart(
  db: Db,
  reader: SeasonReader,
  clocks: Clocks,
  { part, offset, limit }: { part: EventPart; offset: number; limit: number },
) {
  const order =
    part === 'ahead' ? [asc(events.startsAt), asc(events.id)] : [desc(events.startsAt), desc(events.id)];
  return db
    .select(listed)
    .from(events)
    .leftJoin(rsvps, ownRow(reader))
    .where(and(inSeason(reader), inPart(part, clocks)))
    .orderBy(...order)
    .offset(offset)
    .limit(limit);
}

/** The next published event ahead. */
export async function nextEvent(db: Db, viewer: ListViewer, clocks: Clocks) {
  const [row] = await db
    .select(listed)
    .from(events)
    .leftJoin(rsvps, ownRow(viewer))
    .where(and(openTo(viewer), inPart('ahead', clocks), eq(events.state, 'published')))
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(1);
  return row ?? null;
}

/** The next published event ahead that this person runs as its facilitator. */
export async function nextLedBy(db: Db, personId: number, clocks: Clocks): Promise<{ id: number } | null> {
  const [row] = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.facilitatorId, personId), inPart('ahead', clocks), eq(events.state, 'published')))
    .orderBy(asc(events.startsAt), asc(events.id))
    .limit(1);
  return row ?? null;
}
