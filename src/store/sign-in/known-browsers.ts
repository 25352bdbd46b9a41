import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { knownBrowsers, people } from '../schema/index.ts';

/** Remembers that this person signed in with the browser; the day is in UTC. */
export async function put(
  tx: Tx,
  browserHash: string,
  personId: number,
  now: Temporal.Instant,
): Promise<void> {
  const lastUsedOn = now.toString().slice(0, 10);
  await tx
    .insert(knownBrowsers)
    .values({ browserHash, personId, lastUsedOn })
    .onConflictDoUpdate({
      target: [knownBrowsers.browserHash, knownBrowsers.personId],
      set: { lastUsedOn },
    });
}

/** Whether the person with this address, in small letters, signed in with the browser before. */
export async function isKnown(db: Db, browserHash: string, email: string): Promise<boolean> {
  const rows = await db
    .select({ personId: knownBrowsers.personId })
    .from(knownBrowsers)
    .innerJoin(people, eq(people.id, knownBrowsers.personId))
    .where(
      and(
        eq(knownBrowsers.browserHash, browserHash),
        eq(sql`lower(${people.email})`, email),
        isNull(people.disabledAt),
      ),
    );
  return rows.length > 0;
}

/** Forgets browsers nobody signed in with since that day. */
export async function removeUnused(db: Db, before: Temporal.Instant): Promise<void> {
  await db.delete(knownBrowsers).where(lt(knownBrowsers.lastUsedOn, before.toString().slice(0, 10)));
}
