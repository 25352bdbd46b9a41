import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { tableSettings, tableWishes } from '../schema/index.ts';

export type TableWish = typeof tableWishes.$inferSelect;
export type NewTableWish = typeof tableWishes.$inferInsert;

/** Wishes of an event, the first one first. */
export async function wishesOf(db: Db, eventId: number): Promise<TableWish[]> {
  return db.select().from(tableWishes).where(eq(tableWishes.eventId, eventId)).orderBy(asc(tableWishes.id));
}

export async function addWish(db: Db, wish: NewTableWish): Promise<void> {
  await db.insert(tableWishes).values(wish);
}

/** Removes a wish of this event; false where it has none of this number. */
export async function removeWish(db: Db, eventId: number, id: number): Promise<boolean> {
  const rows = await db
    .delete(tableWishes)
    .where(and(eq(tableWishes.id, id), eq(tableWishes.eventId, eventId)))
    .returning({ id: tableWishes.id });
  return rows.length > 0;
}

export interface TableSettings {
  tables: number | null;
  mostSeats: number | null;
}

export async function settingsOf(db: Db, eventId: number): Promise<TableSettings> {
  const [row] = await db
    .select({ tables: tableSettings.tables, mostSeats: tableSettings.mostSeats })
    .from(tableSettings)
    .where(eq(tableSettings.eventId, eventId));
  return row ?? { tables: null, mostSeats: null };
}

export async function setSettings(db: Db, eventId: number, settings: TableSettings): Promise<void> {
  await db
    .insert(tableSettings)
    .values({ eventId, ...settings })
    .onConflictDoUpdate({ target: tableSettings.eventId, set: settings });
}
