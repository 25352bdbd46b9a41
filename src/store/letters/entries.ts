import { and, asc, eq, gt, inArray, isNotNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { entryAfter, type OwnEntry } from '../../domain/calendar/own-entry.ts';
import { carriesCancel } from '../../domain/letters/kinds.ts';
import { letters } from '../schema/index.ts';

// Calendar entries as letters brought them to guests. A letter that was taken back counts where a mail server had seen it.

const brought = (eventId: number) =>
  and(
    eq(letters.eventId, eventId),
    isNotNull(letters.calendarSequence),
    or(ne(letters.state, 'cancelled'), gt(letters.tries, 0)),
  );

const columns = {
  personId: letters.personId,
  kind: letters.kind,
  sequence: sql<number>`${letters.calendarSequence}`,
  mayHaveLeft: sql<boolean>`${letters.state} = 'cancelled'`,
};

const sentBy = ({
  kind,
  sequence,
  mayHaveLeft,
}: {
  kind: string;
  sequence: number;
  mayHaveLeft: boolean;
}) => ({
  method: carriesCancel(kind) ? ('CANCEL' as const) : ('REQUEST' as const),
  sequence,
  mayHaveLeft,
});

/** The event in this guest's calendar; null where no entry was ever sent. */
export async function entryOf(db: Db, eventId: number, personId: number): Promise<OwnEntry | null> {
  const rows = await db
    .select(columns)
    .from(letters)
    .where(and(brought(eventId), eq(letters.personId, personId)))
    .orderBy(asc(letters.id));
  return entryAfter(rows.map(sentBy));
}

/** Addresses that calendar entries of this event went to, with the person each was for. */
export async function addressesSentTo(
  db: Db,
  eventId: number,
): Promise<{ personId: number; email: string }[]> {
  const rows = await db
    .selectDistinct({ personId: letters.personId, email: letters.recipientEmail })
    .from(letters)
    .where(brought(eventId));
  return rows.flatMap(({ personId, email }) => (personId === null ? [] : [{ personId, email }]));
}

/** Whether a calendar entry of this event reached this person at that address. */
export async function hasArrivedAt(
  db: Db,
  eventId: number,
  personId: number,
  email: string,
): Promise<boolean> {
  const [row] = await db
    .select({ id: letters.id })
    .from(letters)
    .where(
      and(
        brought(eventId),
        eq(letters.personId, personId),
        sql`lower(${letters.recipientEmail}) = lower(${email})`,
        inArray(letters.state, ['sent', 'kept']),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Everyone whose calendar may show the event. */
export async function holders(db: Db, eventId: number): Promise<Set<number>> {
  const rows = await db.select(columns).from(letters).where(brought(eventId)).orderBy(asc(letters.id));
  const byPerson = Map.groupBy(rows, ({ personId }) => personId);
  return new Set(
    [...byPerson].flatMap(([personId, sent]) =>
      personId !== null && entryAfter(sent.map(sentBy))?.mayBeThere ? [personId] : [],
    ),
  );
}

/** The highest SEQUENCE anyone was ever sent about this event; 0 where nobody was. */
export async function highestSequence(db: Db, eventId: number): Promise<number> {
  const [row] = await db
    .select({ highest: sql<number>`coalesce(max(${letters.calendarSequence}), 0)` })
    .from(letters)
    .where(brought(eventId));
  return row!.highest;
}
