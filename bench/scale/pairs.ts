import { sql } from 'drizzle-orm';
import type { WithTrends } from './filled.ts';

/**
 * A round of pairs: everyone takes part, four in five have answered with two topics, and a pair for half of the talents;
 * the first is that of the people who read.
 */
export async function addPairs({
  ctx,
  size,
  programme,
  seniors,
  talents,
  trends,
  readers,
}: WithTrends): Promise<void> {
  const topics = Math.max(2, trends.count - 1);
  const summary = { rules: [], alone: [], seniors: size.seniors, talents: size.talents };
  await ctx.db.execute(sql`
    INSERT INTO pair_rounds (programme_id, wishes_until, starts_on, meetings, minutes, months, summary, published_at, created_at)
    VALUES (${programme.id}, current_date + 10, current_date + 20, 6, 50, 6, ${JSON.stringify(summary)}::jsonb, now(), now())`);
  await ctx.db.execute(sql`
    INSERT INTO pair_wishes (round_id, person_id, answered_on, asked_on)
    SELECT r.id, p.id, CASE WHEN p.id % 5 = 0 THEN NULL ELSE current_date END, current_date
    FROM pair_rounds r, people p WHERE p.side IS NOT NULL ON CONFLICT DO NOTHING`);
  await ctx.db.execute(sql`
    INSERT INTO pair_topics (round_id, person_id, place, trend_id)
    SELECT w.round_id, w.person_id, k, ${trends.first}::int + (w.person_id + k) % ${topics}::int
    FROM pair_wishes w, generate_series(0, 1) k WHERE w.answered_on IS NOT NULL`);
  const reason = {
    topics: [{ trendId: trends.first, words: null }],
    firstOfSenior: true,
    firstOfTalent: false,
    isMutual: false,
  };
  const columns = sql`round_id, senior_id, talent_id, reason, state, answer_by, published_at`;
  const values = sql`${JSON.stringify(reason)}::jsonb, 'asked', now() + interval '3 days', now()`;
  await ctx.db.execute(sql`
    INSERT INTO pairs (${columns}) SELECT r.id, ${readers.guest}::int, ${readers.talent}::int, ${values} FROM pair_rounds r`);
  await ctx.db.execute(sql`
    INSERT INTO pairs (${columns})
    SELECT r.id, ${seniors.first}::int + n, ${talents.first}::int + n, ${values}
    FROM pair_rounds r, generate_series(0, ${Math.floor(talents.count / 2) - 1}) n`);
}
