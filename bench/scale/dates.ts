import { sql } from 'drizzle-orm';
import type { WithEvents } from './filled.ts';

/** A draft whose date is looked for: ten dates, as many people asked as the large event has guests, and nine of ten have answered. */
export async function addDates({ ctx, draft, size, seniors }: WithEvents): Promise<void> {
  const asked = Math.min(size.guests, seniors.count);
  await ctx.db.execute(sql`
    INSERT INTO date_polls (event_id, answer_by, created_at) VALUES (${draft}, (now() + interval '7 days')::date, now())`);
  await ctx.db.execute(sql`
    INSERT INTO poll_dates (event_id, starts_at)
    SELECT ${draft}::int, to_char(now() + n * interval '2 days' + interval '20 days', 'YYYY-MM-DD') || 'T12:00' FROM generate_series(1, 10) n`);
  await ctx.db.execute(sql`
    INSERT INTO poll_people (event_id, person_id, asked_at, answered_at)
    SELECT ${draft}::int, ${seniors.first}::int + n, now(), CASE WHEN n % 10 > 0 THEN now() END FROM generate_series(0, ${asked - 1}) n`);
  await ctx.db.execute(sql`
    INSERT INTO poll_answers (date_id, person_id, said, said_at)
    SELECT d.id, p.person_id, (ARRAY['yes', 'maybe', 'no'])[1 + (d.id + p.person_id) % 3], now()
    FROM poll_dates d JOIN poll_people p ON p.event_id = d.event_id WHERE p.answered_at IS NOT NULL`);
}
