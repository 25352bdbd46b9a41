import { and, asc, eq, gt, inArray, isNull, not, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { lastNameOf, letters, people, ruleAcceptances } from '../schema/index.ts';

/** Records that this person accepts; a second time changes nothing. */
export async function accept(
  db: Db,
  acceptance: { programmeId: number; personId: number; acceptedAt: Temporal.Instant },
): Promise<void> {
  await db.insert(ruleAcceptances).values(acceptance).onConflictDoNothing();
}

const accepted = (programmeId: number) =>
  sql`EXISTS (SELECT FROM rule_acceptances a WHERE a.person_id = people.id AND a.programme_id = ${programmeId})`;

/** Counts people who can sign in: all, and those who have not accepted. */
export async function countAcceptances(
  db: Db,
  programmeId: number,
): Promise<{ people: number; missing: number }> {
  // Counted apart: a look for each person's acceptance costs ten times as much.
  const [row] = await db.execute<{ people: number; accepted: number }>(sql`
    SELECT (SELECT count(*) FROM people WHERE disabled_at IS NULL)::int AS people,
      (SELECT count(*) FROM rule_acceptances a JOIN people p ON p.id = a.person_id
        WHERE a.programme_id = ${programmeId} AND p.disabled_at IS NULL)::int AS accepted`);
  return { people: row!.people, missing: row!.people - row!.accepted };
}

/** People who have not accepted, by last name. */
export async function withoutAcceptance(
  db: Db,
  programmeId: number,
  { offset = 0, limit = 100_000 }: { offset?: number; limit?: number } = {},
) {
  return db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      side: people.side,
      department: people.department,
    })
    .from(people)
    .where(and(isNull(people.disabledAt), not(accepted(programmeId))))
    .orderBy(asc(lastNameOf(people.name)), asc(people.id))
    .offset(offset)
    .limit(limit);
}

/** Finds those of these people to whom a reminder was written after this moment. */
export async function remindedSince(tx: Db, ids: number[], since: Temporal.Instant): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: letters.personId })
    .from(letters)
    .where(
      and(inArray(letters.personId, ids), eq(letters.kind, 'ground-rules'), gt(letters.createdAt, since)),
    );
  return new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
}

/** Says whether this person has accepted the ground rules of a season. */
export async function hasAccepted(db: Db, programmeId: number, personId: number): Promise<boolean> {
  const [row] = await db
    .select({ personId: ruleAcceptances.personId })
    .from(ruleAcceptances)
    .where(and(eq(ruleAcceptances.programmeId, programmeId), eq(ruleAcceptances.personId, personId)));
  return row !== undefined;
}
