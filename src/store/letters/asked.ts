import { and, eq, gte, inArray, not } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { letters } from '../schema/index.ts';

/** Kinds of e-mails that ask their reader for something. */
const askingKinds = [
  'choose-dates',
  'ground-rules',
  'rank-trends',
  'invitation',
  'invitation-host',
  'reminder',
  'wondering',
];

/** Finds which of these people were written an e-mail that asks for something since then. */
export async function askedSince(db: Db, personIds: number[], since: Temporal.Instant): Promise<Set<number>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ personId: letters.personId })
    .from(letters)
    .where(
      and(
        inArray(letters.personId, personIds),
        inArray(letters.kind, askingKinds),
        gte(letters.createdAt, since),
        not(eq(letters.state, 'cancelled')),
      ),
    );
  return new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])));
}
