import { and, asc, eq, inArray, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { timed } from '../events/events.ts';
import { json, type PageBlock } from '../events/page.ts';
import { prepared } from '../prepared.ts';
import { eventRevisions, events, people, rsvps, tablePlans } from '../schema/index.ts';

const entryColumns = {
  event: timed,
  organiser: sql<string>`(SELECT name FROM people o WHERE o.id = ${events.organiserId})`,
};

/** Returns a fingerprint of the events and their revisions: another one as soon as anything of them changes. */
const stateColumns = {
  state: sql<string>`md5(coalesce(string_agg(${events.id} || ':' || ${eventRevisions.revision}, ',' ORDER BY ${events.id}), ''))`,
};

const ownColumns = {
  id: rsvps.id,
  personId: rsvps.personId,
  state: rsvps.state,
  answeredAt: rsvps.answeredAt,
  /** Set where their calendar entries have UIDs of their own. */
  ownUidOf: sql<number | null>`(SELECT p.id FROM people p WHERE p.id = ${rsvps.personId} AND p.has_own_uids)`,
  /** When its tables were published last; null while they are not. */
  tablesAt: sql<Temporal.Instant | null>`(SELECT ${tablePlans.changedAt} FROM ${tablePlans}
    WHERE ${tablePlans.eventId} = ${events.id} AND ${tablePlans.state} = 'published')`.mapWith(
    tablePlans.changedAt,
  ),
};

/** Blocks of an event as an entry tells of them. */
const blocksOf = json<PageBlock[]>(sql`(
  SELECT coalesce(json_agg(json_build_object('kind', b.kind, 'title', b.title, 'minutes', b.minutes,
    'fixedAt', b.fixed_at, 'ledBy', b.led_by, 'ledById', b.led_by_id) ORDER BY b.position), '[]')
  FROM blocks b WHERE b.event_id = events.id)`);

/** All that somebody's part is worked out from. */
const partColumns = {
  blocks: blocksOf,
  side: sql<'senior' | 'talent'>`(SELECT p.side FROM people p WHERE p.id = ${rsvps.personId})`,
};

const isOut = () => inArray(events.state, ['published', 'cancelled']);
const isFor = (personId: SQL | ReturnType<typeof sql.placeholder>) =>
  and(eq(rsvps.personId, personId), notInArray(rsvps.state, ['uninvited', 'declined']), isOut());
const isIn = (programmeId: ReturnType<typeof sql.placeholder>) =>
  and(eq(events.programmeId, programmeId), isOut());

const ofPerson = prepared((db) =>
  db
    .select({ ...entryColumns, own: ownColumns, part: partColumns })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(isFor(sql.placeholder('id')))
    .orderBy(asc(events.startsAt), asc(events.id))
    .prepare('calendar_of_person'),
);

const ofProgramme = prepared((db) =>
  db
    .select(entryColumns)
    .from(events)
    .where(isIn(sql.placeholder('id')))
    .orderBy(asc(events.startsAt), asc(events.id))
    .prepare('calendar_of_programme'),
);

const stateOfPerson = prepared((db) =>
  db
    .select(stateColumns)
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .innerJoin(eventRevisions, eq(eventRevisions.eventId, events.id))
    .where(isFor(sql.placeholder('id')))
    .prepare('calendar_state_of_person'),
);

const stateOfProgramme = prepared((db) =>
  db
    .select(stateColumns)
    .from(events)
    .innerJoin(eventRevisions, eq(eventRevisions.eventId, events.id))
    .where(isIn(sql.placeholder('id')))
    .prepare('calendar_state_of_programme'),
);

/** The events somebody is invited to or comes to, as their calendar shows them. */
export async function calendarOf(db: Db, personId: number) {
  return ofPerson(db).execute({ id: personId });
}

/** The same for those of these answers that are this person's, whatever became of them. */
export async function calendarOfAnswers(db: Db, personId: number, ids: number[]) {
  if (ids.length === 0) return [];
  return db
    .select({ ...entryColumns, own: ownColumns, part: partColumns })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(and(eq(rsvps.personId, personId), inArray(rsvps.id, ids), isOut()));
}

/** All events of a programme that guests have heard of. */
export async function calendarOfProgramme(db: Db, programmeId: number) {
  return ofProgramme(db).execute({ id: programmeId });
}

/** Another word as soon as that calendar would show something else. */
export async function entriesFingerprint(db: Db, whose: 'person' | 'programme', id: number): Promise<string> {
  const query = whose === 'person' ? stateOfPerson(db) : stateOfProgramme(db);
  const [row] = await query.execute({ id });
  return row!.state;
}

export interface FeedOwner {
  id: number;
  name: string;
  /** 'own' is this person's own calendar, 'programme' an organiser's address for all events. */
  shows: 'own' | 'programme';
}

const ownerQuery = prepared((db) =>
  db
    .select({
      id: people.id,
      name: people.name,
      isOwn: sql<boolean>`coalesce(${people.feedTokenHash} = ${sql.placeholder('hash')}, false)`,
    })
    .from(people)
    .where(
      and(
        isNull(people.disabledAt),
        or(
          eq(people.feedTokenHash, sql.placeholder('hash')),
          and(eq(people.programmeFeedTokenHash, sql.placeholder('hash')), eq(people.isOrganiser, true)),
        ),
      ),
    )
    .prepare('feed_owner'),
);

/**
 * Finds the owner of the feed with this secret; null when it was rotated, the person is disabled, or no organiser any
 * more.
 */
export async function feedOwner(db: Db, tokenHash: string): Promise<FeedOwner | null> {
  const [row] = await ownerQuery(db).execute({ hash: tokenHash });
  return row ? { id: row.id, name: row.name, shows: row.isOwn ? 'own' : 'programme' } : null;
}
