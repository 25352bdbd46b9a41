// Orders of trends that people or teams wish for, and with whom they would like to work.
import { index, integer, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, instant } from '../columns.ts';
import { people } from './people.ts';
import { toPerson, toProgramme } from './refs.ts';
import { teams } from './teams.ts';
import { trends } from './trends.ts';

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
