// Research teams, their members, and what a team does on a trend.
import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from '../columns.ts';
import { toPerson, toPersonOrNull, toSeason } from './refs.ts';
import { trends } from './trends.ts';

export const teams = pgTable(
  'teams',
  {
    id: id(),
    programmeId: toSeason(),
    name: text().notNull(),
    trendId: integer().references(() => trends.id, { onDelete: 'set null' }),
    /** Young talents may join and leave it themselves; members at least and at most. */
    isOpen: boolean().notNull().default(false),
    least: smallint().notNull().default(2),
    most: smallint().notNull().default(3),
    formKey: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('teams_form_key').on(t.formKey),
    index('teams_trend_idx').on(t.trendId),
    index('teams_programme_idx').on(t.programmeId),
  ],
);

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: integer()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: toPerson(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.personId] }), index('team_members_person_idx').on(t.personId)],
);

/** Work of one team on one trend: its steps, brief, links and files. It stays with the trend when the team is deleted. */
export const research = pgTable(
  'research',
  {
    id: id(),
    teamId: integer().references(() => teams.id, { onDelete: 'set null' }),
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('research_team_trend').on(t.teamId, t.trendId),
    index('research_trend_idx').on(t.trendId),
  ],
);

const toResearch = () =>
  integer()
    .notNull()
    .references(() => research.id, { onDelete: 'cascade' });

/** Steps that were ticked. */
export const researchSteps = pgTable(
  'research_steps',
  {
    researchId: toResearch(),
    step: text({ enum: ['researched', 'brief', 'rehearsed'] }).notNull(),
    doneAt: instant().notNull(),
    doneById: toPersonOrNull(),
  },
  (t) => [
    primaryKey({ columns: [t.researchId, t.step] }),
    index('research_steps_done_by_idx').on(t.doneById),
  ],
);

/** Every text a brief had, numbered from 1; the last one is the brief. */
export const briefVersions = pgTable(
  'brief_versions',
  {
    id: id(),
    researchId: toResearch(),
    number: integer().notNull(),
    text: text().notNull(),
    words: integer().notNull(),
    authorId: toPersonOrNull(),
    /** Number of the version its author began with; 0: an empty page. Others were saved meanwhile where it is not the one before. */
    begunWith: integer().notNull(),
    savedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('brief_versions_number').on(t.researchId, t.number),
    index('brief_versions_author_idx').on(t.authorId),
  ],
);

export const researchLinks = pgTable(
  'research_links',
  {
    id: id(),
    researchId: toResearch(),
    url: text().notNull(),
    title: text().notNull(),
    addedById: toPersonOrNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('research_links_research_idx').on(t.researchId),
    index('research_links_added_by_idx').on(t.addedById),
  ],
);
