import { and, asc, desc, eq, gte, inArray, isNull, not, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { fold } from '../../domain/people/words.ts';
import { foldedText } from '../folded-text.ts';
import {
  assignmentRounds,
  lastNameOf,
  letters,
  people,
  teamMembers,
  teams,
  trends,
} from '../schema/index.ts';

// Talents who have no trend yet, the teams they rank with, and the trends there are to rank.

/** Teams of a person without a trend: the first one ranks together, and is placed together. */
const ownTeam = (programmeId: number) => sql`(SELECT min(m.team_id) FROM ${teamMembers} m JOIN ${teams} t
  ON t.id = m.team_id WHERE m.person_id = people.id AND t.programme_id = ${programmeId} AND t.trend_id IS NULL)`;

const hasTrend = (programmeId: number) => sql`EXISTS (SELECT FROM ${teamMembers} m JOIN ${teams} t
  ON t.id = m.team_id WHERE m.person_id = people.id AND t.programme_id = ${programmeId} AND t.trend_id IS NOT NULL)`;

/** Talents who can take part and are in no team of the season with a trend. */
const isToPlace = (programmeId: number) =>
  and(isNull(people.disabledAt), eq(people.side, 'talent'), not(hasTrend(programmeId)));

const hasRanked = (
  programmeId: number,
) => sql`EXISTS (SELECT FROM rankings r WHERE r.programme_id = ${programmeId}
  AND (r.team_id = ${ownTeam(programmeId)} OR (r.person_id = people.id AND ${ownTeam(programmeId)} IS NULL)))`;

/** Standing of a person: to be placed alone or with a team, in a team with a trend, or no talent who takes part. */
export type Standing =
  | { kind: 'alone' }
  | { kind: 'team'; team: { id: number; name: string } }
  | { kind: 'placed'; team: { id: number; name: string }; trend: string }
  | { kind: 'outside' };

export async function standingOf(db: Db, programmeId: number, personId: number): Promise<Standing> {
  const [person] = await db.select().from(people).where(eq(people.id, personId));
  if (!person || person.disabledAt !== null || person.side !== 'talent') return { kind: 'outside' };
  const own = await db
    .select({ id: teams.id, name: teams.name, trend: trends.sentence })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .leftJoin(trends, eq(trends.id, teams.trendId))
    .where(and(eq(teamMembers.personId, personId), eq(teams.programmeId, programmeId)))
    .orderBy(asc(teams.id));
  const placed = own.find(({ trend }) => trend !== null);
  if (placed) return { kind: 'placed', team: { id: placed.id, name: placed.name }, trend: placed.trend! };
  const [team] = own;
  return team ? { kind: 'team', team: { id: team.id, name: team.name } } : { kind: 'alone' };
}

/** How many talents are to be placed, and how many of them have ranked, alone or with their team. */
export async function countRanked(db: Db, programmeId: number): Promise<{ talents: number; ranked: number }> {
  const [row] = await db
    .select({
      talents: sql<number>`count(*)::int`,
      ranked: sql<number>`(count(*) FILTER (WHERE ${hasRanked(programmeId)}))::int`,
    })
    .from(people)
    .where(isToPlace(programmeId));
  return row!;
}

const listed = { id: people.id, name: people.name, email: people.email, department: people.department };

/** Talents to be placed who have not ranked, by last name, each with the moment they were last reminded since then. */
export async function withoutRanking(
  db: Db,
  programmeId: number,
  since: Temporal.Instant,
  { offset = 0, limit = 100_000 }: { offset?: number; limit?: number } = {},
) {
  return db
    .select({
      ...listed,
      remindedAt: sql<Temporal.Instant | null>`(SELECT max(l.created_at) FROM letters l
        WHERE l.person_id = people.id AND l.kind = 'rank-trends' AND l.created_at >= ${since.toString()}::timestamptz)`.mapWith(
        letters.createdAt,
      ),
      team: sql<string | null>`(SELECT teams.name FROM ${teams} WHERE teams.id = ${ownTeam(programmeId)})`,
    })
    .from(people)
    .where(and(isToPlace(programmeId), not(hasRanked(programmeId))))
    .orderBy(asc(lastNameOf(people.name)), asc(people.id))
    .offset(offset)
    .limit(limit);
}

/** Everyone to be placed, by number, with the team they are placed with. */
export async function toPlace(db: Db, programmeId: number) {
  return db
    .select({ ...listed, teamId: sql<number | null>`${ownTeam(programmeId)}`.mapWith(Number) })
    .from(people)
    .where(isToPlace(programmeId))
    .orderBy(asc(people.id));
}

/** A shortlisted trend that no team has yet. */
const isOffered = (programmeId: number) =>
  and(
    eq(trends.programmeId, programmeId),
    eq(trends.state, 'shortlisted'),
    sql`NOT EXISTS (SELECT FROM ${teams} t WHERE t.trend_id = trends.id)`,
  );

/** A shortlisted trend to rank: no team has it, or after publishing one that has it takes more people in. */
const isRankable = (programmeId: number) =>
  and(
    eq(trends.programmeId, programmeId),
    eq(trends.state, 'shortlisted'),
    sql`(NOT EXISTS (SELECT FROM ${teams} t WHERE t.trend_id = trends.id)
      OR EXISTS (SELECT FROM ${teams} t JOIN ${assignmentRounds} r ON r.programme_id = t.programme_id
        WHERE t.trend_id = trends.id AND t.programme_id = ${programmeId} AND r.published_at IS NOT NULL
          AND t.most > (SELECT count(*) FROM ${teamMembers} m JOIN ${people} ON people.id = m.person_id
            WHERE m.team_id = t.id AND people.disabled_at IS NULL AND people.side = 'talent')))`,
  );

export interface OfferedTrend {
  id: number;
  sentence: string;
  /** The beginning of its detail, in Markdown. */
  start: string;
}

const offeredColumns = {
  id: trends.id,
  sentence: trends.sentence,
  start: sql<string>`left(${trends.detail}, 720)`,
};

export interface OfferFilter {
  /** With the trends of teams that take more people in, for those who come after publishing. */
  rankable?: boolean;
  but?: readonly number[];
  find?: string;
}

const foldedSentence = foldedText(sql`${trends.sentence}`);

function wanted(
  programmeId: number,
  { rankable = false, but = [], find = '' }: OfferFilter,
): SQL | undefined {
  const words = fold(find)
    .split(' ')
    .filter((word) => word !== '');
  return and(
    rankable ? isRankable(programmeId) : isOffered(programmeId),
    but.length > 0 ? not(inArray(trends.id, [...but])) : undefined,
    ...words.map((word) => sql`${foldedSentence} LIKE ${`%${word}%`}`),
  );
}

/** How many trends there are to rank. */
export async function countOffered(db: Db, programmeId: number, which: OfferFilter = {}): Promise<number> {
  return db.$count(trends, wanted(programmeId, which));
}

/** One page of the trends to rank, by their words. */
export async function offered(
  db: Db,
  programmeId: number,
  which: OfferFilter,
  page: { offset: number; limit: number },
): Promise<OfferedTrend[]> {
  return db
    .select(offeredColumns)
    .from(trends)
    .where(wanted(programmeId, which))
    .orderBy(asc(sql`${trends.sentence} COLLATE "und-x-icu"`), asc(trends.id))
    .offset(page.offset)
    .limit(page.limit);
}

/** Finds which of these trends can be ranked. */
export async function rankableAmong(
  db: Db,
  programmeId: number,
  ids: readonly number[],
): Promise<OfferedTrend[]> {
  if (ids.length === 0) return [];
  return db
    .select(offeredColumns)
    .from(trends)
    .where(and(isRankable(programmeId), inArray(trends.id, [...ids])));
}

/** Moments of the e-mails that asked these people to rank since then, by person. */
export async function rankingReminders(
  db: Db,
  personIds: number[],
  since: Temporal.Instant,
): Promise<Map<number, Temporal.Instant[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ personId: letters.personId, at: letters.createdAt })
    .from(letters)
    .where(
      and(
        inArray(letters.personId, personIds),
        eq(letters.kind, 'rank-trends'),
        gte(letters.createdAt, since),
      ),
    )
    .orderBy(desc(letters.createdAt), desc(letters.id));
  const grouped = Map.groupBy(rows, ({ personId }) => personId!);
  return new Map([...grouped].map(([personId, own]) => [personId, own.map(({ at }) => at)]));
}

/** Says whether this talent is to be placed and has not ranked, alone or with their team. */
export async function isLeftToRank(db: Db, programmeId: number, personId: number): Promise<boolean> {
  const [row] = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, personId), isToPlace(programmeId), not(hasRanked(programmeId))));
  return row !== undefined;
}
