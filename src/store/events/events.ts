import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  ne,
  sql,
} from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { begunEverywhereBefore } from '../../domain/events/coming.ts';
import { blocks, events, topics } from '../schema/index.ts';
import { minutes } from './times.ts';

/** An event with the minutes of its run of show, from which domain/events/times.ts works out when it ends. */
export type Event = typeof events.$inferSelect & { minutes: number };
export type NewEvent = typeof events.$inferInsert;
/** A block as it is stored, and as one is added: details left out are empty. */
export type Block = Omit<typeof blocks.$inferSelect, 'id' | 'eventId' | 'position'>;
export type NewBlock = Pick<Block, 'kind' | 'title' | 'minutes'> & Partial<Block>;
export type Topic = typeof topics.$inferSelect;

/** Columns of an event with its minutes. */
export const timed = {
  ...getTableColumns(events),
  minutes,
};

export async function find(db: Db, id: number): Promise<Event | null> {
  const [row] = await db.select(timed).from(events).where(eq(events.id, id));
  return row ?? null;
}

export async function findByFormKey(db: Db, formKey: string): Promise<Event | null> {
  const [row] = await db.select(timed).from(events).where(eq(events.formKey, formKey));
  return row ?? null;
}

/** The event's row, locked until the transaction ends. Always the first lock taken. */
export async function lock(tx: Tx, id: number): Promise<Event | null> {
  const [row] = await tx.select(timed).from(events).where(eq(events.id, id)).for('update');
  return row ?? null;
}

/** Locks those of these events that nobody holds at this moment, until the transaction ends. */
export async function lockFree(tx: Tx, ids: number[]): Promise<Event[]> {
  const found = tx.select(timed).from(events).where(inArray(events.id, ids)).orderBy(asc(events.id));
  return ids.length === 0 ? [] : found.for('update', { skipLocked: true });
}

/** Adds an event; null where a form with this key made one before. */
export async function add(tx: Tx, event: NewEvent): Promise<Event | null> {
  const [row] = await tx
    .insert(events)
    .values(event)
    .onConflictDoNothing({ target: events.formKey })
    .returning(timed);
  return row ?? null;
}

export async function change(tx: Tx, id: number, values: Partial<NewEvent>): Promise<Event> {
  const [row] = await tx.update(events).set(values).where(eq(events.id, id)).returning(timed);
  return row!;
}

/** Deletes an event with its list, its run of show and its e-mails. */
export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.delete(events).where(eq(events.id, id));
}

/** Addresses that begin like this one, to find one that is free. */
export async function slugsLike(db: Db, slug: string): Promise<string[]> {
  const rows = await db
    .select({ slug: events.slug })
    .from(events)
    .where(sql`starts_with(${events.slug}, ${slug})`);
  return rows.map((row) => row.slug);
}

export async function all(db: Db): Promise<Event[]> {
  return db.select(timed).from(events).orderBy(desc(events.startsAt), desc(events.id));
}

/** Published events that may be ahead, wherever they are. */
export async function publishedAhead(db: Db, now: Temporal.Instant): Promise<Event[]> {
  return db
    .select(timed)
    .from(events)
    .where(and(eq(events.state, 'published'), gte(events.startsAt, begunEverywhereBefore(now))));
}

/** Published events with a go/no-go day, of which nobody has said go. */
export async function undecided(db: Db): Promise<Event[]> {
  return db
    .select(timed)
    .from(events)
    .where(and(eq(events.state, 'published'), isNotNull(events.decideOn), isNull(events.decidedAt)))
    .orderBy(asc(events.id));
}

/** Lists published events of the same format that are open to people who said no, from a wall time on, wherever its zone. */
export async function openAfterNo(db: Db, event: Event, from: string): Promise<Event[]> {
  return db
    .select(timed)
    .from(events)
    .where(
      and(
        eq(events.format, event.format),
        eq(events.state, 'published'),
        events.openAfterNo,
        ne(events.id, event.id),
        gt(events.startsAt, from),
      ),
    )
    .orderBy(asc(events.id));
}

const { id: _id, eventId: _event, position: _position, ...ofBlock } = getTableColumns(blocks);

export async function blocksOf(db: Db, eventId: number): Promise<Block[]> {
  return db.select(ofBlock).from(blocks).where(eq(blocks.eventId, eventId)).orderBy(asc(blocks.position));
}

export async function replaceBlocks(tx: Tx, eventId: number, list: readonly NewBlock[]): Promise<void> {
  await tx.delete(blocks).where(eq(blocks.eventId, eventId));
  if (list.length === 0) return;
  await tx.insert(blocks).values(list.map((block, position) => ({ ...block, eventId, position })));
}

export async function topicsOf(db: Db, eventId: number): Promise<Topic[]> {
  return db.select().from(topics).where(eq(topics.eventId, eventId)).orderBy(asc(topics.number));
}

/** Sets what is at which table. A topic that stays keeps its row, and with it the questions put to it. */
export async function setTopics(
  tx: Tx,
  eventId: number,
  wanted: { trendId: number; teamId: number | null }[],
  shownAt: Temporal.Instant,
): Promise<void> {
  const before = await topicsOf(tx, eventId);
  const keptFor = wanted.map((want) => before.find((topic) => topic.trendId === want.trendId));
  const kept = new Set(keptFor.map((topic) => topic?.id));
  const gone = before.filter((topic) => !kept.has(topic.id)).map((topic) => topic.id);
  if (gone.length > 0) await tx.delete(topics).where(inArray(topics.id, gone));
  // Out of the way first: table numbers are unique at every moment.
  await tx
    .update(topics)
    .set({ number: sql`-${topics.number}` })
    .where(eq(topics.eventId, eventId));
  for (const [index, want] of wanted.entries()) {
    const topic = keptFor[index];
    const number = index + 1;
    if (topic) await tx.update(topics).set({ number, teamId: want.teamId }).where(eq(topics.id, topic.id));
    else {
      const { trendId, teamId } = want;
      await tx.insert(topics).values({ eventId, number, trendId, teamId, shownAt });
    }
  }
}
