// Answers from calendars.
import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from '../columns.ts';
import { toEvent, toPerson } from './refs.ts';

/** Messages found in the reply mailbox: each is worked on once, and put aside after three failures. */
export const messagesReceived = pgTable('messages_received', {
  /** The Message-ID, or a hash of the bytes where there is none. */
  key: text().primaryKey(),
  state: text({ enum: ['trying', 'done', 'put-aside'] }).notNull(),
  tries: smallint().notNull().default(0),
  /** Outcome in a few words, for people who look into it. */
  outcome: text().notNull().default(''),
  /** The address it came from, of mail that was put aside; empty of all other. */
  sender: text().notNull().default(''),
  createdAt: createdAt(),
});

/** Replies from calendar programs about an event: an answer, another time proposed, somebody else named. */
export const calendarReplies = pgTable(
  'calendar_replies',
  {
    id: id(),
    eventId: toEvent(),
    personId: toPerson(),
    kind: text({ enum: ['answer', 'proposal', 'delegation'] }).notNull(),
    /** False where nobody could prove who wrote: then the invited address is asked by a link. */
    proved: boolean().notNull(),
    said: text({ enum: ['yes', 'maybe', 'no'] }),
    /** SEQUENCE and DTSTAMP of the reply, and which meeting of a series: RFC 5546 2.1.5 orders replies by them. */
    sequence: integer().notNull(),
    stamp: instant().notNull(),
    recurrenceAt: instant(),
    outcome: text({
      enum: ['counted', 'earlier-time', 'older', 'too-late', 'asked', 'confirmed', 'told'],
    }).notNull(),
    /** The time proposed, as wall time in the event's zone, and its length. */
    proposedStart: text().notNull().default(''),
    proposedMinutes: integer(),
    words: text().notNull().default(''),
    tokenHash: text(),
    receivedAt: instant().notNull(),
    /** A proposal that an organiser has dealt with, or a question that was answered. */
    settledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('calendar_replies_token_key').on(t.tokenHash),
    uniqueIndex('calendar_replies_once_key').on(
      t.eventId,
      t.personId,
      t.kind,
      t.proved,
      t.sequence,
      t.stamp,
      sql`coalesce(${t.recurrenceAt}, 'epoch'::timestamptz)`,
    ),
    index('calendar_replies_person_idx').on(t.personId),
  ],
);
