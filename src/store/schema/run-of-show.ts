// Topics of an event, and its blocks.
import { boolean, index, integer, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core';
import { id, instant } from '../columns.ts';
import { toEvent, toPersonOrNull } from './refs.ts';
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
    /** Wall clock 'HH:MM' at which it starts whatever came before; null: when the block before ends. */
    fixedAt: text(),
    /** A role or a name, and the person of the event, where one was chosen. */
    ledBy: text(),
    ledById: toPersonOrNull(),
    /** For the facilitator alone. */
    note: text(),
    /** On the projector. */
    screen: text(),
    /** The question of this round. */
    question: text(),
    /** A link, or the name of a file among the event's materials. */
    material: text(),
    /** Minutes it may be shortened to; null: it keeps its length. */
    shrinksTo: smallint(),
    mayDrop: boolean().notNull().default(false),
  },
  (t) => [unique('blocks_position_key').on(t.eventId, t.position), index('blocks_led_by_idx').on(t.ledById)],
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
