// Work that comes round.
import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';

/** Work that comes round: when it was last begun, by the database's clock. */
export const chores = pgTable('chores', {
  name: text().primaryKey(),
  begunAt: instant().notNull(),
});
