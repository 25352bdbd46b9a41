// Looking for a date of an event: the dates offered, who was asked, and what each said.
import { date, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from '../columns.ts';
import { events } from './events.ts';
import { toEvent, toPerson, toPersonOrNull } from './refs.ts';

/** An event whose date is looked for; it ends when the event is published. */
export const datePolls = pgTable(
  'date_polls',
  {
    eventId: integer()
      .primaryKey()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Last day on which people can answer, in the event's zone. */
    answerBy: date().notNull(),
    createdById: toPersonOrNull(),
    createdAt: createdAt(),
  },
  (t) => [index('date_polls_created_by_idx').on(t.createdById)],
);

/** A date offered; one that was withdrawn stays for what was said of it. */
export const pollDates = pgTable(
  'poll_dates',
  {
    id: id(),
    eventId: toEvent(),
    /** As the wall clock of the event's zone shows it. */
    startsAt: text().notNull(),
    withdrawnAt: instant(),
  },
  (t) => [unique('poll_dates_key').on(t.eventId, t.startsAt)],
);

/** Somebody who was asked when they can come. */
export const pollPeople = pgTable(
  'poll_people',
  {
    eventId: toEvent(),
    personId: toPerson(),
    askedAt: instant().notNull(),
    remindedAt: instant(),
    /** When they last said anything; null where they have not. */
    answeredAt: instant(),
    /** Another time that would do, in their words. */
    otherTime: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.personId] }), index('poll_people_person_idx').on(t.personId)],
);

export const pollAnswers = pgTable(
  'poll_answers',
  {
    dateId: integer()
      .notNull()
      .references(() => pollDates.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    said: text({ enum: ['yes', 'maybe', 'no'] }).notNull(),
    /** When they came to say this; the order of yeses is the order of seats. */
    saidAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.dateId, t.personId] }), index('poll_answers_person_idx').on(t.personId)],
);
