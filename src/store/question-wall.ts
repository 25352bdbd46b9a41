import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import type { Side } from '../domain/waiting-list.ts';
import { prepared } from './prepared.ts';
import { people, questions, topics, trends } from './schema.ts';

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
      wondering: sql<boolean>`EXISTS (SELECT 1 FROM question_votes v WHERE v.question_id = ${questions.id} AND v.person_id = ${sql.placeholder('viewerId')})`,
    })
    .from(questions)
    .leftJoin(topics, eq(topics.id, questions.topicId))
    .leftJoin(trends, eq(trends.id, topics.trendId))
    .leftJoin(people, eq(people.id, questions.authorId))
    .where(and(eq(questions.eventId, sql.placeholder('eventId')), ne(questions.state, 'withdrawn')))
    .orderBy(desc(sql`votes`), desc(questions.id))
    .prepare('question_wall'),
);

export type WallQuestion = Awaited<ReturnType<typeof wall>>[number];

/** An event's questions as one person sees them, the most wanted first, newer before older. */
export async function wall(db: Db, eventId: number, viewerId: number) {
  return ofEvent(db).execute({ eventId, viewerId });
}
