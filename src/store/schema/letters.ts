// E-mails: written, held, planned, and the words of them that an organiser changed.
import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from '../columns.ts';
import { events } from './events.ts';
import { toEvent, toPerson, toPersonOrNull } from './refs.ts';

/** Something that mails many people and can be taken back for a few seconds: until then its letters are held. */
export const holds = pgTable(
  'holds',
  {
    id: id(),
    eventId: toEvent(),
    kind: text({
      enum: ['publication', 'change', 'cancellation', 'invitation', 'removal', 'reminder', 'message'],
    }).notNull(),
    /** Values before the change, enough to restore them. */
    before: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    until: instant().notNull(),
    takenBackAt: instant(),
  },
  (t) => [index('holds_event_idx').on(t.eventId), index('holds_until_idx').on(t.until)],
);

/** Planned letters that went out, were let pass or were stopped; one not here has not come up yet. */
export const reminders = pgTable(
  'reminders',
  {
    eventId: toEvent(),
    kind: text({
      enum: ['answer-first', 'answer-second', 'maybe', 'host', 'tables', 'tables-again', 'coming', 'today'],
    }).notNull(),
    /** The moment it was planned for; another one when the event moves. */
    dueAt: instant().notNull(),
    state: text({ enum: ['sent', 'passed', 'stopped'] }).notNull(),
    letters: integer().notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.kind, t.dueAt] })],
);

/** An organiser's own words of a letter, for all events of a format from then on. */
export const letterTexts = pgTable(
  'letter_texts',
  {
    /** A built-in format's slug, as events keep it. */
    format: text().notNull(),
    kind: text({ enum: ['invitation', 'invitation-host', 'moved', 'reminder', 'cancelled'] }).notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.format, t.kind] })],
);

/** Moment up to which an organiser was told what happened, day by day. */
export const organiserDays = pgTable('organiser_days', {
  personId: toPerson().primaryKey(),
  toldUntil: instant().notNull(),
});

/**
 * Letters to be sent. `facts` are written in the transaction of the change and never altered, so the
 * bytes, rendered from them once and kept, are as fixed as if they had been written there.
 */
export const letters = pgTable(
  'letters',
  {
    id: id(),
    key: text().notNull().unique(),
    kind: text().notNull(),
    eventId: integer(),
    personId: toPersonOrNull(),
    recipientName: text().notNull(),
    recipientEmail: text().notNull(),
    facts: jsonb().$type<Record<string, unknown>>().notNull(),
    /** SEQUENCE of the calendar entry it carries; null where it carries none. */
    calendarSequence: integer(),
    subject: text().notNull().default(''),
    bytes: bytea(),
    messageId: text().notNull(),
    /** The address it comes from and the site its links lead to; null: written before these were kept. */
    fromEmail: text(),
    siteUrl: text(),
    /** When an organiser sent it from another address than it was written with: patience with servers counts from then. */
    readdressedAt: instant(),
    state: text({ enum: ['waiting', 'joined', 'sent', 'kept', 'dead', 'cancelled'] }).notNull(),
    tries: smallint().notNull().default(0),
    leaseUntil: instant(),
    dueAt: instant().notNull(),
    reply: text().notNull().default(''),
    createdAt: createdAt(),
    sentAt: instant(),
    /** Written by something that can still be taken back until it is due. */
    holdId: integer().references(() => holds.id, { onDelete: 'set null' }),
    /** A letter that did not arrive and that an organiser has dealt with. */
    settledAt: instant(),
    /** It asks its reader for something, so it leaves in its turn: see domain/letters/asking. */
    asks: boolean().notNull().default(false),
    /** When its turn came last, at each try; null: not yet. */
    askedAt: instant(),
    /** The morning it was put off to; patience with servers counts from then. */
    turnAt: instant(),
    /** The e-mail in which it leaves together with others; its state follows that one's. */
    joinedId: integer(),
  },
  (t) => [
    index('letters_hold_idx').on(t.holdId),
    foreignKey({ name: 'letters_event_fk', columns: [t.eventId], foreignColumns: [events.id] }).onDelete(
      'cascade',
    ),
    foreignKey({ name: 'letters_joined_fk', columns: [t.joinedId], foreignColumns: [t.id] }).onDelete(
      'set null',
    ),
    index('letters_joined_idx').on(t.joinedId),
    index('letters_event_idx').on(t.eventId, t.personId),
    index('letters_person_idx').on(t.personId),
    index('letters_created_idx').on(t.createdAt, t.kind),
    index('letters_ref_idx').on(sql`substr(${t.messageId}, 2, 32)`),
    // Operators ask every minute how many there are of each state, and the mailbox how many of those that it shows.
    index('letters_state_idx').on(t.state, t.kind),
    index('letters_waiting_idx').on(t.dueAt).where(sql`state = 'waiting'`),
    index('letters_waiting_from_idx').on(t.fromEmail).where(sql`state = 'waiting'`),
    index('letters_waiting_site_idx').on(t.siteUrl).where(sql`state = 'waiting'`),
    index('letters_dead_idx').on(t.eventId).where(sql`state = 'dead' AND settled_at IS NULL`),
  ],
);
