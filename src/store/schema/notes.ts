// Notes of the tables of an event, who speaks in the harvest, and the one sentence a guest keeps for themselves.
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
  uuid,
} from 'drizzle-orm/pg-core';
import { noteKinds } from '../../domain/notes/notes.ts';
import { bytea } from '../columns.ts';
import { events } from './events.ts';
import { toEvent, toPerson } from './refs.ts';

/** Notes of what was said at a table: no person, and the day in place of a time. */
export const tableNotes = pgTable(
  'table_notes',
  {
    /** Chance alone, from the phone that sends it: sent twice, a note is stored once. */
    id: uuid().primaryKey(),
    eventId: toEvent(),
    /** 0 is the whole room, where an event has no tables. */
    tableNumber: smallint().notNull(),
    /** Its round, from 1. */
    round: smallint().notNull(),
    kind: text({ enum: noteKinds }).notNull(),
    /** '' once it was deleted: its id stays, so that a retry that comes late brings nothing back. */
    text: text().notNull(),
    /** Its place among those of its table, from 1. */
    position: smallint().notNull(),
    /** The table says this one aloud in the harvest. */
    isSaid: boolean().notNull().default(false),
    /** The day at the place of the event. */
    day: date().notNull(),
  },
  (t) => [index('table_notes_event_idx').on(t.eventId, t.tableNumber, t.position)],
);

/** The harvest of an event. */
export const harvests = pgTable('harvests', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  /** Tables in the order in which they speak, as it was when the first began; empty before. */
  tableOrder: jsonb().$type<number[]>().notNull().default([]),
  /** Since this day hosts change their notes no more. */
  closedOn: date(),
});

/** The sentence a guest keeps for themselves, encrypted under the secret, which no database holds. */
export const ownSentences = pgTable(
  'own_sentences',
  {
    eventId: toEvent(),
    personId: toPerson(),
    sealed: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.personId] }), index('own_sentences_person_idx').on(t.personId)],
);
