// Topics of an event and who presented them, its blocks, and the last change of these.
import { boolean, index, integer, jsonb, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core';
import { id, instant } from '../columns.ts';
import { events } from './events.ts';
import { toEvent, toPerson, toPersonOrNull } from './refs.ts';
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

/** The last change of an event's run of show, so that it can be undone at once: kept for a day. */
export const runChanges = pgTable(
  'run_changes',
  {
    eventId: integer()
      .primaryKey()
      .references(() => events.id, { onDelete: 'cascade' }),
    personId: toPersonOrNull(),
    changedAt: instant().notNull(),
    /** The change in a word: a key of its sentence. */
    kind: text().notNull(),
    /** The block it was about, or the minutes it took, as the sentence needs them. */
    about: jsonb().$type<Record<string, string | number>>().notNull().default({}),
    /** Rows of `blocks` before it. */
    before: jsonb().$type<Record<string, unknown>[]>().notNull(),
    /** Edition of the run of show after it. */
    after: text().notNull(),
  },
  (t) => [index('run_changes_person_idx').on(t.personId)],
);

/**
 * Members of the team that a table had when its event ended, written down then, so that nothing later takes it away; names
 * and sentence are as they were.
 */
export const presentations = pgTable(
  'presentations',
  {
    id: id(),
    eventId: toEvent(),
    /** Number of the table. */
    number: smallint().notNull(),
    trendId: integer().references(() => trends.id, { onDelete: 'set null' }),
    trend: text().notNull(),
    teamId: integer().references(() => teams.id, { onDelete: 'set null' }),
    team: text().notNull(),
    personId: toPerson(),
    name: text().notNull(),
    /** False for members who were not there, or who an organiser said did not present. */
    presented: boolean().notNull(),
    /** When an organiser put it right; since then the door changes nothing. */
    correctedAt: instant(),
  },
  (t) => [
    unique('presentations_place_key').on(t.eventId, t.number, t.personId),
    index('presentations_person_idx').on(t.personId),
    index('presentations_trend_idx').on(t.trendId),
    index('presentations_team_idx').on(t.teamId),
  ],
);
