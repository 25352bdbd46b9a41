import { and, desc, eq, ne, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import type { Side } from '../domain/waiting-list.ts';
import { prepared } from './prepared.ts';
import { type Revised, whileItStands } from './revisions.ts';
import { eventRevisions, events, people, questions, topics, trends } from './schema.ts';

const votes = sql<number>`(SELECT count(*)::int FROM question_votes v WHERE v.question_id = ${questions.id})`;

const ofEvent = prepared((db) =>
  db
    .select({
      id: questions.id,
      text: questions.text,
      state: questions.state,
      note: questions.note,
      createdAt: questions.createdAt,
      topicId: questions.topicId,
      table: topics.number,
      trend: trends.sentence,
      authorId: questions.authorId,
      author: people.name,
      side: sql<Side>`coalesce(${people.side}, 'senior')`,
      votes: votes.as('votes'),
    })
    .from(questions)
    .leftJoin(topics, eq(topics.id, questions.topicId))
    .leftJoin(trends, eq(trends.id, topics.trendId))
    .leftJoin(people, eq(people.id, questions.authorId))
    .where(and(eq(questions.eventId, sql.placeholder('eventId')), ne(questions.state, 'withdrawn')))
    .orderBy(desc(sql`votes`), desc(questions.id))
    .prepare('question_wall'),
);

/** The ids of the questions somebody wonders about too, among those of the event that `events` is joined as. */
export function votesOf(personId: SQLWrapper): SQL<number[]> {
  return sql<
    number[]
  >`(SELECT coalesce(array_agg(v.question_id), '{}') FROM question_votes v JOIN questions q ON q.id = v.question_id
    WHERE v.person_id = ${personId} AND q.event_id = ${events.id})`;
}

const votedBy = prepared((db) =>
  db
    .select({ votes: votesOf(sql`${sql.placeholder('viewerId')}`) })
    .from(events)
    .where(eq(events.id, sql.placeholder('eventId')))
    .prepare('votes_of_viewer'),
);

const load = whileItStands(50, (db: Db, eventId: number) => ofEvent(db).execute({ eventId }));

export type WallQuestion = Awaited<ReturnType<typeof load>>[number];

/** An event's questions, the most wanted first, newer before older; the same list as long as the revision stands. */
export function wall(db: Db, at: Revised): Promise<readonly WallQuestion[]> {
  return load(db, at);
}

/** Which of an event's questions somebody wonders about too. */
export async function votesAt(db: Db, eventId: number, viewerId: number): Promise<number[]> {
  const [row] = await votedBy(db).execute({ eventId, viewerId });
  return row?.votes ?? [];
}

/** The wall as one person sees it, for whoever has not read the event's revision yet. */
export async function wallOf(db: Db, eventId: number, viewerId: number) {
  const [at] = await db
    .select({ id: eventRevisions.eventId, revision: eventRevisions.revision })
    .from(eventRevisions)
    .where(eq(eventRevisions.eventId, eventId));
  if (!at) return [];
  const mine = new Set(await votesAt(db, eventId, viewerId));
  return (await load(db, at)).map((question) => ({ ...question, wondering: mine.has(question.id) }));
}
