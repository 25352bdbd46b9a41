import { inArray } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { trends } from '../schema/index.ts';

/** The sentences of trends by number; one query also where there are none, so that a page asks the same each time. */
export async function sentencesById(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: trends.id, sentence: trends.sentence })
    .from(trends)
    .where(inArray(trends.id, [0, ...ids]));
  return new Map(rows.map(({ id, sentence }) => [id, sentence]));
}
