// Files that people add, in pieces.
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id } from '../columns.ts';
import { toPersonOrNull } from './refs.ts';
import { research } from './teams.ts';

export const files = pgTable(
  'files',
  {
    id: id(),
    name: text().notNull(),
    /** MIME type, found out from the content. */
    type: text().notNull(),
    /** In bytes. */
    size: integer().notNull(),
    addedById: toPersonOrNull(),
    /** Work of a team that it belongs to; null: a material of the season. */
    researchId: integer().references(() => research.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [index('files_added_by_idx').on(t.addedById), index('files_research_idx').on(t.researchId)],
);

export const filePieces = pgTable(
  'file_pieces',
  {
    fileId: integer()
      .notNull()
      .references(() => files.id, { onDelete: 'cascade' }),
    /** From 0. */
    position: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.position] })],
);
