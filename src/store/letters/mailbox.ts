import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { events, letters } from '../schema/index.ts';
import { isSeen, type Letter } from './letters.ts';

/** Stands for a letter in addresses: random, since numbers that count up would tell what was written when. */
export const refOf = ({ messageId }: { messageId: string }): string => messageId.slice(1, 33);

const hasRef = (ref: string) => and(isSeen, eq(sql`substr(${letters.messageId}, 2, 32)`, ref));

export async function findByRef(db: Db, ref: string): Promise<Letter | null> {
  const [row] = await db.select().from(letters).where(hasRef(ref)).limit(1);
  return row ?? null;
}

/**
 * Matches letters shown by their day alone: about an event at which guests can ask without a name, and sign-in letters
 * while there is such an event.
 */
const isByDay = sql<boolean>`coalesce(${events.namelessAsking},
  EXISTS (SELECT FROM events AS e WHERE e.nameless_asking AND e.state <> 'draft'))`;

/** The moment at which the day of the letter at this place began in `timeZone`, and that at which it ended; newest first. */
async function dayOf(db: Db, timeZone: string, which: SQL | undefined, place: number) {
  const [row] = await db
    .select({ at: letters.createdAt })
    .from(letters)
    .where(which)
    .orderBy(desc(letters.createdAt))
    .offset(place)
    .limit(1);
  const begins = row?.at.toZonedDateTimeISO(timeZone).startOfDay();
  return begins && { begins: begins.toInstant(), ends: begins.add({ days: 1 }).toInstant() };
}

/** E-mails that the mailbox shows: all, those that left or are kept here, wait, or did not arrive. */
export type MailboxFilter = '' | 'sent' | 'waiting' | 'dead';

const statesShown = {
  sent: ['sent', 'kept'],
  waiting: ['waiting', 'joined'],
  dead: ['dead'],
} as const;

const shownBy = (show: MailboxFilter) =>
  show === '' ? isSeen : and(isSeen, inArray(letters.state, [...statesShown[show]]));

/** Counts the e-mails of each filter. */
export async function countShown(db: Db): Promise<Record<'all' | Exclude<MailboxFilter, ''>, number>> {
  const rows = await db
    .select({ state: letters.state, n: sql<number>`count(*)::int` })
    .from(letters)
    .where(isSeen)
    .groupBy(letters.state);
  const of = (states: readonly string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  return {
    all: of(rows.map(({ state }) => state)),
    sent: of(statesShown.sent),
    waiting: of(statesShown.waiting),
    dead: of(statesShown.dead),
  };
}

/**
 * The mailbox: the newest day first, on the calendar of `timeZone`, and within it no order that tells a guest's minute.
 * Days follow each other as moments do, so only the days that the page shows are put in order.
 */
export async function mailboxPage(
  db: Db,
  timeZone: string,
  { offset, limit, total }: { offset: number; limit: number; total: number },
  show: MailboxFilter = '',
) {
  if (total === 0) return [];
  const which = shownBy(show);
  const first = await dayOf(db, timeZone, which, offset);
  const last = await dayOf(db, timeZone, which, Math.min(total, offset + limit) - 1);
  if (!first || !last) return [];
  const newer = await db.$count(letters, and(which, gte(letters.createdAt, first.ends)));
  const page = db
    .select({ id: letters.id })
    .from(letters)
    .leftJoin(events, eq(events.id, letters.eventId))
    .where(and(which, gte(letters.createdAt, last.begins), lt(letters.createdAt, first.ends)))
    .orderBy(
      sql`(${letters.createdAt} AT TIME ZONE ${timeZone})::date DESC`,
      isByDay,
      sql`CASE WHEN NOT ${isByDay} THEN ${letters.id} END DESC`,
      sql`${letters.recipientName} COLLATE "und-x-icu"`,
      letters.messageId,
    )
    .limit(limit)
    .offset(offset - newer);
  const ids = (await page).map(({ id }) => id);
  const found = await withByDay(db, inArray(letters.id, ids));
  const byId = new Map(found.map((one) => [one.letter.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** A letter with whether its day alone is shown. */
export async function findShown(db: Db, ref: string) {
  const [row] = await withByDay(db, hasRef(ref)).limit(1);
  return row ?? null;
}

const withByDay = (db: Db, which: SQL | undefined) =>
  db
    .select({ letter: letters, byDay: isByDay })
    .from(letters)
    .leftJoin(events, eq(events.id, letters.eventId))
    .where(which);
