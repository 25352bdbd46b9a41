import { and, desc, eq, notInArray, type SQLWrapper, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import { cachedByRevision, type Revised } from '../events/revisions.ts';
import { prepared } from '../prepared.ts';
import {
  eventRevisions,
  namelessQuestions,
  people,
  questions,
  questionVotes,
  topics,
  trends,
  votesOnNameless,
} from '../schema/index.ts';
import { idOf } from './questions.ts';
import { totalsOf } from './room.ts';
import { type SimilarQuestion, similarQuestions, type Work, workOf } from './work.ts';

/** Lists who wonders too, by person; a vote renews the event's revision, so that this is cached with the question. */
function votersIn(table: SQLWrapper, question: SQLWrapper) {
  return sql`(SELECT coalesce(array_agg(v.person_id), '{}') FROM ${table} v WHERE v.question_id = ${question})`.mapWith(
    (ids: number[]) => new Set(ids),
  );
}

/** How many wonder too without a name. */
function ballotsFor(column: 'question_id' | 'nameless_id', question: SQLWrapper) {
  return sql<number>`(SELECT count(*)::int FROM ballot_votes b WHERE b.${sql.raw(column)} = ${question})`;
}

const shared = { table: topics.number, trend: trends.sentence, teamId: topics.teamId };
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
      fromRoom: questions.fromRoom,
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
export type NamedQuestion = Row & {
  kind: 'named';
  votes: number;
  /** How many wonder from the room, by the code: counted apart from the guests. */
  roomVotes: number;
  work: Work;
  parts: number;
};

/** A question without a name: nobody knows who asked, nor when. */
export type NamelessQuestion = NamelessRow & {
  kind: 'nameless';
  createdAt: null;
  authorId: null;
  author: null;
  side: null;
  fromRoom: false;
  votes: number;
  roomVotes: number;
  work: Work;
  /** How many others became part of it. */
  parts: number;
};

/** `votes` counts all who wonder too; `voters` are those of them who do it with their name. */
export type WallQuestion = NamedQuestion | NamelessQuestion;

const nobody = {
  kind: 'nameless',
  createdAt: null,
  authorId: null,
  author: null,
  side: null,
  fromRoom: false,
} as const;

const untouched: Work = {
  read: false,
  pointedOut: false,
  takenById: null,
  takenBy: null,
  answer: '',
  dueOn: null,
  talkedInRound: null,
};

const load = cachedByRevision(50, async (db: Db, eventId: number) => {
  const named = await namedOf(db).execute({ eventId });
  const nameless = await namelessOf(db).execute({ eventId });
  const work = await workOf(db, eventId);
  const merged = await mergedIn(db, eventId);
  const parts = Map.groupBy(merged, ({ into }) => into);
  const partsOf = (id: number | string) => parts.get(String(id))?.length ?? 0;
  const doneFor = (id: number | string) => work.get(String(id)) ?? untouched;
  const room = await totalsOf(db, eventId);
  const roomVotesOf = (id: number | string) => room.get(String(id)) ?? 0;
  const votesOf = (one: Row | NamelessRow) => one.voters.size + one.ballots;
  const all: WallQuestion[] = [
    ...named.map((one) => ({
      ...one,
      kind: 'named' as const,
      votes: votesOf(one),
      roomVotes: roomVotesOf(one.id),
      work: doneFor(one.id),
      parts: partsOf(one.id),
    })),
    ...nameless.map((one) => ({
      ...one,
      ...nobody,
      votes: votesOf(one),
      roomVotes: roomVotesOf(one.id),
      work: doneFor(one.id),
      parts: partsOf(one.id),
    })),
  ].sort(mostWantedFirst);
  const similar = new Map<string, SimilarQuestion[]>();
  return { all, merged, similar, shown: all.filter(({ state }) => state !== 'new').map(shownToAll) };
});

/** A question that became part of another, and of which in the end. */
interface Merged {
  key: string;
  into: string;
  text: string;
  authorId: number | null;
}

async function mergedIn(db: Db, eventId: number): Promise<Merged[]> {
  const rows = await db.execute<{ key: string; into: string; text: string; authorId: number | null }>(sql`
    SELECT id::text AS key, merged_into AS into, text, author_id AS "authorId" FROM questions
      WHERE event_id = ${eventId} AND state = 'merged'
    UNION ALL
    SELECT rtrim(translate(encode(id, 'base64'), '+/', '-_'), '='), merged_into, '', NULL FROM nameless_questions
      WHERE event_id = ${eventId} AND state = 'merged'`);
  const next = new Map(rows.map(({ key, into }) => [key, into]));
  const last = (key: string, steps = 0): string => {
    const into = next.get(key);
    return into === undefined || steps > 50 ? key : last(into, steps + 1);
  };
  return rows.map((row) => ({ ...row, into: last(row.into) }));
}

/** Hides the words and the author of a question that was turned down: everyone reads only the reason. */
function shownToAll(question: WallQuestion): WallQuestion {
  if (question.state !== 'refused') return question;
  const { id, ballots } = question;
  return {
    ...question,
    ...nobody,
    id: String(id),
    text: '',
    voters: new Set(),
    ballots,
    votes: 0,
    roomVotes: 0,
  };
}

/** By votes; among as many votes the newer before the older, and those without a name, which have no time, by their random number. */
function mostWantedFirst(a: WallQuestion, b: WallQuestion): number {
  if (a.votes !== b.votes) return b.votes - a.votes;
  if (a.kind === 'named' && b.kind === 'named') return b.id - a.id;
  if (a.kind !== b.kind) return a.kind === 'named' ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** An event's questions as everyone may read them, the most wanted first; the same list as long as the revision stands. */
export async function wall(db: Db, at: Revised): Promise<readonly WallQuestion[]> {
  return (await load(db, at)).shown;
}

/** Somebody's own questions that became part of another, with the words of that one. */
export async function mergedOf(
  db: Db,
  at: Revised,
  authorId: number,
): Promise<{ text: string; into: WallQuestion }[]> {
  const { merged, shown } = await load(db, at);
  return merged
    .filter((one) => one.authorId === authorId)
    .flatMap(({ text, into }) => {
      const found = shown.find(({ id }) => String(id) === into);
      return found ? [{ text, into: found }] : [];
    });
}

/** All questions of an event, also those nobody has read yet and those turned down, for the desk. */
export async function everyQuestion(db: Db, at: Revised): Promise<readonly WallQuestion[]> {
  return (await load(db, at)).all;
}

/** The same where the event's revision is not at hand. */
export async function everyQuestionOf(db: Db, eventId: number): Promise<readonly WallQuestion[]> {
  const at = await currentRevision(db, eventId);
  return at ? everyQuestion(db, at) : [];
}

/**
 * Finds questions that say nearly the same as this one, or as a search. This one is compared with all others, so that is
 * done once until a question changes.
 */
export async function similarTo(
  db: Db,
  at: Revised,
  { id, text }: WallQuestion,
  search: string,
): Promise<SimilarQuestion[]> {
  if (search !== '') return similarQuestions(db, at.id, search, id);
  const { similar } = await load(db, at);
  const known = similar.get(String(id)) ?? (await similarQuestions(db, at.id, text, id));
  similar.set(String(id), known);
  return known;
}

async function currentRevision(db: Db, eventId: number): Promise<Revised | undefined> {
  const [at] = await db
    .select({ id: eventRevisions.eventId, revision: eventRevisions.revision })
    .from(eventRevisions)
    .where(eq(eventRevisions.eventId, eventId));
  return at;
}

/** Returns the wall as one person sees it, for a caller who has not read the event's revision yet. */
export async function wallOf(db: Db, eventId: number, viewerId: number) {
  const at = await currentRevision(db, eventId);
  if (!at) return [];
  return (await load(db, at)).shown.map((question) => ({
    ...question,
    wondering: question.voters.has(viewerId),
  }));
}
