// Guests of an event: invitations, answers and needs.
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { BeforeNo } from '../../domain/guests/taking-back.ts';
import { id, instant } from '../columns.ts';

import { toEvent, toPerson, toPersonOrNull, toProgramme } from './refs.ts';

/** One row per event and person: the invitation and its answer. */
export const rsvps = pgTable(
  'rsvps',
  {
    id: id(),
    eventId: toEvent(),
    personId: toPerson(),
    state: text({ enum: ['invited', 'coming', 'waiting', 'maybe', 'declined', 'uninvited'] }).notNull(),
    /** Strictly rising per event; the lowest has waited longest. */
    waitingNumber: integer(),
    /** Rises with every change of state: letters about this answer are keyed by it. */
    revision: integer().notNull().default(0),
    tokenHash: text().notNull().unique(),
    invitedAt: instant(),
    answeredAt: instant(),
    /** A substitute's: who named them, and until when that seat is kept while they have not answered. */
    inPlaceOfId: toPersonOrNull(),
    seatKeptUntil: instant(),
    /** After a no on the page: what it can be taken back to, and until when; their seat is kept as long. */
    beforeNo: jsonb().$type<BeforeNo>(),
    /** When somebody on the waiting list was asked whether they can make it: the first to press has the seat. */
    offeredAt: instant(),
    /** Why somebody cannot come, if they said so: a word of `reasons` in domain/guests/commitment. */
    because: text().notNull().default(''),
    /** Seen at the door; and when the last press there was made, so that one that comes late undoes nothing. */
    cameAt: instant(),
    pressedAt: instant(),
    /** The press that counts; of two made at one moment the greater one. */
    pressId: text(),
    /** Since when this person wants no reminders of this event. */
    remindersOffAt: instant(),
  },
  (t) => [
    unique('rsvps_person_key').on(t.eventId, t.personId),
    index('rsvps_person_idx').on(t.personId),
    index('rsvps_in_place_of_idx').on(t.inPlaceOfId),
    index('rsvps_waiting_idx').on(t.eventId).where(sql`state = 'waiting'`),
    index('rsvps_invited_idx').on(t.personId).where(sql`invited_at IS NOT NULL`),
    index('rsvps_came_idx').on(t.eventId).where(sql`came_at IS NOT NULL`),
  ],
);

/** People who want no more invitations of a programme, and since when. */
export const invitationStops = pgTable(
  'invitation_stops',
  {
    programmeId: toProgramme(),
    personId: toPerson(),
    /** By a mail program's own button, which scanners press too, or on our page. */
    way: text({ enum: ['one-click', 'page'] }).notNull(),
    since: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.programmeId, t.personId] }),
    index('invitation_stops_person_idx').on(t.personId),
  ],
);

/** Every answer ever given, by whom and when: the record of commitment, for organisers. Dropped after 24 months. */
export const answers = pgTable(
  'answers',
  {
    id: id(),
    eventId: toEvent(),
    personId: toPerson(),
    said: text({ enum: ['yes', 'maybe', 'no', 'substitute'] }).notNull(),
    /** The substitute named to come instead. */
    substituteId: toPersonOrNull(),
    /** On the page or from a letter, in the calendar, or noted by an organiser. */
    way: text({ enum: ['page', 'calendar', 'organiser'] }).notNull(),
    byId: toPersonOrNull(),
    /** A seat given back within 48 hours of the beginning, as that was set at that moment. */
    late: boolean().notNull().default(false),
    at: instant().notNull(),
  },
  (t) => [
    index('answers_event_idx').on(t.eventId, t.personId),
    index('answers_person_idx').on(t.personId),
    index('answers_substitute_idx').on(t.substituteId),
    index('answers_by_idx').on(t.byId),
  ],
);

/** Food and access needs of a guest at one event; erased 14 days after it. */
export const needs = pgTable(
  'needs',
  {
    eventId: toEvent(),
    personId: toPerson(),
    diet: text().notNull().default(''),
    allergies: jsonb().$type<string[]>().notNull().default([]),
    food: text().notNull().default(''),
    access: jsonb().$type<string[]>().notNull().default([]),
    arrange: text().notNull().default(''),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.personId] }), index('needs_person_idx').on(t.personId)],
);
