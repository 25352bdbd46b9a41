import { and, asc, eq, inArray, isNotNull, isNull, ne, not, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { fold } from '../../domain/people/words.ts';
import { foldedText } from '../folded-text.ts';
import { people, teamMembers, teams, trends } from '../schema/index.ts';
import { seasonThatIsOn } from '../season.ts';

export type Team = typeof teams.$inferSelect;
export type NewTeam = typeof teams.$inferInsert;

export interface Member {
  id: number;
  name: string;
  department: string;
  jobTitle: string;
  side: 'talent' | 'senior';
}

/** A team as events and pages need it. Members are the talents who can take part now, by name. */
export interface TeamWithMembers extends Team {
  trend: {
    id: number;
    sentence: string;
    state: 'proposed' | 'shortlisted' | 'parked' | 'merged';
    parkedReason: string;
  } | null;
  members: Member[];
}

/** Filters of teams; none means all. */
export interface TeamFilter {
  ids?: number[];
  /** Teams of one season; 'on': the season that is on. */
  season?: number | 'on';
  /** People in a team, or not in it. */
  of?: number;
  notOf?: number;
  /** Teams with a trend, or with this one; `open` where it is neither parked nor merged. */
  trend?: 'any' | 'open' | number;
  /** Words of their name or their trend. */
  find?: string;
  /** Apart from these. */
  but?: number[];
  /** Teams whose events are all over by this day ('YYYY-MM-DD') come last. */
  pastLast?: string;
}

/** Teams by name as people sort it ('Team 2' before 'Team 10'), all of them or one page. */
export async function withMembers(
  db: Db,
  which: TeamFilter = {},
  page?: { offset: number; limit: number },
): Promise<TeamWithMembers[]> {
  const order = which.pastLast === undefined ? byName : [asc(isPastBy(which.pastLast)), ...byName];
  const query = db
    .select({ team: teams, trend: trendColumns })
    .from(teams)
    .leftJoin(trends, eq(trends.id, teams.trendId))
    .where(chosen(which))
    .orderBy(...order);
  const rows = page ? await query.offset(page.offset).limit(page.limit) : await query;
  const members = await membersOf(
    db,
    rows.map((row) => row.team.id),
  );
  return rows.map(({ team, trend }) => ({ ...team, trend, members: members.get(team.id) ?? [] }));
}

export async function count(db: Db, which: TeamFilter = {}): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(teams)
    .leftJoin(trends, eq(trends.id, teams.trendId))
    .where(chosen(which));
  return row?.n ?? 0;
}

/** Whether a team had a table at an event whose day has passed, and has none ahead: its work is done. */
export const isPastBy = (
  day: string,
) => sql<boolean>`(EXISTS (SELECT FROM topics p JOIN events e ON e.id = p.event_id
    WHERE p.team_id = teams.id AND e.state = 'published' AND e.starts_at < ${day})
  AND NOT EXISTS (SELECT FROM topics p JOIN events e ON e.id = p.event_id
    WHERE p.team_id = teams.id AND e.state <> 'cancelled' AND e.starts_at >= ${day}))`;

/** Finds which of these teams had all their events by this day. */
export async function pastAmong(db: Db, teamIds: number[], day: string): Promise<Set<number>> {
  if (teamIds.length === 0) return new Set();
  const rows = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, teamIds), isPastBy(day)));
  return new Set(rows.map(({ id }) => id));
}

const isMember = (personId: number) =>
  sql`EXISTS (SELECT FROM ${teamMembers} WHERE ${teamMembers.teamId} = ${teams.id} AND ${teamMembers.personId} = ${personId})`;

const searched = foldedText(sql`${teams.name} || ' ' || coalesce(${trends.sentence}, '')`);

function chosen({ ids, season, of, notOf, trend, but = [], find = '' }: TeamFilter): SQL | undefined {
  const words = fold(find)
    .split(' ')
    .filter((word) => word !== '');
  return and(
    ids && (ids.length > 0 ? inArray(teams.id, ids) : sql`false`),
    season === undefined ? undefined : eq(teams.programmeId, season === 'on' ? seasonThatIsOn : season),
    of === undefined ? undefined : isMember(of),
    notOf === undefined ? undefined : not(isMember(notOf)),
    but.length > 0 ? notInArray(teams.id, but) : undefined,
    typeof trend === 'number' ? eq(teams.trendId, trend) : undefined,
    trend === 'any' ? isNotNull(teams.trendId) : undefined,
    trend === 'open' ? inArray(trends.state, ['proposed', 'shortlisted']) : undefined,
    ...words.map((word) => sql`${searched} LIKE ${`%${word}%`}`),
  );
}

/** Numbers in names are compared as numbers: each is filled up to ten digits. */
const padded = sql`regexp_replace(regexp_replace(${teams.name}, '(\\d+)', '0000000000\\1', 'g'), '0*(\\d{10})', '\\1', 'g')`;
const byName = [asc(sql`${padded} COLLATE "und-x-icu"`), asc(teams.id)];

/**
 * Names of the teams of the season that is on that these people are in, apart from one team; with a day those whose events
 * are all over by then are left out.
 */
export async function namesByPerson(
  db: Db,
  personIds: number[],
  but: number | null,
  today?: string,
): Promise<Map<number, string[]>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ personId: teamMembers.personId, name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(
      and(
        inArray(teamMembers.personId, personIds),
        eq(teams.programmeId, seasonThatIsOn),
        but === null ? undefined : ne(teams.id, but),
        today === undefined ? undefined : not(isPastBy(today)),
      ),
    )
    .orderBy(...byName);
  const grouped = Map.groupBy(rows, ({ personId }) => personId);
  return new Map([...grouped].map(([personId, list]) => [personId, list.map(({ name }) => name)]));
}

/** Names of teams by the trend they have, of these trends, apart from one team. */
export async function teamNamesByTrend(
  db: Db,
  trendIds: number[],
  but: number | null,
): Promise<[trendId: number, name: string][]> {
  if (trendIds.length === 0) return [];
  const rows = await db
    .select({ trendId: teams.trendId, name: teams.name })
    .from(teams)
    .where(and(inArray(teams.trendId, trendIds), but === null ? undefined : ne(teams.id, but)))
    .orderBy(...byName);
  return rows.map(({ trendId, name }) => [trendId!, name]);
}

const trendColumns = {
  id: trends.id,
  sentence: trends.sentence,
  state: trends.state,
  parkedReason: trends.parkedReason,
};

export async function find(db: Db, id: number): Promise<TeamWithMembers | null> {
  const [team] = await withMembers(db, { ids: [id] });
  return team ?? null;
}

export async function findByFormKey(db: Db, formKey: string): Promise<Team | null> {
  const [row] = await db.select().from(teams).where(eq(teams.formKey, formKey));
  return row ?? null;
}

export async function lock(tx: Tx, id: number): Promise<Team | null> {
  const [row] = await tx.select().from(teams).where(eq(teams.id, id)).for('update');
  return row ?? null;
}

const isAbleTalent = and(isNull(people.disabledAt), eq(people.side, 'talent'));

async function membersOf(db: Db, teamIds: number[]): Promise<Map<number, Member[]>> {
  const found = new Map<number, Member[]>();
  if (teamIds.length === 0) return found;
  const rows = await db
    .select({
      teamId: teamMembers.teamId,
      member: {
        id: people.id,
        name: people.name,
        department: people.department,
        jobTitle: people.jobTitle,
        side: people.side,
      },
    })
    .from(teamMembers)
    .innerJoin(people, eq(people.id, teamMembers.personId))
    .where(and(inArray(teamMembers.teamId, teamIds), isAbleTalent))
    .orderBy(asc(sql`${people.name} COLLATE "und-x-icu"`), asc(people.id));
  for (const { teamId, member } of rows) found.set(teamId, [...(found.get(teamId) ?? []), member]);
  return found;
}

/** Adds a team; null where a form with this key made one before. */
export async function add(tx: Tx, team: NewTeam): Promise<Team | null> {
  const [row] = await tx
    .insert(teams)
    .values(team)
    .onConflictDoNothing({ target: teams.formKey })
    .returning();
  return row ?? null;
}

export async function change(tx: Tx, id: number, values: Partial<NewTeam>): Promise<void> {
  await tx.update(teams).set(values).where(eq(teams.id, id));
}

export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.delete(teams).where(eq(teams.id, id));
}

/** Sets who is in it, among the talents who can take part; others who were in it stay, in case they return. */
export async function setMembers(tx: Tx, teamId: number, personIds: number[]): Promise<void> {
  const able = tx.select({ id: people.id }).from(people).where(isAbleTalent);
  await tx
    .delete(teamMembers)
    .where(
      and(
        eq(teamMembers.teamId, teamId),
        inArray(teamMembers.personId, able),
        personIds.length > 0 ? notInArray(teamMembers.personId, personIds) : undefined,
      ),
    );
  if (personIds.length === 0) return;
  await tx
    .insert(teamMembers)
    .values(personIds.map((personId) => ({ teamId, personId })))
    .onConflictDoNothing();
}

/** Adds people to a team; who is in it already stays. */
export async function join(tx: Tx, teamId: number, personIds: number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .insert(teamMembers)
    .values(personIds.map((personId) => ({ teamId, personId })))
    .onConflictDoNothing();
}

/** Takes people out of a team. */
export async function leave(tx: Tx, teamId: number, personIds: number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .delete(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), inArray(teamMembers.personId, personIds)));
}
