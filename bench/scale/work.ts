import { sql } from 'drizzle-orm';
import type { WithTeams } from './filled.ts';

/** Versions of each brief; links and files beside it. */
const versions = 8;
const sources = 3;

/** Adds the work of teams on their trends: a brief in versions, links, files, hours of members and a meeting ahead. */
export async function addWork({ ctx }: WithTeams): Promise<void> {
  const { db } = ctx;
  await db.execute(sql`
    INSERT INTO research (team_id, trend_id, created_at)
    SELECT id, trend_id, now() FROM teams WHERE trend_id IS NOT NULL
    ON CONFLICT DO NOTHING`);
  await db.execute(sql`
    INSERT INTO brief_versions (research_id, number, text, words, author_id, begun_with, saved_at)
    SELECT r.id, n, '## What we found' || repeat(E'\n\nMeetings are booked before anybody reads about them.', 30 * n),
      240 * n, (SELECT min(m.person_id) FROM team_members m WHERE m.team_id = r.team_id), n - 1, now() - make_interval(hours => 20 - n)
    FROM research r, generate_series(1, ${versions}) n`);
  await db.execute(sql`
    INSERT INTO research_links (research_id, url, title, created_at)
    SELECT id, 'https://halden.example/source-' || n, 'Source ' || n, now() FROM research, generate_series(1, ${sources}) n`);
  await db.execute(sql`
    WITH added AS (
      INSERT INTO files (name, type, size, research_id, created_at)
      SELECT 'numbers-' || n || '.txt', 'text/plain', 2000, id, now() FROM research, generate_series(1, ${sources}) n
      RETURNING id)
    INSERT INTO file_pieces (file_id, position, bytes) SELECT id, 0, convert_to(repeat('x', 2000), 'UTF8') FROM added`);
  await db.execute(sql`
    INSERT INTO team_hours (team_id, person_id, time_zone, hours, updated_at)
    SELECT team_id, person_id, 'Europe/Oslo', '[9, 10, 33, 34, 58, 82, 83]'::jsonb, now() FROM team_members`);
  await db.execute(sql`
    INSERT INTO team_meetings (team_id, form_key, uid, state, starts_at, time_zone, minutes, place, created_at, revised_at)
    SELECT id, gen_random_uuid(), 'meeting-' || id || '@halden.example', 'planned',
      to_char(now() + interval '3 days', 'YYYY-MM-DD') || 'T10:00', 'Europe/Oslo', 60, 'Room 3', now(), now() FROM teams`);
}
