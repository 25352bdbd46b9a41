import { and, eq, gt, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { minutes } from '../events/times.ts';
import { events, namelessQuestions, questions, slipKeys, slipsSpent, topics } from '../schema/index.ts';
import { idOf } from './nameless.ts';
import type { SlipKey } from './slips.ts';

/** Facts of an event that asking without a name needs, so that an ask need not touch the database. */
export interface EventFacts {
  event: typeof events.$inferSelect;
  minutes: number;
  topics: Pick<typeof topics.$inferSelect, 'id' | 'shownAt'>[];
  keys: SlipKey[];
  invited: number;
}

export interface NamelessFacts {
  events: EventFacts[];
  /** SHA-256 of every spent slip of these events, as base64url. */
  spent: string[];
  /** The edit hashes of their published questions, as base64url. */
  edits: string[];
  /** The keys of all questions of each event. */
  questions: Map<number, Set<string>>;
}

const withKeys = (db: Db, since: string) =>
  and(
    ne(events.state, 'draft'),
    or(
      inArray(events.id, askable(db, isNotNull(slipKeys.privateKey))),
      and(gt(events.startsAt, since), inArray(events.id, askable(db))),
    ),
  );

const askable = (db: Db, also?: SQL) =>
  db
    .select({ id: slipKeys.eventId })
    .from(slipKeys)
    .where(and(eq(slipKeys.purpose, 'ask'), also));

/** Reads the facts of events with slips that begin after `since`, as the wall clock there shows it, or are not closed yet. */
export async function read(db: Db, since: string): Promise<NamelessFacts> {
  const found = await eventsWhere(db, withKeys(db, since));
  const ids = found.map(({ event }) => event.id);
  if (ids.length === 0) return { events: [], spent: [], edits: [], questions: new Map() };
  const spent = await db
    .select({ hash: slipsSpent.hash })
    .from(slipsSpent)
    .where(inArray(slipsSpent.eventId, ids));
  const published = await db
    .select({
      eventId: namelessQuestions.eventId,
      id: namelessQuestions.id,
      hash: namelessQuestions.editHash,
    })
    .from(namelessQuestions)
    .where(inArray(namelessQuestions.eventId, ids));
  const named = await db
    .select({ eventId: questions.eventId, id: questions.id })
    .from(questions)
    .where(inArray(questions.eventId, ids));
  return {
    events: found,
    spent: spent.map(({ hash }) => hash.toString('base64url')),
    edits: published.map(({ hash }) => hash.toString('base64url')),
    questions: keysByEvent(ids, [
      ...named.map(({ eventId, id }) => ({ eventId, key: String(id) })),
      ...published.map(({ eventId, id }) => ({ eventId, key: idOf(id) })),
    ]),
  };
}

function keysByEvent(
  ids: readonly number[],
  all: readonly { eventId: number; key: string }[],
): Map<number, Set<string>> {
  const byEvent = new Map(ids.map((id) => [id, new Set<string>()]));
  for (const { eventId, key } of all) byEvent.get(eventId)?.add(key);
  return byEvent;
}

/** Reads the facts of one event; null where it is gone, a draft, or has no slips. */
export async function readEvent(db: Db, id: number): Promise<EventFacts | null> {
  const isOpen = and(eq(events.id, id), ne(events.state, 'draft'), inArray(events.id, askable(db)));
  const [found] = await eventsWhere(db, isOpen);
  return found ?? null;
}

async function eventsWhere(db: Db, where: SQL | undefined): Promise<EventFacts[]> {
  const found = await db
    .select({
      event: events,
      minutes,
      invited: sql<number>`(SELECT count(*)::int FROM rsvps r WHERE r.event_id = events.id AND r.state <> 'uninvited')`,
    })
    .from(events)
    .where(where);
  const ids = found.map(({ event }) => event.id);
  if (ids.length === 0) return [];
  const tables = await db
    .select({ id: topics.id, eventId: topics.eventId, shownAt: topics.shownAt })
    .from(topics)
    .where(inArray(topics.eventId, ids));
  const keys = await db.select().from(slipKeys).where(inArray(slipKeys.eventId, ids));
  const tablesOf = Map.groupBy(tables, ({ eventId }) => eventId);
  const keysOf = Map.groupBy(keys, ({ eventId }) => eventId);
  return found.map((one) => ({
    ...one,
    topics: tablesOf.get(one.event.id) ?? [],
    keys: keysOf.get(one.event.id) ?? [],
  }));
}
