import {
  and,
  asc,
  eq,
  exists,
  gt,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  ne,
  notLike,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { events, letters } from '../schema/index.ts';
import { isUnleased } from './lease.ts';

/** The address letters come from and the site their links lead to. */
export interface Addresses {
  from: string;
  site: string;
}

/** Kinds that go out at once from whatever address there is: somebody waits at the door, and they live for minutes. */
const alwaysCurrent = ['sign-in', 'decoy'];

/** Letters written with these addresses, or before a letter kept its own. */
export const isWrittenWith = ({ from, site }: Addresses): SQL =>
  sql`(${inArray(letters.kind, alwaysCurrent)}
    OR (coalesce(${letters.fromEmail}, ${from}) = ${from} AND coalesce(${letters.siteUrl}, ${site}) = ${site}))`;

/** Columns of a claimed letter's row from then on: its addresses, and no bytes that were rendered with others. */
export const currentAddressColumns = ({ from, site }: Addresses) => ({
  fromEmail: from,
  siteUrl: site,
  bytes: sql`CASE WHEN coalesce(${letters.fromEmail}, ${from}) = ${from} AND coalesce(${letters.siteUrl}, ${site}) = ${site}
    THEN ${letters.bytes} END`,
});

/** Looks the two indexes of waiting letters up on both sides of the address: no letter of ours is read. */
const isWrittenWithout = ({ from, site }: Addresses) =>
  and(
    eq(letters.state, 'waiting'),
    sql`NOT ${inArray(letters.kind, alwaysCurrent)}`,
    or(
      lt(letters.fromEmail, from),
      gt(letters.fromEmail, from),
      lt(letters.siteUrl, site),
      gt(letters.siteUrl, site),
    ),
  );

/** Matches an event's letters that wait since the addresses changed, or were given up because of it. */
export const isHeldBack = (addresses: Addresses) =>
  sql<boolean>`coalesce(${or(isWrittenWithout(addresses), diedOfIt())}, false)`;

const diedOfIt = () =>
  and(
    eq(letters.state, 'dead'),
    isNull(letters.settledAt),
    like(letters.reply, 'ORGANIZER is % but the letter comes from %'),
  );

/** Waiting letters written with other addresses, counted by them; those an earlier Flipside gave up because of it come without a site. */
export async function countOfOthers(
  db: Db,
  addresses: Addresses,
): Promise<{ from: string | null; site: string | null; n: number }[]> {
  return db
    .select({ from: letters.fromEmail, site: letters.siteUrl, n: sql<number>`count(*)::int` })
    .from(letters)
    .where(or(isWrittenWithout(addresses), diedOfIt()))
    .groupBy(letters.fromEmail, letters.siteUrl)
    .orderBy(asc(letters.fromEmail), asc(letters.siteUrl));
}

/** The events that these letters are about, and null where some are about none. */
export async function eventsOfOthers(db: Db, addresses: Addresses): Promise<(number | null)[]> {
  const rows = await db
    .selectDistinct({ eventId: letters.eventId })
    .from(letters)
    .where(isWrittenWithout(addresses));
  return rows.map(({ eventId }) => eventId);
}

/** Locks the letters about one event that nobody has in hand, the first one first. */
export async function lockOthers(tx: Tx, addresses: Addresses, eventId: number | null) {
  const isAbout = eventId === null ? isNull(letters.eventId) : eq(letters.eventId, eventId);
  return tx
    .select()
    .from(letters)
    .where(and(isWrittenWithout(addresses), isAbout, isUnleased))
    .orderBy(asc(letters.id))
    .for('update');
}

export async function readdress(
  tx: Tx,
  id: number,
  { from, site }: Addresses,
  facts: Record<string, unknown>,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .update(letters)
    .set({ fromEmail: from, siteUrl: site, facts, bytes: null, readdressedAt: at, leaseUntil: null })
    .where(eq(letters.id, id));
}

export async function cancel(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length > 0)
    await tx.update(letters).set({ state: 'cancelled', leaseUntil: null }).where(inArray(letters.id, ids));
}

/** Letters an earlier Flipside gave up because its own address had changed, the first one first. */
export async function givenUpForAddress(
  db: Db,
): Promise<{ id: number; eventId: number; personId: number }[]> {
  const rows = await db
    .select({ id: letters.id, eventId: letters.eventId, personId: letters.personId })
    .from(letters)
    .where(diedOfIt())
    .orderBy(asc(letters.id));
  return rows.flatMap(({ id, eventId, personId }) =>
    eventId === null || personId === null ? [] : [{ id, eventId, personId }],
  );
}

/** A mail server was handed a calendar entry. */
const handedEntry = () =>
  and(
    isNotNull(letters.calendarSequence),
    gt(letters.tries, 0),
    ne(letters.state, 'kept'),
    notLike(letters.reply, 'ORGANIZER is % but the letter comes from %'),
  );

/** Whether a guest's calendar may hold the event. */
export async function isInCalendars(db: Db, eventId: number): Promise<boolean> {
  const [row] = await db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.eventId, eventId), handedEntry()))
    .limit(1);
  return row !== undefined;
}

/** Events ahead whose entries are in calendars with another ORGANIZER than letters come from now: its addresses, and the last start. */
export async function otherOrganisers(
  db: Db,
  from: string,
  since: string,
): Promise<{ address: string; until: string }[]> {
  const rows = await db
    .select({ address: events.calendarAddress, until: sql<string>`max(${events.startsAt})` })
    .from(events)
    .where(
      and(
        eq(events.state, 'published'),
        ne(events.calendarAddress, from),
        gt(events.startsAt, since),
        exists(
          db
            .select({ id: letters.id })
            .from(letters)
            .where(and(eq(letters.eventId, events.id), handedEntry())),
        ),
      ),
    )
    .groupBy(events.calendarAddress)
    .orderBy(asc(events.calendarAddress));
  return rows.map(({ address, until }) => ({ address: address!, until }));
}
