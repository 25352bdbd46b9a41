// Research teams and their members.
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from '../columns.ts';
import { toPerson } from './refs.ts';
import { trends } from './trends.ts';

export const teams = pgTable(
  'teams',
  {
    id: id(),
    name: text().notNull(),
    trendId: integer().references(() => trends.id, { onDelete: 'set null' }),
    formKey: uuid(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('teams_form_key').on(t.formKey), index('teams_trend_idx').on(t.trendId)],
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
