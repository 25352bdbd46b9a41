import { and, eq, ne, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { RsvpState } from '../../domain/events/changes.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import type { LiveState } from '../../domain/live/state.ts';
import type { Block, BlockDetails } from '../../domain/run-of-show/run-of-show.ts';
import type { GroundRule, Material, SupportContact } from '../../domain/settings/programme.ts';
import type { Hop } from '../../domain/tables/day-options.ts';
import { prepared } from '../prepared.ts';
import { eventRevisions, events, people, rsvps, ruleAcceptances } from '../schema/index.ts';
import { timed } from './events.ts';
import { hostsOfTable } from './hosts.ts';
import { cachedByRevision, type Revised } from './revisions.ts';

export interface PageTopic {
  id: number;
  number: number;
  trendId: number;
  sentence: string;
  detail: string;
  team: string;
  /** Since when guests can choose it, as an ISO instant; null where it was there before this was kept. */
  shownAt: string | null;
  /** Members of the team, and once the event was held those who presented, by name. */
  hosts: { id: number; name: string }[];
  questions: number;
}

export interface PagePerson {
  id: number;
  name: string;
  side: Side;
  jobTitle: string;
  department: string;
  state: RsvpState;
  /** A substitute who has not answered: their seat is kept. */
  kept: boolean;
}

/** New seats as the projector shows them; `at` is when they were accepted, 'YYYY-MM-DDTHH:MM:SSZ'. */
export interface NewSeats {
  at: string;
  hops: Hop[];
}

/** Reads what the database puts together as JSON, by either driver. */
export function json<T>(query: SQL): SQL<T> {
  return query.mapWith((value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value)) as SQL<T>;
}

/** A block as guests may see it: notes and material are for those who run the event. */
export type PageBlock = Pick<Block, 'kind' | 'title' | 'minutes'> &
  Pick<BlockDetails, 'fixedAt' | 'ledBy' | 'ledById' | 'shrinksTo' | 'mayDrop' | 'question' | 'screen'>;

const blocksOf = json<PageBlock[]>(sql`(
  SELECT coalesce(json_agg(json_build_object('kind', b.kind, 'title', b.title, 'minutes', b.minutes,
    'fixedAt', b.fixed_at, 'ledBy', b.led_by, 'ledById', b.led_by_id, 'shrinksTo', b.shrinks_to, 'mayDrop', b.may_drop,
    'question', b.question, 'screen', b.screen) ORDER BY b.position), '[]')
  FROM blocks b WHERE b.event_id = events.id)`);

const topicsOf = json<PageTopic[]>(sql`(
  SELECT coalesce(json_agg(json_build_object(
    'id', t.id, 'number', t.number, 'trendId', t.trend_id, 'sentence', tr.sentence, 'detail', left(tr.detail, 1000),
    'team', coalesce(te.name, ''), 'shownAt', t.shown_at,
    'hosts', (SELECT coalesce(json_agg(json_build_object('id', h.person_id, 'name', h.name) ORDER BY h.name COLLATE "und-x-icu"), '[]')
              FROM ${hostsOfTable('t')} h),
    'questions', (SELECT count(*) FROM questions q WHERE q.topic_id = t.id AND q.state NOT IN ('new', 'refused', 'withdrawn', 'merged'))
      + (SELECT count(*) FROM nameless_questions q WHERE q.topic_id = t.id AND q.state NOT IN ('new', 'refused', 'withdrawn', 'merged'))
  ) ORDER BY t.number), '[]')
  FROM topics t JOIN trends tr ON tr.id = t.trend_id LEFT JOIN teams te ON te.id = t.team_id
  WHERE t.event_id = events.id)`);

const inviteesOf = json<PagePerson[]>(sql`(
  SELECT coalesce(json_agg(json_build_object(
    'id', p.id, 'name', p.name, 'side', p.side, 'jobTitle', p.job_title, 'department', p.department, 'state', r.state,
    'kept', r.seat_kept_until IS NOT NULL
  ) ORDER BY p.name COLLATE "und-x-icu", p.id), '[]')
  FROM rsvps r JOIN people p ON p.id = r.person_id
  WHERE r.event_id = events.id AND r.state <> 'uninvited')`);

/** The programme as the pages of its events show it. */
export interface PageProgramme {
  name: string;
  purpose: string;
  sponsorName: string;
  sponsorTitle: string;
  sponsorWords: string;
  /** Null while they are the usual ones. */
  groundRules: GroundRule[] | null;
  /** Everyone is asked to accept the ground rules. */
  asksToAccept: boolean;
  contacts: SupportContact[];
  materials: Material[];
  /** Null while the season is on; else as 'YYYY-MM-DDTHH:MM:SSZ'. */
  endedAt: string | null;
  endsOn: string | null;
  timeZone: string;
}

const programmeOf = json<PageProgramme>(sql`(
  SELECT json_build_object('name', p.name, 'purpose', p.purpose, 'sponsorName', p.sponsor_name,
    'sponsorTitle', p.sponsor_title, 'sponsorWords', p.sponsor_words, 'groundRules', p.ground_rules, 'asksToAccept', p.asks_to_accept,
    'contacts', p.contacts, 'materials', p.materials, 'endsOn', p.ends_on, 'timeZone', p.time_zone,
    'endedAt', to_char(p.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  FROM programmes p WHERE p.id = events.programme_id)`);

const shared = {
  event: timed,
  programme: programmeOf,
  organisation: sql<string>`(SELECT organisation FROM programmes WHERE id = events.programme_id)`,
  organiser: sql<string>`(SELECT name FROM people WHERE id = events.organiser_id)`,
  blocks: blocksOf,
  topics: topicsOf,
  invitees: inviteesOf,
  questions: sql<number>`((SELECT count(*) FROM questions q WHERE q.event_id = events.id AND q.state NOT IN ('new', 'refused', 'withdrawn', 'merged'))
    + (SELECT count(*) FROM nameless_questions q WHERE q.event_id = events.id AND q.state NOT IN ('new', 'refused', 'withdrawn', 'merged')))::int`,
  /** True once its tables are published. */
  hasTables: sql<boolean>`EXISTS (SELECT FROM table_plans tp WHERE tp.event_id = events.id AND tp.state = 'published')`,
  /** Differs once other seats are published; null until then. */
  seatsAt: sql<
    string | null
  >`(SELECT tp.revision || '' FROM table_plans tp WHERE tp.event_id = events.id AND tp.state = 'published')`,
  /** The last new seats that were accepted on the day. */
  newSeats: json<NewSeats | null>(sql`(
    SELECT json_build_object('at', to_char(sp.accepted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'hops', sp.undo -> 'hops')
    FROM seat_proposals sp WHERE sp.event_id = events.id AND sp.accepted_at IS NOT NULL AND sp.undone_at IS NULL
    ORDER BY sp.accepted_at DESC, sp.id DESC LIMIT 1)`),
  /** The evening as it runs; null until somebody pressed anything. */
  live: json<LiveState | null>(sql`(SELECT lr.state FROM live_runs lr WHERE lr.event_id = events.id)`),
  /** How many questions without a name were published. */
  nameless: sql<number>`(SELECT count(*)::int FROM nameless_questions q WHERE q.event_id = events.id)`,
  /** The keys the slips are signed with, in the order in which they are fingerprinted. */
  slipKeys: json<string[]>(sql`(
    SELECT coalesce(json_agg(encode(k.public_key, 'hex') ORDER BY k.purpose COLLATE "C"), '[]')
    FROM slip_keys k WHERE k.event_id = events.id)`),
  /** The private keys are destroyed: when asking has closed, or when the secret they were encrypted with was lost. */
  slipKeysGone: sql<boolean>`EXISTS (SELECT FROM slip_keys k WHERE k.event_id = events.id AND k.purpose = 'ask' AND k.private_key IS NULL)`,
};

const byId = prepared((db) =>
  db
    .select(shared)
    .from(events)
    .where(eq(events.id, sql.placeholder('id')))
    .prepare('event_page'),
);

/** Data of an event's page that everyone sees alike. */
export type SharedPage = Awaited<ReturnType<ReturnType<typeof byId>['execute']>>[number];

/** The columns of one person's own part, from `events` joined as `OwnPart` needs it. */
export const ownColumns = {
  id: eventRevisions.eventId,
  revision: eventRevisions.revision,
  mine: { id: rsvps.id, personId: rsvps.personId, state: rsvps.state, waitingNumber: rsvps.waitingNumber },
};

/** The row of `rsvps` that is one person's own, unless they were uninvited. */
export function ownRow(personId: SQLWrapper) {
  return and(eq(rsvps.eventId, events.id), eq(rsvps.personId, personId), ne(rsvps.state, 'uninvited'));
}

const bySlug = prepared((db) =>
  db
    .select(ownColumns)
    .from(events)
    .innerJoin(eventRevisions, eq(eventRevisions.eventId, events.id))
    .leftJoin(rsvps, ownRow(sql`${sql.placeholder('viewerId')}`))
    .where(eq(events.slug, sql.placeholder('slug')))
    .prepare('event_of_viewer'),
);

const byToken = prepared((db) =>
  db
    .select({
      ...ownColumns,
      me: {
        id: people.id,
        name: people.name,
        greeting: people.greeting,
        email: people.email,
        side: people.side,
        disabledAt: people.disabledAt,
        timeZone: people.timeZone,
      },
    })
    .from(rsvps)
    .innerJoin(eventRevisions, eq(eventRevisions.eventId, rsvps.eventId))
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(eq(rsvps.tokenHash, sql.placeholder('tokenHash')), ne(rsvps.state, 'uninvited')))
    .prepare('event_of_link'),
);

/** Data from one person's own row. */
export type OwnPart = Revised & {
  mine: { id: number; personId: number; state: RsvpState; waitingNumber: number | null } | null;
};

/** All that an event's page shows to one person; `shared` is the same object as long as the revision stands. */
export type EventPage = SharedPage &
  OwnPart & {
    shared: SharedPage;
    /** The ground rules of its season that this guest is asked to accept and has not. */
    openRules: { own: GroundRule[] | null } | null;
  };

const load = cachedByRevision(200, async (db: Db, id: number) => (await byId(db).execute({ id }))[0] ?? null);

export async function findBySlug(db: Db, slug: string, viewerId: number): Promise<EventPage | null> {
  const [row] = await bySlug(db).execute({ slug, viewerId });
  return row ? withShared(db, row) : null;
}

/** The page around one person's own part of it. */
export async function withShared<Row extends OwnPart>(db: Db, row: Row): Promise<(EventPage & Row) | null> {
  const shared = await load(db, row);
  return (
    shared && { ...shared, ...row, shared, openRules: await openRulesOf(db, shared, row.mine?.personId) }
  );
}

async function openRulesOf(db: Db, { event, programme }: SharedPage, guestId?: number) {
  if (guestId === undefined || !programme.asksToAccept || event.programmeId === null) return null;
  const accepted = await acceptancesOf(db).execute({ programmeId: event.programmeId, guestId });
  return accepted.length === 0 ? { own: programme.groundRules } : null;
}

const acceptancesOf = prepared((db) =>
  db
    .select({ personId: ruleAcceptances.personId })
    .from(ruleAcceptances)
    .where(
      and(
        eq(ruleAcceptances.programmeId, sql.placeholder('programmeId')),
        eq(ruleAcceptances.personId, sql.placeholder('guestId')),
      ),
    )
    .prepare('rules_accepted_by_guest'),
);

export async function findByToken(db: Db, tokenHash: string) {
  const [row] = await byToken(db).execute({ tokenHash });
  return row ? withShared(db, row) : null;
}
