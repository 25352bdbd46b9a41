// Trends, who wants to know or can tell, and the skills that trends want and talents have.
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

/**
 * How many active people of each side want to know about a trend, and how many can tell. Triggers keep them, whoever writes
 * an interest or a person (migration voting_skills_and_counts); no row: nobody yet.
 */
export const trendCounts = pgTable('trend_counts', {
  trendId: integer()
    .primaryKey()
    .references(() => trends.id, { onDelete: 'cascade' }),
  seniors: integer().notNull().default(0),
  talents: integer().notNull().default(0),
  tell: integer().notNull().default(0),
});

/** Skills in a few words, a list that grows as people name new ones; `folded` is the same for all spellings of one. */
export const skills = pgTable(
  'skills',
  { id: id(), word: text().notNull(), folded: text().notNull() },
  (t) => [uniqueIndex('skills_folded_key').on(t.folded)],
);

const toSkill = () =>
  integer()
    .notNull()
    .references(() => skills.id, { onDelete: 'cascade' });

/** Skills that young talents say they have. */
export const personSkills = pgTable('person_skills', { personId: toPerson(), skillId: toSkill() }, (t) => [
  primaryKey({ columns: [t.personId, t.skillId] }),
  index('person_skills_skill_idx').on(t.skillId),
]);

/** Skills of which somebody in the team of a trend is to have each. */
export const trendSkills = pgTable(
  'trend_skills',
  {
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'cascade' }),
    skillId: toSkill(),
  },
  (t) => [primaryKey({ columns: [t.trendId, t.skillId] }), index('trend_skills_skill_idx').on(t.skillId)],
);
