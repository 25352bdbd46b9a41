import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { FormatFacts } from '../../domain/run-of-show/format.ts';
import type { TickedStep } from '../../domain/teams/team-steps.ts';
import { events, research, researchSteps, teams, topics } from '../schema/index.ts';

/** A team at a published event ahead, and the steps it has ticked. */
export interface TeamAhead {
  teamId: number;
  team: string;
  hasTrend: boolean;
  ticked: TickedStep[];
  startsAt: string;
  timeZone: string;
  format: string;
  formatFacts: FormatFacts | null;
  organiserId: number | null;
}

/** Teams at published events that begin from one day up to another ('YYYY-MM-DD'), each at its first one. */
export async function teamsAhead(db: Db, from: string, until: string): Promise<TeamAhead[]> {
  const ticked = sql<TickedStep[]>`coalesce((SELECT json_agg(${researchSteps.step}) FROM ${researchSteps}
    JOIN ${research} ON ${research.id} = ${researchSteps.researchId}
    WHERE ${research.teamId} = ${teams.id} AND ${research.trendId} = ${teams.trendId}), '[]'::json)`;
  return db
    .selectDistinctOn([teams.id], {
      teamId: teams.id,
      team: teams.name,
      hasTrend: sql<boolean>`${teams.trendId} IS NOT NULL`,
      ticked,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      format: events.format,
      formatFacts: events.formatFacts,
      organiserId: events.organiserId,
    })
    .from(topics)
    .innerJoin(teams, eq(teams.id, topics.teamId))
    .innerJoin(events, eq(events.id, topics.eventId))
    .where(and(eq(events.state, 'published'), gte(events.startsAt, from), lt(events.startsAt, until)))
    .orderBy(asc(teams.id), asc(events.startsAt), asc(events.id));
}
