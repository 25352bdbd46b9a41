// Trends, and who wants to know or can tell.
import {
  type AnyPgColumn,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from '../columns.ts';
import { toPerson, toPersonOrNull, toSeason } from './refs.ts';

export const trends = pgTable(
  'trends',
  {
    id: id(),
    programmeId: toSeason(),
    sentence: text().notNull(),
    detail: text().notNull().default(''),
    links: jsonb().$type<string[]>().notNull().default([]),
    state: text({ enum: ['proposed', 'shortlisted', 'parked', 'merged'] }).notNull(),
    parkedReason: text().notNull().default(''),
    mergedIntoId: integer().references((): AnyPgColumn => trends.id, { onDelete: 'set null' }),
    proposerId: toPersonOrNull(),
    /** Key of an imported trend: the radar's own name for it, folded; imported twice it is found again. */
    sourceKey: text(),
    ring: text().notNull().default(''),
    quadrant: text().notNull().default(''),
    formKey: uuid(),
    createdAt: createdAt(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('trends_source_key').on(t.programmeId, t.sourceKey),
    uniqueIndex('trends_form_key').on(t.formKey),
    index('trends_programme_idx').on(t.programmeId, t.state),
    index('trends_merged_into_idx').on(t.mergedIntoId),
    index('trends_proposer_idx').on(t.proposerId),
  ],
);

export const trendInterests = pgTable(
  'trend_interests',
  {
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    kind: text({ enum: ['want-to-know', 'can-tell'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.trendId, t.personId, t.kind] }),
    index('trend_interests_person_idx').on(t.personId),
  ],
);
