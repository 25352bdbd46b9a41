import { sql } from 'drizzle-orm';
import type { WithTrends } from './filled.ts';

/** Random number of every offer here, so that the link of the first one can be worked out. */
export const offerNumber = 'n'.repeat(22);

/** Offers of young talents that wait, a half more on the reserve list, each with two topics; the page is open. */
export async function addOffers({ ctx, size, programme, trends }: WithTrends): Promise<void> {
  const many = 5 * size.events;
  const topics = Math.max(1, trends.count - 1);
  await ctx.db.execute(sql`
    INSERT INTO offer_rounds (programme_id, side, closes_on, answer_by)
    VALUES (${programme.id}, 'talent', current_date + 20, current_date + 30)`);
  await ctx.db.execute(sql`
    WITH added AS (
      INSERT INTO offers (programme_id, side, state, name, email, job_title, department, why, other, time, number,
        form_key, browser_hash, created_at, confirmed_at, updated_at)
      SELECT ${programme.id}::int, 'talent', CASE WHEN n % 3 = 2 THEN 'reserve' ELSE 'waiting' END, 'Offer ' || n,
        'offer-' || n || '@halden.example', 'Trainee', 'Sales', 'I know the shops that nobody here visits.', '', 'team',
        ${offerNumber}, gen_random_uuid(), 'b', now(), now(), now()
      FROM generate_series(1, ${many}) n ORDER BY n RETURNING id)
    INSERT INTO offer_topics (offer_id, trend_id)
    SELECT id, ${trends.first}::int + (id + k) % ${topics}::int FROM added, generate_series(0, ${Math.min(1, topics - 1)}) k`);
}
