// Formats and their versions.
import { boolean, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { FormatContent } from '../../domain/run-of-show/format.ts';
import { createdAt, id, instant } from '../columns.ts';
import { people } from './people.ts';

/** A format of the library; a built-in one has a row once an event was made from it, or somebody edited it. */
export const formats = pgTable('formats', {
  id: id(),
  slug: text().notNull().unique(),
  /** Name of the format it was copied from. */
  copiedFrom: text(),
  /** Since when no event can be planned with it. */
  archivedAt: instant(),
  createdAt: createdAt(),
});

/** Versions of a format, which are never changed: an edit adds one. */
export const formatVersions = pgTable(
  'format_versions',
  {
    id: id(),
    formatId: integer()
      .notNull()
      .references(() => formats.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    content: jsonb().$type<FormatContent>().notNull(),
    /** Content as the program brings it, not an organiser's. */
    isBuiltIn: boolean().notNull().default(false),
    madeById: integer().references(() => people.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    unique('format_versions_number_key').on(t.formatId, t.number),
    index('format_versions_made_by_idx').on(t.madeById),
  ],
);
