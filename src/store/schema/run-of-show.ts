// The blocks of an event and its topics.
import { index, integer, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core';
import { id, instant } from '../columns.ts';
import { toEvent } from './refs.ts';
import { teams } from './teams.ts';
import { trends } from './trends.ts';

export const blocks = pgTable(
  'blocks',
  {
    id: id(),
    eventId: toEvent(),
    position: smallint().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    minutes: smallint().notNull(),
  },
  (t) => [unique('blocks_position_key').on(t.eventId, t.position)],
);

/** Topics of an event: a numbered table (or the one topic of a room), its trend and its team. */
export const topics = pgTable(
  'topics',
  {
    id: id(),
    eventId: toEvent(),
    number: smallint().notNull(),
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'restrict' }),
    teamId: integer().references(() => teams.id, { onDelete: 'set null' }),
    /** Since when guests can choose it; null where it was there before this was kept. */
    shownAt: instant(),
  },
  (t) => [
    unique('topics_number_key').on(t.eventId, t.number),
    index('topics_trend_idx').on(t.trendId),
    index('topics_team_idx').on(t.teamId),
  ],
);
