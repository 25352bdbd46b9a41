import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { teamMembers, teams, topics, trends } from '../schema/index.ts';

/** Hosting at an event: the lowest table, where a talent is in two teams. */
export interface Hosting {
  table: number;
  trend: string;
  team: string;
}

/** Per person who hosts at this event, what they host. */
export async function hostingAt(db: Db, eventId: number): Promise<Map<number, Hosting>> {
  const rows = await db
    .select({
      personId: teamMembers.personId,
      table: topics.number,
      trend: trends.sentence,
      team: teams.name,
    })
    .from(topics)
    .innerJoin(trends, eq(trends.id, topics.trendId))
    .innerJoin(teams, eq(teams.id, topics.teamId))
    .innerJoin(teamMembers, eq(teamMembers.teamId, topics.teamId))
    .where(eq(topics.eventId, eventId))
    .orderBy(asc(topics.number));
  const hosting = new Map<number, Hosting>();
  for (const { personId, ...what } of rows) if (!hosting.has(personId)) hosting.set(personId, what);
  return hosting;
}

/** The members of these teams. */
export async function membersOf(db: Db, teamIds: number[]): Promise<number[]> {
  const ids = new Set<number>();
  for (const teamId of teamIds) {
    const rows = await db
      .select({ personId: teamMembers.personId })
      .from(teamMembers)
      .where(eq(teamMembers.teamId, teamId));
    for (const row of rows) ids.add(row.personId);
  }
  return [...ids];
}
