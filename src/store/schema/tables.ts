// Table plans of an event: who sits where in each round, what is wished, and the planner at work.
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { DayChange, DayFacts } from '../../domain/tables/day.ts';
import type { DayOption, DayUndo } from '../../domain/tables/day-options.ts';
import type { PlanFigures, SeatUndo } from '../../domain/tables/plan.ts';
import type { Printed } from '../../domain/tables/prints.ts';
import type { PlanWork } from '../../domain/tables/seating.ts';
import { createdAt, id, instant } from '../columns.ts';
import { events } from './events.ts';
import { people } from './people.ts';
import { toEvent, toPerson, toPersonOrNull } from './refs.ts';

/** Plans of an event: the draft that organisers work on, and the published one that everyone else knows. */
export const tablePlans = pgTable(
  'table_plans',
  {
    id: id(),
    eventId: toEvent(),
    state: text({ enum: ['draft', 'published'] }).notNull(),
    rounds: smallint().notNull(),
    tables: smallint().notNull(),
    /** Rises with every change, so that two organisers who work at once lose nothing. */
    revision: integer().notNull().default(0),
    /** Figures of the planner; null of plans that were made by hand. */
    figures: jsonb().$type<PlanFigures>(),
    /** The last change, to be taken back. */
    undo: jsonb().$type<SeatUndo>(),
    /** People who came and left since the plan was published. */
    came: smallint().notNull().default(0),
    gone: smallint().notNull().default(0),
    /** How many meetings were new when it was published. */
    newMeetings: integer().notNull().default(0),
    changedAt: instant().notNull(),
  },
  (t) => [unique('table_plans_state_key').on(t.eventId, t.state)],
);

/** Seats of a plan, a row for each person. */
export const planSeats = pgTable(
  'plan_seats',
  {
    planId: integer()
      .notNull()
      .references(() => tablePlans.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    /** The table in each round; 0 where they have no seat. */
    tables: jsonb().$type<number[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planId, t.personId] }), index('plan_seats_person_idx').on(t.personId)],
);

/** Wishes of organisers: pairs apart or together, places that are locked, and seats that do not move. */
export const tableWishes = pgTable(
  'table_wishes',
  {
    id: id(),
    eventId: toEvent(),
    kind: text({ enum: ['apart', 'together', 'lock', 'stays'] }).notNull(),
    personId: toPerson(),
    /** The other one of a pair. */
    otherId: integer().references(() => people.id, { onDelete: 'cascade' }),
    /** The table of a lock; without a round it is for all of them. */
    tableNumber: smallint(),
    round: smallint(),
    createdAt: createdAt(),
  },
  (t) => [
    index('table_wishes_event_idx').on(t.eventId),
    index('table_wishes_person_idx').on(t.personId),
    index('table_wishes_other_idx').on(t.otherId),
  ],
);

/** An organiser's own number of tables and seats; where nothing is set it is proposed. */
export const tableSettings = pgTable('table_settings', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  tables: smallint(),
  mostSeats: smallint(),
});

/** The planner at work for an event, and what came of it until it is taken or not. */
export const seatings = pgTable('seatings', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  /** The last of several runs: it alone may write. */
  run: text().notNull(),
  state: text({ enum: ['working', 'keeping', 'stopping', 'asks', 'refused', 'failed'] }).notNull(),
  /** True: everybody anew; false: holes of the plan are filled, and as few as possible move. */
  isAfresh: boolean().notNull(),
  /** The draft's revision when it began; another one means that somebody changed it meanwhile. */
  draftRevision: integer().notNull(),
  work: jsonb().$type<PlanWork>().notNull(),
  startedAt: instant().notNull(),
  /** The last sign of life. */
  beatAt: instant().notNull(),
});

/** Differences of the day of an event from its list of guests. */
export const tableDays = pgTable('table_days', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  /** Rises with every change. */
  revision: integer().notNull().default(0),
  facts: jsonb().$type<DayFacts>().notNull(),
});

/** People who came without an account, by a plain name. */
export const walkIns = pgTable(
  'walk_ins',
  {
    id: id(),
    eventId: toEvent(),
    name: text().notNull(),
    side: text({ enum: ['talent', 'senior'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('walk_ins_event_idx').on(t.eventId)],
);

/** Their seats of a plan, as `plan_seats` has those of people. */
export const walkInSeats = pgTable(
  'walk_in_seats',
  {
    planId: integer()
      .notNull()
      .references(() => tablePlans.id, { onDelete: 'cascade' }),
    walkInId: integer()
      .notNull()
      .references(() => walkIns.id, { onDelete: 'cascade' }),
    tables: jsonb().$type<number[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planId, t.walkInId] }), index('walk_in_seats_idx').on(t.walkInId)],
);

/** New seats proposed on the day: worked out beforehand or when a change was reported, and what was accepted. */
export const seatProposals = pgTable(
  'seat_proposals',
  {
    id: id(),
    eventId: toEvent(),
    /** The change by its key, see domain/tables/day. */
    key: text().notNull(),
    change: jsonb().$type<DayChange>().notNull(),
    /** The plan and the day it was made for: once they differ it holds no more. */
    situation: text().notNull(),
    options: jsonb().$type<DayOption[]>().notNull(),
    /** Why there is no plan, where there is none. */
    sentences: jsonb().$type<string[]>().notNull().default([]),
    madeAt: instant().notNull(),
    accepted: text(),
    acceptedAt: instant(),
    acceptedById: toPersonOrNull(),
    /** How to take it back while nothing else has changed; and that it was. */
    undo: jsonb().$type<DayUndo>(),
    undoneAt: instant(),
  },
  (t) => [
    unique('seat_proposals_key').on(t.eventId, t.situation, t.key),
    index('seat_proposals_by_idx').on(t.acceptedById),
  ],
);

/** The last print of each kind of sheet: when, and fingerprints of what stood on it. */
export const planPrints = pgTable(
  'plan_prints',
  {
    eventId: toEvent(),
    sheet: text({ enum: ['place-cards', 'cards', 'tables', 'finder', 'wall'] }).notNull(),
    printedAt: instant().notNull(),
    printed: jsonb().$type<Printed>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.sheet] })],
);

/** Links to join the tables of an event online, each shown to the people of that table alone. */
export const tableLinks = pgTable(
  'table_links',
  {
    eventId: toEvent(),
    /** The table's number, from 1. */
    number: smallint().notNull(),
    url: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.number] })],
);
