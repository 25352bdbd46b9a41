import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import type { Side } from '../domain/waiting-list.ts';
import { prepared } from './prepared.ts';
import { type Revised, whileItStands } from './revisions.ts';
import { eventRevisions, people, questions, topics, trends } from './schema.ts';

/** Who wonders too, by person; a vote renews the event's revision, so that this is kept with the question. */
const voters =
  sql`(SELECT coalesce(array_agg(v.person_id), '{}') FROM question_votes v WHERE v.question_id = ${questions.id})`.mapWith(
    (ids: number[]) => new Set(ids),
  );

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
      voters,
    })
    .from(questions)
    .leftJoin(topics, eq(topics.id, questions.topicId))
    .leftJoin(trends, eq(trends.id, topics.trendId))
    .leftJoin(people, eq(people.id, questions.authorId))
    .where(and(eq(questions.eventId, sql.placeholder('eventId')), ne(questions.state, 'withdrawn')))
    .orderBy(desc(questions.id))
    .prepare('question_wall'),
);

const load = whileItStands(50, async (db: Db, eventId: number) => {
  const all = await ofEvent(db).execute({ eventId });
  return all
    .map((question) => ({ ...question, votes: question.voters.size }))
    .sort((a, b) => b.votes - a.votes || b.id - a.id);
});

export type WallQuestion = Awaited<ReturnType<typeof load>>[number];

/** An event's questions, the most wanted first, newer before older; the same list as long as the revision stands. */
export function wall(db: Db, at: Revised): Promise<readonly WallQuestion[]> {
  return load(db, at);
}

/** The wall as one person sees it, for whoever has not read the event's revision yet. */
export async function wallOf(db: Db, eventId: number, viewerId: number) {
  const [at] = await db
    .select({ id: eventRevisions.eventId, revision: eventRevisions.revision })
    .from(eventRevisions)
    .where(eq(eventRevisions.eventId, eventId));
  if (!at) return [];
  return (await load(db, at)).map((question) => ({ ...question, wondering: question.voters.has(viewerId) }));
}
