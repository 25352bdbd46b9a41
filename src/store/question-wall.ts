import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import type { Side } from '../domain/waiting-list.ts';
import { prepared } from './prepared.ts';
import { type Revised, whileItStands } from './revisions.ts';
import { eventRevisions, people, questions, questionVotes, topics, trends } from './schema.ts';

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

const votedBy = prepared((db) =>
  db
    .select({ id: questionVotes.questionId })
    .from(questionVotes)
    .innerJoin(questions, eq(questions.id, questionVotes.questionId))
    .where(
      and(
        eq(questionVotes.personId, sql.placeholder('viewerId')),
        eq(questions.eventId, sql.placeholder('eventId')),
      ),
    )
    .prepare('votes_of_viewer'),
);

const load = whileItStands(50, (db: Db, eventId: number) => ofEvent(db).execute({ eventId }));

export type WallQuestion = Awaited<ReturnType<typeof load>>[number] & { wondering: boolean };

/** An event's questions as one person sees them, the most wanted first, newer before older. */
export async function wall(db: Db, at: Revised, viewerId: number): Promise<WallQuestion[]> {
  const all = await load(db, at);
  const voted = new Set((await votedBy(db).execute({ eventId: at.id, viewerId })).map(({ id }) => id));
  return all.map((question) => ({ ...question, wondering: voted.has(question.id) }));
}

/** The same, for whoever has not read the event's revision yet. */
export async function wallOf(db: Db, eventId: number, viewerId: number): Promise<WallQuestion[]> {
  const [at] = await db
    .select({ id: eventRevisions.eventId, revision: eventRevisions.revision })
    .from(eventRevisions)
    .where(eq(eventRevisions.eventId, eventId));
  return at ? wall(db, at, viewerId) : [];
}
