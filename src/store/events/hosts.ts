// Who hosts a table: members of its team, and once the event was held those of whom it is written down that they presented.
import { type SQL, sql } from 'drizzle-orm';

/**
 * Makes the people (`person_id`, `name`) at the table of a row of `topics` that the query calls `topic`, as the rows of a
 * subquery; `members` has those too who were to host and did not come.
 */
export function hostsOfTable(topic: string, who: 'presenters' | 'members' = 'presenters'): SQL {
  const t = sql.raw(topic);
  const written = sql`presentations w WHERE w.event_id = ${t}.event_id AND w.number = ${t}.number`;
  return sql`(
    SELECT m.person_id, p.name FROM team_members m JOIN people p ON p.id = m.person_id
    WHERE m.team_id = ${t}.team_id AND NOT EXISTS (SELECT FROM ${written})
    UNION ALL SELECT w.person_id, w.name FROM ${written}${who === 'members' ? sql`` : sql` AND w.presented`})`;
}
