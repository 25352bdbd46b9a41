import { and, asc, eq, gt, inArray, isNull, lt, ne, not, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { DraftRow } from '../../domain/teams/draft.ts';
import type { TeamWithRoom } from '../../domain/teams/late-places.ts';
import {
  draftPlaces,
  lastNameOf,
  people,
  placeAsks,
  rankedTrends,
  rankings,
  teamMembers,
  teamPresses,
  teams,
  trends,
} from '../schema/index.ts';
import { isPastBy } from './teams.ts';

// Talents in no team of the season, the teams with room for them, and presses that can be undone.

export type Press = typeof teamPresses.$inferSelect;

const isAble = sql`people.disabled_at IS NULL AND people.side = 'talent'`;

/** Talents who can take part and are in no team of the season. */
const isLate = (programmeId: number) =>
  and(
    isNull(people.disabledAt),
    eq(people.side, 'talent'),
    sql`NOT EXISTS (SELECT FROM ${teamMembers} m JOIN ${teams} t ON t.id = m.team_id
      WHERE m.person_id = people.id AND t.programme_id = ${programmeId})`,
  );

export async function countLate(db: Db, programmeId: number): Promise<number> {
  return db.$count(people, isLate(programmeId));
}

/** A talent in no team. */
export interface Late {
  id: number;
  name: string;
  email: string;
  department: string;
}

const late = { id: people.id, name: people.name, email: people.email, department: people.department };

/** Lists talents in no team by last name; with a trend those who rank it higher come first. */
export async function withoutTeam(
  db: Db,
  programmeId: number,
  { trendId, offset = 0, limit = 100_000 }: { trendId?: number; offset?: number; limit?: number } = {},
): Promise<Late[]> {
  const tier = sql`(SELECT rt.tier FROM ${rankedTrends} rt JOIN ${rankings} r ON r.id = rt.ranking_id
    WHERE r.programme_id = ${programmeId} AND r.person_id = people.id AND rt.trend_id = ${trendId ?? 0})`;
  const byTier: SQL[] = trendId === undefined ? [] : [sql`${tier} NULLS LAST`];
  return db
    .select(late)
    .from(people)
    .where(isLate(programmeId))
    .orderBy(...byTier, asc(lastNameOf(people.name)), asc(people.id))
    .offset(offset)
    .limit(limit);
}

/** Finds which of these people are in no team of the season, and keeps them from changing until the transaction ends. */
export async function lockLate(tx: Tx, programmeId: number, ids: number[]): Promise<Late[]> {
  if (ids.length === 0) return [];
  return tx
    .select(late)
    .from(people)
    .where(and(inArray(people.id, ids), isLate(programmeId)))
    .orderBy(asc(people.id))
    .for('update');
}

const memberIds = sql<
  number[]
>`coalesce((SELECT json_agg(m.person_id ORDER BY m.person_id) FROM ${teamMembers} m
  JOIN ${people} ON people.id = m.person_id WHERE m.team_id = teams.id AND ${isAble}), '[]'::json)`;
const askedNow = sql<number>`(SELECT count(*)::int FROM ${placeAsks} a WHERE a.team_id = teams.id AND a.state = 'asked')`;

const roomColumns = {
  id: teams.id,
  name: teams.name,
  trendId: sql<number>`${teams.trendId}`,
  trend: trends.sentence,
  least: teams.least,
  most: teams.most,
  memberIds,
  asked: askedNow,
};

/** A team at work, with its name and its trend in words. */
export type NamedTeam = TeamWithRoom & { name: string; trend: string };

/** Teams of a season that have a trend and whose events are not all over by this day ('YYYY-MM-DD'), by number. */
export async function teamsAtWork(db: Db, programmeId: number, day: string): Promise<NamedTeam[]> {
  return db
    .select(roomColumns)
    .from(teams)
    .innerJoin(trends, eq(trends.id, teams.trendId))
    .where(and(eq(teams.programmeId, programmeId), ne(trends.state, 'parked'), not(isPastBy(day))))
    .orderBy(asc(teams.id));
}

/** The same of one team; null where it has no trend, or its events are over. */
export async function teamAtWork(db: Db, teamId: number, day: string): Promise<NamedTeam | null> {
  const [row] = await db
    .select(roomColumns)
    .from(teams)
    .innerJoin(trends, eq(trends.id, teams.trendId))
    .where(and(eq(teams.id, teamId), ne(trends.state, 'parked'), not(isPastBy(day))));
  return row ?? null;
}

/** Teams at work with fewer members than their least, those with fewest first: how many, and some of them. */
export async function shortTeams(db: Db, programmeId: number, day: string, limit: number) {
  const members = sql<number>`(SELECT count(*)::int FROM ${teamMembers} m JOIN ${people} ON people.id = m.person_id
    WHERE m.team_id = teams.id AND ${isAble})`;
  return db
    .select({ id: teams.id, name: teams.name, least: teams.least, members, asked: askedNow })
    .from(teams)
    .innerJoin(trends, eq(trends.id, teams.trendId))
    .where(
      and(
        eq(teams.programmeId, programmeId),
        ne(trends.state, 'parked'),
        not(isPastBy(day)),
        lt(members, teams.least),
      ),
    )
    .orderBy(asc(members), asc(teams.id))
    .limit(limit);
}

/** Puts one row of the draft in place of the one that is there; does nothing where the person is in no draft. */
export async function changeDraftRow(
  tx: Tx,
  programmeId: number,
  personId: number,
  values: Partial<Omit<DraftRow, 'personId'>>,
): Promise<DraftRow | null> {
  const isRow = and(eq(draftPlaces.programmeId, programmeId), eq(draftPlaces.personId, personId));
  const [before] = await tx.select().from(draftPlaces).where(isRow).for('update');
  if (!before) return null;
  await tx.update(draftPlaces).set(values).where(isRow);
  const { programmeId: _, ...row } = before;
  return row;
}

export async function addPress(tx: Tx, press: typeof teamPresses.$inferInsert): Promise<void> {
  await tx.insert(teamPresses).values(press);
}

/** The rows of one press, kept from changing until the transaction ends. */
export async function lockPress(tx: Tx, press: string): Promise<Press[]> {
  return tx
    .select()
    .from(teamPresses)
    .where(eq(teamPresses.press, press))
    .orderBy(asc(teamPresses.teamId), asc(teamPresses.personId))
    .for('update');
}

export async function removePress(tx: Tx, press: string): Promise<void> {
  await tx.delete(teamPresses).where(eq(teamPresses.press, press));
}

/** Forgets presses that can no longer be undone. */
export async function forgetPresses(db: Db, now: Temporal.Instant): Promise<void> {
  await db.delete(teamPresses).where(lt(teamPresses.endsAt, now));
}

/** The last press that this person made and can still undo, at one team or in the season. */
export async function undoablePress(
  db: Db,
  byId: number,
  now: Temporal.Instant,
  where: { teamId: number } | { programmeId: number },
): Promise<{ press: string; kind: Press['kind']; names: string[] } | null> {
  const rows = await db
    .select({ press: teamPresses.press, kind: teamPresses.kind, name: people.name })
    .from(teamPresses)
    .innerJoin(people, eq(people.id, teamPresses.personId))
    .where(
      and(
        eq(teamPresses.byId, byId),
        gt(teamPresses.endsAt, now),
        'teamId' in where
          ? eq(teamPresses.teamId, where.teamId)
          : eq(teamPresses.programmeId, where.programmeId),
      ),
    )
    .orderBy(sql`${teamPresses.endsAt} DESC`, asc(teamPresses.id));
  const [last] = rows;
  if (!last) return null;
  const names = rows.filter(({ press }) => press === last.press).map(({ name }) => name);
  return { press: last.press, kind: last.kind, names };
}
