import { and, eq, gt, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { people } from '../schema/index.ts';

/** Rows read at once: few enough that taking them in keeps no page waiting. */
const rowsAtOnce = 1000;

/** Everyone, as a list is held against them; `updatedAt` tells whether somebody edited them since. */
export async function everyone(db: Db) {
  const all: Awaited<ReturnType<typeof nextAfter>> = [];
  for (let rows = await nextAfter(db, 0); rows.length > 0; rows = await nextAfter(db, rows.at(-1)!.id))
    all.push(...rows);
  return all;
}

async function nextAfter(db: Db, id: number) {
  const rows = await db
    .select({
      id: people.id,
      name: people.name,
      greeting: people.greeting,
      email: people.email,
      sharesAddress: people.sharesAddress,
      side: people.side,
      department: people.department,
      jobTitle: people.jobTitle,
      language: people.language,
      managerId: people.managerId,
      isOrganiser: people.isOrganiser,
      disabledAt: people.disabledAt,
      updatedAt: people.updatedAt,
    })
    .from(people)
    .where(gt(people.id, id))
    .orderBy(people.id)
    .limit(rowsAtOnce);
  return rows.map(({ disabledAt, ...person }) => ({ ...person, isDisabled: disabledAt !== null }));
}

export interface PersonToAdd {
  name: string;
  greeting: string;
  email: string;
  side: 'talent' | 'senior';
  department: string;
  jobTitle: string;
  language: string;
  sharesAddress: boolean;
}

/** As the columns keep it: cut off, where the database itself would round. */
const inMilliseconds = (at: Temporal.Instant) => at.toString({ smallestUnit: 'millisecond' });

/** Adds many in one statement, without managers; people whose address came in meanwhile are left alone. */
export async function addMany(
  tx: Tx,
  rows: PersonToAdd[],
  now: Temporal.Instant,
): Promise<{ id: number; email: string; name: string; sharesAddress: boolean }[]> {
  const at = inMilliseconds(now);
  const added = await tx.execute<{ id: number; email: string; name: string; sharesAddress: boolean }>(sql`
    INSERT INTO people (name, greeting, email, side, department, job_title, language, shares_address, has_own_uids,
      created_at, updated_at)
    SELECT r.name, r.greeting, r.email, r.side, r.department, r."jobTitle", r.language, r."sharesAddress", r."sharesAddress",
      ${at}::timestamptz, ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(name text, greeting text, email text, side text, department text, "jobTitle" text, language text,
        "sharesAddress" bool)
    ON CONFLICT DO NOTHING
    RETURNING id, email, name, shares_address AS "sharesAddress"`);
  return [...added];
}

export async function setManagers(tx: Tx, rows: { id: number; managerId: number }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    UPDATE people SET manager_id = (SELECT m.id FROM people m WHERE m.id = r."managerId")
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id int, "managerId" int)
    WHERE people.id = r.id`);
}

export interface PersonToChange extends Omit<PersonToAdd, 'email' | 'sharesAddress'> {
  id: number;
  managerId: number | null;
  /** Written only while nobody has edited the person since; null: in any case. */
  seenAt: Temporal.Instant | null;
}

/**
 * Writes many in one statement and returns the ids of those it wrote. Role and state stay; a manager who is gone is
 * nobody.
 */
export async function changeMany(tx: Tx, rows: PersonToChange[], now: Temporal.Instant): Promise<number[]> {
  if (rows.length === 0) return [];
  const changed = await tx.execute<{ id: number }>(sql`
    UPDATE people SET name = r.name, greeting = coalesce(r.greeting, people.greeting), side = r.side, department = r.department, job_title = r."jobTitle",
      language = r.language, updated_at = ${inMilliseconds(now)}::timestamptz,
      manager_id = (SELECT m.id FROM people m WHERE m.id = r."managerId")
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id int, name text, greeting text, side text, department text, "jobTitle" text, language text, "managerId" int,
        "seenAt" timestamptz)
    WHERE people.id = r.id AND (r."seenAt" IS NULL OR people.updated_at = r."seenAt")
    RETURNING people.id`);
  return changed.map(({ id }) => id);
}

/** People an import wrote, held until the end of the transaction, with what happened to them since. */
export async function writtenBy(tx: Tx, importId: number) {
  const rows = await tx.execute<{
    id: number;
    kind: 'added' | 'changed';
    before: PersonBefore | null;
    touched: boolean;
  }>(sql`
    SELECT p.id, c.kind, c.before, p.updated_at <> c.written_at
      OR EXISTS (SELECT FROM rsvps r WHERE r.person_id = p.id AND (c.kind = 'added' OR r.invited_at > c.written_at))
      OR c.kind = 'added' AND (
        EXISTS (SELECT FROM sessions s WHERE s.person_id = p.id)
        OR EXISTS (SELECT FROM team_members t WHERE t.person_id = p.id)
        OR EXISTS (SELECT FROM trends t WHERE t.proposer_id = p.id)
        OR EXISTS (SELECT FROM trend_interests t WHERE t.person_id = p.id)
        OR EXISTS (SELECT FROM questions q WHERE q.author_id = p.id)
        OR EXISTS (SELECT FROM question_votes v WHERE v.person_id = p.id)
        OR EXISTS (SELECT FROM events e WHERE e.organiser_id = p.id)
        OR EXISTS (SELECT FROM imports i WHERE i.created_by_id = p.id)
      ) AS touched
    FROM import_changes c JOIN people p ON p.id = c.person_id
    WHERE c.import_id = ${importId}
    FOR UPDATE OF p`);
  return [...rows];
}

/** A person's fields before an import changed them. */
export type PersonBefore = Omit<PersonToChange, 'id' | 'seenAt'>;

/** Finds those of these people who manage somebody not among them. */
export async function managersOfOthers(tx: Tx, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: people.managerId })
    .from(people)
    .where(and(inArray(people.managerId, ids), notInArray(people.id, ids)));
  return rows.map(({ id }) => id!);
}

export async function removeMany(tx: Tx, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.delete(people).where(inArray(people.id, ids));
}

/** How many there are now, by side, those who are disabled left out. */
export async function countActive(db: Db): Promise<{ talents: number; seniors: number }> {
  const rows = await db
    .select({ side: people.side, n: sql<number>`count(*)::int` })
    .from(people)
    .where(isNull(people.disabledAt))
    .groupBy(people.side);
  const of = (side: 'talent' | 'senior') => rows.find((row) => row.side === side)?.n ?? 0;
  return { talents: of('talent'), seniors: of('senior') };
}

/** How many of those an import added have never been invited to anything. */
export async function countUninvited(db: Db, importId: number): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM import_changes c JOIN people p ON p.id = c.person_id
    WHERE c.import_id = ${importId} AND c.kind = 'added' AND p.disabled_at IS NULL
      AND NOT EXISTS (SELECT FROM rsvps r WHERE r.person_id = p.id AND r.invited_at IS NOT NULL)`);
  return row?.n ?? 0;
}

/** The organisers who are not disabled, held until the end of the transaction so that two cannot take each other's role at once. */
export async function lockOrganisers(tx: Tx): Promise<number[]> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.isOrganiser, true), isNull(people.disabledAt)))
    .orderBy(people.id)
    .for('update');
  return rows.map(({ id }) => id);
}
