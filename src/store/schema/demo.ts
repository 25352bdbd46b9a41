// Rows of the demo programme.
import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Rows of the demo programme, so that its removal removes exactly those. */
export const demoRows = pgTable(
  'demo_rows',
  {
    tableName: text().notNull(),
    rowId: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tableName, t.rowId] })],
);
