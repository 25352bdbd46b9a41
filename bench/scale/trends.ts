import { sql } from 'drizzle-orm';
import type { WithPeople, WithTrends } from './filled.ts';

/** Trends in every state with two links each; everyone says something of four of them. */
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
  return { ...filled, trends };
}
