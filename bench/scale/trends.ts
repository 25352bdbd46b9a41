import { sql } from 'drizzle-orm';
import type { WithPeople, WithTrends } from './filled.ts';

/** Trends in every state with two links each; everyone says something of four of them, and has or wants skills. */
export async function addTrends(filled: WithPeople): Promise<WithTrends> {
  const { ctx, size, talents } = filled;
  const detail = '## Why now\n\nWhat it means for us, in a sentence or two of **plain** words. '.repeat(6);
  const [row] = await ctx.db.execute<{ first: number }>(sql`
    WITH added AS (
      INSERT INTO trends (sentence, detail, links, state, parked_reason, proposer_id, created_at, updated_at)
      SELECT 'Trend ' || n || ' that will reach the desks of us all', ${detail}, '["https://one.example/a", "https://two.example/b"]'::jsonb,
        CASE WHEN n % 10 = 0 THEN 'parked' WHEN n % 3 = 0 THEN 'shortlisted' ELSE 'proposed' END, CASE WHEN n % 10 = 0 THEN 'Too far away' ELSE '' END,
        ${talents.first}::int + n % ${talents.count}::int, now() - n * interval '1 hour', now()
      FROM generate_series(1, ${size.trends}) n ORDER BY n RETURNING id)
    SELECT min(id)::int AS first FROM added`);
  const trends = { first: row!.first, count: size.trends };
  await ctx.db.execute(sql`
    INSERT INTO trend_interests (trend_id, person_id, kind)
    SELECT ${trends.first}::int + (p.id * 7 + k * 3) % ${trends.count}::int, p.id, CASE WHEN k = 1 AND p.side = 'talent' THEN 'can-tell' ELSE 'want-to-know' END
    FROM people p, generate_series(1, 4) k ON CONFLICT DO NOTHING`);
  // Forty skills for each thousand talents, two of them for each talent and one for each trend.
  await ctx.db.execute(sql`
    INSERT INTO skills (word, folded) SELECT 'Skill ' || n, 'skill ' || n
    FROM generate_series(1, ${Math.max(4, Math.round(talents.count / 25))}) n`);
  const skill = (seed: ReturnType<typeof sql>) =>
    sql`(SELECT min(id) FROM skills) + ${seed} % (SELECT count(*) FROM skills)`;
  await ctx.db.execute(sql`
    INSERT INTO person_skills (person_id, skill_id)
    SELECT p.id, ${skill(sql`(p.id * 3 + k)`)} FROM people p, generate_series(0, 1) k WHERE p.side = 'talent' ON CONFLICT DO NOTHING`);
  await ctx.db.execute(sql`
    INSERT INTO trend_skills (trend_id, skill_id) SELECT t.id, ${skill(sql`t.id`)} FROM trends t ON CONFLICT DO NOTHING`);
  return { ...filled, trends };
}
