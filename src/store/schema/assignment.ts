// Giving trends to talents: the orders they wish for and with whom they work, the rules of a season, runs of the planner, the draft, and what was published.
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { DraftRow, PublishUndo } from '../../domain/teams/draft.ts';
import type { PublicReason, Why } from '../../domain/teams/reasons.ts';
import type { RunQuestion, RunResult } from '../../domain/teams/runs.ts';
import { createdAt, id, instant } from '../columns.ts';
import { programmes } from './events.ts';
import { people } from './people.ts';
import { toPerson, toPersonOrNull, toProgramme } from './refs.ts';
import { teams } from './teams.ts';
import { trends } from './trends.ts';

const toTrendOrNull = () => integer().references(() => trends.id, { onDelete: 'set null' });
const toTeamOrNull = () => integer().references(() => teams.id, { onDelete: 'set null' });

/** How a season gives its trends, and where its draft stands. */
export const assignmentRounds = pgTable(
  'assignment_rounds',
  {
    programmeId: integer()
      .primaryKey()
      .references(() => programmes.id, { onDelete: 'cascade' }),
    /** Last day of ranking, and the day on which everybody hears; null while nobody has said so. */
    rankingClosesOn: date(),
    toldOn: date(),
    /** Members of a team, at least and at most. */
    least: smallint().notNull().default(2),
    most: smallint().notNull().default(3),
    mixesDepartments: boolean().notNull().default(true),
    rule: text({ enum: ['fairest', 'most-firsts', 'firsts-fair'] })
      .notNull()
      .default('fairest'),
    /** Decides between equals: the same number gives the same result. */
    seed: integer().notNull().default(1),
    /** Rises with every change of the draft or its rules, so that two organisers at once lose nothing. */
    revision: integer().notNull().default(0),
    changedById: toPersonOrNull(),
    /** The run that the draft comes from; changed where an organiser has changed or locked a place since. */
    runId: integer(),
    isProven: boolean().notNull().default(false),
    isChanged: boolean().notNull().default(false),
    /** Places as they were before the last change by hand. */
    undo: jsonb().$type<DraftRow[]>(),
    publishedAt: instant(),
    /** Until when publishing can be taken back, and how; null once it was, or before. */
    publishUndo: jsonb().$type<PublishUndo>(),
  },
  (t) => [index('assignment_rounds_changed_by_idx').on(t.changedById)],
);

/** One work of the planner, off the page that asked for it. Names of people stand in none of its columns. */
export const assignmentRuns = pgTable(
  'assignment_runs',
  {
    id: id(),
    programmeId: toProgramme(),
    /** `draft`: everybody, by all rules. `prices`: the same with some people elsewhere, once for each trend. */
    kind: text({ enum: ['draft', 'prices'] }).notNull(),
    state: text({ enum: ['working', 'done', 'refused', 'stopped', 'failed'] }).notNull(),
    question: jsonb().$type<RunQuestion>().notNull(),
    result: jsonb().$type<RunResult>(),
    /** How far it is: parts done, and the numbers of the part it is at, as domain/teams/runs `progressIn` reads them. */
    done: smallint().notNull().default(0),
    sentence: text().notNull().default(''),
    /** An organiser keeps the best so far. */
    isKept: boolean().notNull().default(false),
    /** The process at work; another one that takes its place is the only one that writes. */
    run: text(),
    /** People whose other trends are priced. */
    about: jsonb().$type<number[]>().notNull().default([]),
    /** The revision of the round it began from. */
    roundRevision: integer().notNull(),
    createdById: toPersonOrNull(),
    createdAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [
    index('assignment_runs_programme_idx').on(t.programmeId, t.kind),
    index('assignment_runs_created_by_idx').on(t.createdById),
  ],
);

/** The draft: one row for each talent to be placed. */
export const draftPlaces = pgTable(
  'draft_places',
  {
    programmeId: toProgramme(),
    personId: toPerson(),
    /** The team made by hand whose members stay together. */
    teamId: toTeamOrNull(),
    trendId: toTrendOrNull(),
    /** The tier of their ranks, from 0; null: not ranked, or no trend. */
    choice: smallint(),
    hasRanked: boolean().notNull(),
    isLocked: boolean().notNull().default(false),
    isByHand: boolean().notNull().default(false),
    why: jsonb().$type<Why[]>().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.programmeId, t.personId] }),
    index('draft_places_person_idx').on(t.personId),
    index('draft_places_trend_idx').on(t.trendId),
    index('draft_places_team_idx').on(t.teamId),
  ],
);

/** Published places: each talent's trend, and the reason that they read, which names nobody. */
export const placements = pgTable(
  'placements',
  {
    programmeId: toProgramme(),
    personId: toPerson(),
    teamId: toTeamOrNull(),
    trendId: toTrendOrNull(),
    choice: smallint(),
    reason: jsonb().$type<PublicReason>().notNull(),
    /** Whether the act of publishing put them into the team, so that taking it back takes them out. */
    joined: boolean().notNull().default(false),
    publishedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.programmeId, t.personId] }),
    index('placements_person_idx').on(t.personId),
    index('placements_trend_idx').on(t.trendId),
    index('placements_team_idx').on(t.teamId),
  ],
);

/** Null for a team's order; goes with its person. */
const toPersonIfAny = () => integer().references(() => people.id, { onDelete: 'cascade' });

/** One order for a season: of a person, or of a team that ranks together. Without trends: any is fine. */
export const rankings = pgTable(
  'rankings',
  {
    id: id(),
    programmeId: toProgramme(),
    personId: toPersonIfAny(),
    teamId: integer().references(() => teams.id, { onDelete: 'cascade' }),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('rankings_person_key').on(t.programmeId, t.personId),
    uniqueIndex('rankings_team_key').on(t.programmeId, t.teamId),
    index('rankings_person_idx').on(t.personId),
    index('rankings_team_idx').on(t.teamId),
  ],
);

/** Trends of an order by tier, from 0; trends of one tier are level. */
export const rankedTrends = pgTable(
  'ranked_trends',
  {
    rankingId: integer()
      .notNull()
      .references(() => rankings.id, { onDelete: 'cascade' }),
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'cascade' }),
    tier: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.rankingId, t.trendId] }), index('ranked_trends_trend_idx').on(t.trendId)],
);

/** Wishes about working together: of a person, or set by organisers. Only the person and organisers see them. */
export const teamWishes = pgTable(
  'team_wishes',
  {
    programmeId: toProgramme(),
    personId: toPerson(),
    otherId: toPerson(),
    setBy: text({ enum: ['person', 'organiser'] }).notNull(),
    kind: text({ enum: ['with', 'not-with'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.programmeId, t.personId, t.otherId, t.setBy] }),
    index('team_wishes_person_idx').on(t.personId),
    index('team_wishes_other_idx').on(t.otherId),
  ],
);
