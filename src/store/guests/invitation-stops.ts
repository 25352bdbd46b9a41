import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { invitationStops, people } from '../schema/index.ts';

export type InvitationStop = typeof invitationStops.$inferSelect;

export async function find(db: Db, programmeId: number, personId: number): Promise<InvitationStop | null> {
  const [row] = await db
    .select()
    .from(invitationStops)
    .where(and(eq(invitationStops.programmeId, programmeId), eq(invitationStops.personId, personId)));
  return row ?? null;
}

/** Finds who of these people wants no more invitations of the programme. */
export async function among(db: Db, programmeId: number, personIds: number[]): Promise<Set<number>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .select({ personId: invitationStops.personId })
    .from(invitationStops)
    .where(and(eq(invitationStops.programmeId, programmeId), inArray(invitationStops.personId, personIds)));
  return new Set(rows.map(({ personId }) => personId));
}

/** The names of all who want no more invitations of the programme. */
export async function names(db: Db, programmeId: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ name: people.name })
    .from(invitationStops)
    .innerJoin(people, eq(people.id, invitationStops.personId))
    .where(eq(invitationStops.programmeId, programmeId))
    .orderBy(people.name, people.id)
    .limit(limit);
  return rows.map(({ name }) => name);
}

/** Notes the wish for no more invitations; asked again it stays as it was asked first, unless it is now asked on our page. */
export async function add(db: Db, stop: InvitationStop): Promise<void> {
  const wish = db.insert(invitationStops).values(stop);
  const target = [invitationStops.programmeId, invitationStops.personId];
  if (stop.way === 'one-click') await wish.onConflictDoNothing({ target });
  else await wish.onConflictDoUpdate({ target, set: { way: stop.way } });
}

export async function remove(db: Db, programmeId: number, personId: number): Promise<void> {
  await db
    .delete(invitationStops)
    .where(and(eq(invitationStops.programmeId, programmeId), eq(invitationStops.personId, personId)));
}
