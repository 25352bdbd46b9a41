import { and, eq, ne, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { RsvpState } from '../../domain/events/changes.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import type { BlockKind } from '../../domain/run-of-show/run-of-show.ts';
import { prepared } from '../prepared.ts';
import { eventRevisions, events, people, rsvps } from '../schema/index.ts';
import { timed } from './events.ts';
import { cachedByRevision, type Revised } from './revisions.ts';

export interface PageTopic {
  id: number;
  number: number;
  trendId: number;
  sentence: string;
  detail: string;
  team: string;
  /** The team's members, by name. */
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

function json<T>(query: SQL): SQL<T> {
  return query.mapWith((value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value)) as SQL<T>;
}

const blocksOf = json<{ kind: BlockKind; title: string; minutes: number }[]>(sql`(
  SELECT coalesce(json_agg(json_build_object('kind', b.kind, 'title', b.title, 'minutes', b.minutes) ORDER BY b.position), '[]')
  FROM blocks b WHERE b.event_id = events.id)`);

const topicsOf = json<PageTopic[]>(sql`(
  SELECT coalesce(json_agg(json_build_object(
    'id', t.id, 'number', t.number, 'trendId', t.trend_id, 'sentence', tr.sentence, 'detail', left(tr.detail, 1000),
    'team', coalesce(te.name, ''),
    'hosts', (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.name COLLATE "und-x-icu"), '[]')
              FROM team_members m JOIN people p ON p.id = m.person_id WHERE m.team_id = t.team_id),
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

const shared = {
  event: timed,
  organisation: sql<string>`(SELECT organisation FROM programmes WHERE id = events.programme_id)`,
  organiser: sql<string>`(SELECT name FROM people WHERE id = events.organiser_id)`,
  blocks: blocksOf,
  topics: topicsOf,
  invitees: inviteesOf,
  questions: sql<number>`((SELECT count(*) FROM questions q WHERE q.event_id = events.id AND q.state NOT IN ('new', 'refused', 'withdrawn', 'merged'))
    + (SELECT count(*) FROM nameless_questions q WHERE q.event_id = events.id AND q.state NOT IN ('new', 'refused', 'withdrawn', 'merged')))::int`,
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
export const own = {
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
    .select(own)
    .from(events)
    .innerJoin(eventRevisions, eq(eventRevisions.eventId, events.id))
    .leftJoin(rsvps, ownRow(sql`${sql.placeholder('viewerId')}`))
    .where(eq(events.slug, sql.placeholder('slug')))
    .prepare('event_of_viewer'),
);

const byToken = prepared((db) =>
  db
    .select({
      ...own,
      me: {
        id: people.id,
        name: people.name,
        email: people.email,
        side: people.side,
        disabledAt: people.disabledAt,
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
export type EventPage = SharedPage & OwnPart & { shared: SharedPage };

const load = cachedByRevision(200, async (db: Db, id: number) => (await byId(db).execute({ id }))[0] ?? null);

export async function findBySlug(db: Db, slug: string, viewerId: number): Promise<EventPage | null> {
  const [row] = await bySlug(db).execute({ slug, viewerId });
  return row ? withShared(db, row) : null;
}

/** The page around one person's own part of it. */
export async function withShared<Row extends OwnPart>(db: Db, row: Row): Promise<(EventPage & Row) | null> {
  const shared = await load(db, row);
  return shared && { ...shared, ...row, shared };
}

export async function findByToken(db: Db, tokenHash: string) {
  const [row] = await byToken(db).execute({ tokenHash });
  return row ? withShared(db, row) : null;
}
