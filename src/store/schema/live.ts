// An evening as it runs: its presses, the state that follows from them, and the minutes that blocks took.
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
import type { LivePlan, LiveState, Press } from '../../domain/live/state.ts';
import { id, instant } from '../columns.ts';
import { events } from './events.ts';
import { toEvent, toPersonOrNull } from './refs.ts';

/** The run of an event, from the press on Start: its plan as copied then, and the state after all presses. */
export const liveRuns = pgTable('live_runs', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  plan: jsonb().$type<LivePlan>().notNull(),
  state: jsonb().$type<LiveState>().notNull(),
});

/** Every press once, by the key its phone gave it; what was taken back counts no more. */
export const livePresses = pgTable(
  'live_presses',
  {
    id: id(),
    eventId: toEvent(),
    key: text().notNull(),
    press: jsonb().$type<Press>().notNull(),
    /** When it arrived: it can be taken back for ten seconds from then on. */
    arrivedAt: instant().notNull(),
    byId: toPersonOrNull(),
    takenBackAt: instant(),
    takenBackById: toPersonOrNull(),
  },
  (t) => [
    unique('live_presses_key').on(t.eventId, t.key),
    index('live_presses_by_idx').on(t.byId),
    index('live_presses_taken_back_by_idx').on(t.takenBackById),
  ],
);

/** Planned and actual minutes of each block of an evening. */
export const blockMinutes = pgTable(
  'block_minutes',
  {
    eventId: toEvent(),
    position: smallint().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    planned: smallint().notNull(),
    startedAt: instant(),
    /** When a press ended it; null where none did, so that it counts in no median. */
    endedAt: instant(),
    /** Seconds it took, without those for which its clock stood still; null where they were not measured. */
    seconds: integer(),
    isDropped: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.position] })],
);

/** Everything of a rehearsal: it is in this one row, and goes with it. */
export interface RehearsalContent {
  plan: LivePlan;
  state: LiveState;
  presses: { press: Press; arrivedAt: number; byId: number; takenBack: boolean }[];
  /** States of questions, by their id, where they differ from the event's. */
  questions: Record<string, string>;
  /** People who wonder in the rehearsal, by question. */
  votes: Record<string, number[]>;
  notes: { key: string; table: number; kind: string; text: string }[];
}

/** A rehearsal of an event that is going on. */
export const rehearsals = pgTable('rehearsals', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  content: jsonb().$type<RehearsalContent>().notNull(),
  revision: integer().notNull().default(1),
  startedAt: instant().notNull(),
});
