import { sql } from 'drizzle-orm';
import type { WithEvents } from './filled.ts';

/** Lists that were imported. */
export async function addImports({ ctx, size, readers }: WithEvents): Promise<void> {
  await ctx.db.execute(sql`
    INSERT INTO imports (kind, state, file_name, total, done, created_by_id, created_at, finished_at)
    SELECT CASE WHEN n % 4 = 0 THEN 'trends' ELSE 'people' END, 'done', 'people-' || n || '.csv', 50, 50, ${readers.organiser}, now() - n * interval '6 hours', now() - n * interval '6 hours'
    FROM generate_series(1, ${size.imports}) n`);
}

/** 28 acts a day: organisers who sign in, export, change people. */
export async function addAuditLog({ ctx, size, readers, seniors }: WithEvents): Promise<void> {
  await ctx.db.execute(sql`
    INSERT INTO audit_log (key, day, kind, act, by, actor_id, actor, subject_id, subject)
    SELECT md5(d || ' ' || k), current_date - d, 'person', 'edited-person', 'person', ${readers.organiser}, 'Ida Nordby', p.id, p.name
    FROM generate_series(0, ${size.auditDays - 1}) d CROSS JOIN generate_series(1, 28) k JOIN people p ON p.id = ${seniors.first}::int + (d * 28 + k) % ${seniors.count}::int`);
}

/** Replies that calendars sent, one proposal for every hundredth event of a week. */
export async function addCalendarReplies({ ctx, readers }: WithEvents): Promise<void> {
  await ctx.db.execute(sql`
    INSERT INTO calendar_replies (event_id, person_id, kind, proved, said, sequence, stamp, outcome, received_at, created_at)
    SELECT id, ${readers.guest}, 'answer', true, 'yes', 0, created_at, 'counted', created_at, created_at FROM events WHERE state = 'published'`);
}
