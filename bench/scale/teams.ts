import { sql } from 'drizzle-orm';
import type { WithTeams, WithTrends } from './filled.ts';

/** A team of two for each trend, the first talents of all; and the reader's own team. */
export async function addTeams(filled: WithTrends): Promise<WithTeams> {
  const { ctx, trends, talents, readers } = filled;
  const [own] = await ctx.db.execute<{ team: number; trend: number }>(sql`
    WITH t AS (
      INSERT INTO trends (sentence, detail, state, proposer_id, created_at, updated_at)
      VALUES ('Work that plans itself', 'Who decides then?', 'shortlisted', ${readers.talent}, now(), now()) RETURNING id)
    INSERT INTO teams (name, trend_id, created_at) SELECT 'Team Tora', id, now() FROM t RETURNING id AS team, trend_id AS trend`);
  const [row] = await ctx.db.execute<{ first: number }>(sql`
    WITH added AS (
      INSERT INTO teams (name, trend_id, created_at)
      SELECT 'Team ' || n, ${trends.first}::int + n - 1, now() FROM generate_series(1, ${trends.count}) n ORDER BY n RETURNING id)
    SELECT min(id)::int AS first FROM added`);
  const teams = { first: row!.first, count: trends.count };
  await ctx.db.execute(sql`
    INSERT INTO team_members (team_id, person_id)
    SELECT ${teams.first}::int + n / 2, ${talents.first}::int + n FROM generate_series(0, ${Math.min(2 * teams.count, talents.count) - 1}) n
    UNION ALL SELECT ${own!.team}::int, ${readers.talent}::int`);
  return { ...filled, teams, busy: own! };
}
