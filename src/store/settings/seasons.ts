import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { type Event, timed } from '../events/events.ts';
import type { Programme } from '../events/programmes.ts';
import { events, invitationStops, programmes, rsvps, teams, trends } from '../schema/index.ts';

/** Lists all seasons, the newest first: that is the one that is on. */
export async function all(db: Db): Promise<Programme[]> {
  return db.select().from(programmes).orderBy(desc(programmes.id));
}

/** A thing that belongs to a season, as an address names it. */
export type OfSeason =
  | { kind: 'event' | 'trend' | 'team'; id: number }
  | { kind: 'slug'; slug: string }
  | { kind: 'link'; tokenHash: string };

const idsOf: Record<OfSeason['kind'], (thing: never, viewer: Viewer | null) => SQL> = {
  trend: ({ id }: { id: number }) =>
    sql`SELECT ${trends.programmeId} FROM ${trends} WHERE ${trends.id} = ${id}`,
  team: ({ id }: { id: number }) => sql`SELECT ${teams.programmeId} FROM ${teams} WHERE ${teams.id} = ${id}`,
  event: ({ id }: { id: number }, viewer) => eventsOf(sql`${events.id} = ${id}`, viewer),
  slug: ({ slug }: { slug: string }, viewer) => eventsOf(sql`${events.slug} = ${slug}`, viewer),
  link: ({ tokenHash }: { tokenHash: string }) => sql`
    SELECT ${events.programmeId} FROM ${events} JOIN ${rsvps} ON ${rsvps.eventId} = ${events.id}
    WHERE ${rsvps.tokenHash} = ${tokenHash} AND ${rsvps.state} <> 'uninvited'`,
};

interface Viewer {
  id: number;
  isOrganiser: boolean;
}

/** An event is there for organisers, for its facilitator and for people on its list; nobody else learns of its season. */
function eventsOf(condition: SQL, viewer: Viewer | null): SQL {
  const isTheirs = viewer?.isOrganiser
    ? sql`true`
    : sql`(${events.facilitatorId} = ${viewer?.id ?? 0} OR EXISTS (
        SELECT FROM ${rsvps} WHERE ${rsvps.eventId} = ${events.id} AND ${rsvps.personId} = ${viewer?.id ?? 0}
          AND ${rsvps.state} <> 'uninvited'))`;
  return sql`SELECT ${events.programmeId} FROM ${events} WHERE ${condition} AND ${isTheirs}`;
}

export type EndedSeason = Pick<Programme, 'id' | 'name' | 'endsOn' | 'endedAt' | 'timeZone'>;

/** The ended season that this belongs to; null where its season is on, or where the viewer may not know of it. */
export async function endedOf(db: Db, thing: OfSeason, viewer: Viewer | null): Promise<EndedSeason | null> {
  const ids = idsOf[thing.kind](thing as never, viewer);
  const { id, name, endsOn, endedAt, timeZone } = programmes;
  const [row] = await db
    .select({ id, name, endsOn, endedAt, timeZone })
    .from(programmes)
    .where(and(isNotNull(programmes.endedAt), sql`${programmes.id} IN (${ids})`));
  return row ?? null;
}

/** Lists the season's published events that begin after a wall time, wherever their zone. */
export async function publishedAfter(db: Db, programmeId: number, startsAt: string): Promise<Event[]> {
  return db
    .select(timed)
    .from(events)
    .where(
      and(
        eq(events.programmeId, programmeId),
        eq(events.state, 'published'),
        sql`${events.startsAt} >= ${startsAt}`,
      ),
    )
    .orderBy(asc(events.startsAt), asc(events.id));
}

/** How many drafts a season has. */
export async function countDrafts(db: Db, programmeId: number): Promise<number> {
  return db.$count(events, and(eq(events.programmeId, programmeId), eq(events.state, 'draft')));
}

/** Ends a season; from then on it is read only. */
export async function end(tx: Tx, id: number, endedAt: Temporal.Instant): Promise<void> {
  await tx.update(programmes).set({ endedAt }).where(eq(programmes.id, id));
}

/** People who wanted no more invitations in one season want none in the next either, until they say so. */
export async function keepInvitationStops(tx: Tx, from: number, to: number): Promise<void> {
  await tx.execute(sql`
    INSERT INTO ${invitationStops} (programme_id, person_id, way, since)
    SELECT ${to}::int, person_id, way, since FROM ${invitationStops} WHERE programme_id = ${from}`);
}
