import { and, asc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../database/open.ts';
import { people, teamMembers, teams, trends } from './schema.ts';

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

/** All teams, by name as people sort it ('Team 2' before 'Team 10'). */
export async function withMembers(db: Db): Promise<TeamWithMembers[]> {
  const rows = await db
    .select({ team: teams, trend: trendColumns })
    .from(teams)
    .leftJoin(trends, eq(trends.id, teams.trendId));
  const members = await membersOf(
    db,
    rows.map((row) => row.team.id),
  );
  return rows
    .map(({ team, trend }) => ({ ...team, trend, members: members.get(team.id) ?? [] }))
    .sort((a, b) => byName.compare(a.name, b.name) || a.id - b.id);
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const trendColumns = {
  id: trends.id,
  sentence: trends.sentence,
  state: trends.state,
  parkedReason: trends.parkedReason,
};

export async function find(db: Db, id: number): Promise<TeamWithMembers | null> {
  const [row] = await db
    .select({ team: teams, trend: trendColumns })
    .from(teams)
    .leftJoin(trends, eq(trends.id, teams.trendId))
    .where(eq(teams.id, id));
  if (!row) return null;
  const members = await membersOf(db, [id]);
  return { ...row.team, trend: row.trend, members: members.get(id) ?? [] };
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

/** Null when a form with this key made a team before. */
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
