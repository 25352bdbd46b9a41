import { eq } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { people } from '../schema/index.ts';

/** Puts a new feed address in the place of the old one, which is gone at once; null takes it away. */
export async function replace(db: Db, personId: number, tokenHash: string | null): Promise<void> {
  await db.update(people).set({ feedTokenHash: tokenHash }).where(eq(people.id, personId));
}

/** The same for an organiser's address of all events of the programme. */
export async function replaceProgramme(db: Db, personId: number, tokenHash: string | null): Promise<void> {
  await db.update(people).set({ programmeFeedTokenHash: tokenHash }).where(eq(people.id, personId));
}
