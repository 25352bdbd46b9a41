// Imports of people and trends, and what they changed.
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from '../columns.ts';
import { toPerson } from './refs.ts';

export const imports = pgTable(
  'imports',
  {
    id: id(),
    kind: text({ enum: ['people', 'trends'] }).notNull(),
    state: text({ enum: ['preview', 'working', 'done', 'stopped', 'failed', 'undone'] }).notNull(),
    fileName: text().notNull(),
    bytes: bytea(),
    /** Field of each column of the file, and for trends the rows that were chosen. */
    choices: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    total: integer().notNull().default(0),
    done: integer().notNull().default(0),
    sentence: text().notNull().default(''),
    result: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** The run at work: one that is started anew takes its place, and the one before writes nothing more. */
    run: text(),
    createdById: toPerson(),
    createdAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [index('imports_created_by_idx').on(t.createdById)],
);

/** Changes of an import of people, so that it can be undone for seven days. */
export const importChanges = pgTable(
  'import_changes',
  {
    importId: integer()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    kind: text({ enum: ['added', 'changed'] }).notNull(),
    before: jsonb().$type<Record<string, unknown>>(),
    writtenAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.personId] }),
    index('import_changes_person_idx').on(t.personId),
  ],
);
