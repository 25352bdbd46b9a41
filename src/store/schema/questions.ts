// Questions asked with a name, and the work on all questions.
import {
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt, id } from '../columns.ts';
import { events } from './events.ts';
import { toEvent, toPerson, toPersonOrNull } from './refs.ts';
import { topics } from './run-of-show.ts';

/** 'new' is read before anyone sees it, 'table' is what the room talks about now, 'refused' shows its reason and not its words. */
export const questionStates = [
  'new',
  'wall',
  'table',
  'answered',
  'parked',
  'refused',
  'withdrawn',
  'merged',
] as const;

export const questions = pgTable(
  'questions',
  {
    id: id(),
    eventId: toEvent(),
    topicId: integer().references(() => topics.id, { onDelete: 'set null' }),
    authorId: toPersonOrNull(),
    text: text().notNull(),
    state: text({ enum: questionStates }).notNull(),
    note: text().notNull().default(''),
    /** An organiser put it in other words. */
    reworded: boolean().notNull().default(false),
    /** The key of the question it became part of. */
    mergedInto: text().notNull().default(''),
    /** How many wondered too without a name, kept when their ballots were destroyed. */
    ballotsKept: integer().notNull().default(0),
    /** Asked by the code in the room: no person, and in place of a time the beginning of the event. */
    fromRoom: boolean().notNull().default(false),
    formKey: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('questions_form_key').on(t.formKey),
    index('questions_event_idx').on(t.eventId, t.state),
    index('questions_topic_idx').on(t.topicId),
    index('questions_author_idx').on(t.authorId),
  ],
);

export const questionVotes = pgTable(
  'question_votes',
  {
    questionId: integer()
      .notNull()
      .references(() => questions.id, { onDelete: 'cascade' }),
    personId: toPerson(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.personId] }),
    index('question_votes_person_idx').on(t.personId),
  ],
);

/** The key from which an event makes voices of browsers in the room; deleted at its end. */
export const roomKeys = pgTable('room_keys', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  key: bytea().notNull(),
});

/** "I wonder too" from the room: a voice, HMAC-SHA256(the event's key, the browser's cookie), and a question's key. */
export const roomVotes = pgTable(
  'room_votes',
  {
    eventId: toEvent(),
    /** The key of a question of either kind, as text. */
    question: text().notNull(),
    voice: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.question, t.voice] })],
);

/**
 * Work on the answer to a question, with a name or without, and who prepares it. It is kept apart from the questions,
 * so that the tables without a name hold no person, and begins when the question can be read.
 */
export const questionWork = pgTable(
  'question_work',
  {
    eventId: toEvent(),
    /** The key of a question of either kind, as text. */
    question: text().notNull(),
    /** A facilitator has read it. */
    read: boolean().notNull().default(false),
    /** A guest pointed it out to the facilitator, who has not decided on it since; who did is kept nowhere. */
    pointedOut: boolean().notNull().default(false),
    /** The person who prepares the answer, in Markdown, and by when it will be there. */
    takenById: toPersonOrNull(),
    answer: text().notNull().default(''),
    dueOn: date(),
    /** The round in which its table talked about it, as its hosts say. */
    talkedInRound: smallint(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.question] }),
    index('question_work_person_idx').on(t.takenById),
  ],
);
