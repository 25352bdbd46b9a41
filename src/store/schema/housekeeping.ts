// Work that comes round, and rows of the demo programme.
import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';

/** Work that comes round: when it was last begun, by the database's clock. */
export const chores = pgTable('chores', {
  name: text().primaryKey(),
  begunAt: instant().notNull(),
});

/** Rows of the demo programme, so that its removal removes exactly those. */
export const demoRows = pgTable(
  'demo_rows',
  {
    tableName: text().notNull(),
    rowId: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tableName, t.rowId] })],
);
