import { and, asc, count, desc, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { type AuditFilter, type AuditKind, auditFilters, auditKinds } from '../../domain/audit/acts.ts';
import { fold } from '../../domain/people/words.ts';
import { foldedText } from '../folded-text.ts';
import { auditLog, people } from '../schema/index.ts';

export interface LogFilter {
  find: string;
  only: AuditFilter | '';
  /** Days, 'YYYY-MM-DD'; both are included. */
  from: string;
  until: string;
  /** Finds the subjects stored as keys whose words hold this one. */
  subjectsWith: (word: string) => string[];
}

/** Counts the same act of the same day in its one row. */
export async function add(tx: Tx, entry: typeof auditLog.$inferInsert): Promise<void> {
  await tx
    .insert(auditLog)
    .values(entry)
    .onConflictDoUpdate({ target: auditLog.key, set: { times: sql`${auditLog.times} + excluded.times` } });
}

const searched = foldedText(sql`${auditLog.actor} || ' ' || ${auditLog.subject}`);

function matching(filter: LogFilter): SQL | undefined {
  const words = fold(filter.find)
    .split(' ')
    .filter((word) => word !== '');
  return and(
    ...words.map((word) =>
      or(sql`${searched} LIKE ${`%${word}%`}`, inArray(auditLog.subject, filter.subjectsWith(word))),
    ),
    filter.only ? inArray(auditLog.kind, [...auditFilters[filter.only]]) : undefined,
    filter.from ? gte(auditLog.day, filter.from) : undefined,
    filter.until ? lte(auditLog.day, filter.until) : undefined,
  );
}

/** Within a day by kind and name, never by time: the order would tell when somebody signed in. */
const inOrder = [
  desc(auditLog.day),
  asc(sql`array_position(${sql.param([...auditKinds])}::text[], ${auditLog.kind})`),
  asc(sql`${auditLog.actor} COLLATE "und-x-icu"`),
  asc(auditLog.act),
  asc(sql`${auditLog.subject} COLLATE "und-x-icu"`),
  asc(auditLog.key),
];

const columns = {
  day: auditLog.day,
  kind: auditLog.kind,
  act: auditLog.act,
  by: auditLog.by,
  actor: auditLog.actor,
  side: people.side,
  subject: auditLog.subject,
  numbers: auditLog.numbers,
  times: auditLog.times,
};

export type Entry = Awaited<ReturnType<typeof list>>[number];

/** Entries of the newest day first, from `offset` on. */
export async function list(db: Db, filter: LogFilter, page: { offset: number; limit?: number }) {
  const query = db
    .select(columns)
    .from(auditLog)
    .leftJoin(people, sql`${people.id} = ${auditLog.actorId}`)
    .where(matching(filter))
    .orderBy(...inOrder)
    .offset(page.offset);
  return page.limit === undefined ? query : query.limit(page.limit);
}

/** Entries of each kind, whatever kind is looked at. */
export async function countByKind(db: Db, filter: LogFilter): Promise<Map<AuditKind, number>> {
  const rows = await db
    .select({ kind: auditLog.kind, n: count() })
    .from(auditLog)
    .where(matching({ ...filter, only: '' }))
    .groupBy(auditLog.kind);
  return new Map(rows.map(({ kind, n }) => [kind, n]));
}

/** Names that occur in the log, to find the nearest one. */
export async function names(db: Db): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    SELECT actor AS name FROM audit_log WHERE actor_id IS NOT NULL
    UNION SELECT subject FROM audit_log WHERE subject_id IS NOT NULL`);
  return rows.map(({ name }) => name);
}

export async function removeBefore(db: Db, day: string): Promise<void> {
  await db.delete(auditLog).where(lt(auditLog.day, day));
}
