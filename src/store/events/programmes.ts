import { desc } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { prepared } from '../prepared.ts';
import { programmes } from '../schema/index.ts';

export type Programme = typeof programmes.$inferSelect;

const latest = prepared((db) =>
  db.select().from(programmes).orderBy(desc(programmes.id)).limit(1).prepare('current_programme'),
);

/** The season that is on: the newest programme, or nothing before set-up. */
export async function current(db: Db): Promise<Programme | null> {
  const [row] = await latest(db).execute();
  return row ?? null;
}

export async function add(db: Db, values: typeof programmes.$inferInsert): Promise<Programme> {
  const [row] = await db.insert(programmes).values(values).returning();
  return row!;
}
