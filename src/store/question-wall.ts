import { and, desc, eq, notInArray, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../database/open.ts';
import type { Side } from '../domain/waiting-list.ts';
import { prepared } from './prepared.ts';
import { idOf } from './questions.ts';
import { type Revised, whileItStands } from './revisions.ts';
import {
  eventRevisions,
  namelessQuestions,
  people,
  questions,
  questionVotes,
  topics,
  trends,
  votesOnNameless,
} from './schema.ts';

/** Who wonders too, by person; a vote renews the event's revision, so that this is kept with the question. */
function votersIn(table: SQLWrapper, question: SQLWrapper) {
  return sql`(SELECT coalesce(array_agg(v.person_id), '{}') FROM ${table} v WHERE v.question_id = ${question})`.mapWith(
    (ids: number[]) => new Set(ids),
  );
}

/** How many wonder too without a name. */
function ballotsFor(column: 'question_id' | 'nameless_id', question: SQLWrapper) {
  return sql<number>`(SELECT count(*)::int FROM ballot_votes b WHERE b.${sql.raw(column)} = ${question})`;
}

const shared = { table: topics.number, trend: trends.sentence };
const gone = ['withdrawn', 'merged'] as const;

const namedOf = prepared((db) =>
  db
    .select({
      id: questions.id,
      text: questions.text,
      state: questions.state,
      note: questions.note,
      reworded: questions.reworded,
      createdAt: questions.createdAt,
      topicId: questions.topicId,
      ...shared,
      authorId: questions.authorId,
      author: people.name,
      side: sql<Side>`coalesce(${people.side}, 'senior')`,
      voters: votersIn(questionVotes, questions.id),
      ballots: sql<number>`${ballotsFor('question_id', questions.id)} + ${questions.ballotsKept}`,
    })
    .from(questions)
    .leftJoin(topics, eq(topics.id, questions.topicId))
    .leftJoin(trends, eq(trends.id, topics.trendId))
    .leftJoin(people, eq(people.id, questions.authorId))
    .where(and(eq(questions.eventId, sql.placeholder('eventId')), notInArray(questions.state, [...gone])))
    .orderBy(desc(questions.id))
    .prepare('question_wall'),
);

const namelessOf = prepared((db) =>
  db
    .select({
      id: sql`${namelessQuestions.id}`.mapWith((bytes: Uint8Array) => idOf(Buffer.from(bytes))),
      text: namelessQuestions.text,
      state: namelessQuestions.state,
      note: namelessQuestions.note,
      reworded: namelessQuestions.reworded,
      topicId: namelessQuestions.topicId,
      ...shared,
      voters: votersIn(votesOnNameless, namelessQuestions.id),
      ballots: sql<number>`${ballotsFor('nameless_id', namelessQuestions.id)} + ${namelessQuestions.ballotsKept}`,
    })
    .from(namelessQuestions)
    .leftJoin(topics, eq(topics.id, namelessQuestions.topicId))
    .leftJoin(trends, eq(trends.id, topics.trendId))
    .where(
      and(
        eq(namelessQuestions.eventId, sql.placeholder('eventId')),
        notInArray(namelessQuestions.state, [...gone]),
      ),
    )
    .orderBy(namelessQuestions.id)
    .prepare('nameless_wall'),
);

type Row = Awaited<ReturnType<ReturnType<typeof namedOf>['execute']>>[number];
type NamelessRow = Awaited<ReturnType<ReturnType<typeof namelessOf>['execute']>>[number];

/** A question with its author's name. */
export type NamedQuestion = Row & { kind: 'named'; votes: number };

/** A question without a name: nobody knows who asked, nor when. */
export type NamelessQuestion = NamelessRow & {
  kind: 'nameless';
  createdAt: null;
  authorId: null;
  author: null;
  side: null;
  votes: number;
};

/** `votes` counts all who wonder too; `voters` are those of them who do it with their name. */
export type WallQuestion = NamedQuestion | NamelessQuestion;

const nobody = { kind: 'nameless', createdAt: null, authorId: null, author: null, side: null } as const;

const load = whileItStands(50, async (db: Db, eventId: number): Promise<WallQuestion[]> => {
  const [named, nameless] = [
    await namedOf(db).execute({ eventId }),
    await namelessOf(db).execute({ eventId }),
  ];
  return [
    ...named.map((one) => ({ ...one, kind: 'named' as const, votes: one.voters.size + one.ballots })),
    ...nameless.map((one) => ({ ...one, ...nobody, votes: one.voters.size + one.ballots })),
  ].sort(mostWantedFirst);
});

/** By votes; among as many votes the newer before the older, and those without a name, which have no time, by their random number. */
function mostWantedFirst(a: WallQuestion, b: WallQuestion): number {
  if (a.votes !== b.votes) return b.votes - a.votes;
  if (a.kind === 'named' && b.kind === 'named') return b.id - a.id;
  if (a.kind !== b.kind) return a.kind === 'named' ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** An event's questions, the most wanted first; the same list as long as the revision stands. */
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
