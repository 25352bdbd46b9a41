/*
 * Asking without a name. In these tables stands nothing that leads from a question, a ballot
 * or a spent slip to a person: no person, no time, no number that counts up. A test holds them to these very columns.
 */

import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytea } from '../columns.ts';
import { questionStates, questions } from './questions.ts';
import { toEvent, toPerson } from './refs.ts';
import { topics } from './run-of-show.ts';

const slipPurposes = ['ask', 'ask-first', 'feedback', 'vote', 'vote-first'] as const;

/** One RSA key per event and purpose, SPKI and PKCS #8; the private one is destroyed when the purpose is over. */
export const slipKeys = pgTable(
  'slip_keys',
  {
    eventId: toEvent(),
    purpose: text({ enum: slipPurposes }).notNull(),
    publicKey: bytea().notNull(),
    privateKey: bytea(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.purpose] })],
);

/** Batches of slips given to a person; nothing of the slips, which are signed unseen. */
export const slipsIssued = pgTable(
  'slips_issued',
  {
    eventId: toEvent(),
    purpose: text({ enum: slipPurposes }).notNull(),
    personId: toPerson(),
    batch: smallint().notNull(),
    /** SHA-256 of the blinded messages, which say nothing of the slips: asked for again, they are signed again and count once. */
    request: bytea(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.purpose, t.personId, t.batch] }),
    index('slips_issued_person_idx').on(t.personId),
  ],
);

/** SHA-256 of each slip that was spent, so that none is spent twice. */
export const slipsSpent = pgTable(
  'slips_spent',
  {
    eventId: toEvent(),
    purpose: text({ enum: slipPurposes }).notNull(),
    hash: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.purpose, t.hash] })],
);

/** Questions that waited before there was an envelope; the first tick moves them into it, and since then it is empty. */
export const namelessIntake = pgTable(
  'nameless_intake',
  {
    /** 16 random bytes. */
    id: bytea().primaryKey(),
    eventId: toEvent(),
    topicId: integer().references(() => topics.id, { onDelete: 'set null' }),
    text: text().notNull(),
    /** SHA-256 of the secret by which the asker can change it, take it back or see what became of it. */
    editHash: bytea().notNull(),
  },
  (t) => [
    uniqueIndex('nameless_intake_edit_key').on(t.editHash),
    index('nameless_intake_event_idx').on(t.eventId),
    index('nameless_intake_topic_idx').on(t.topicId),
  ],
);

/** Questions without a name, as everyone may read them. */
export const namelessQuestions = pgTable(
  'nameless_questions',
  {
    id: bytea().primaryKey(),
    eventId: toEvent(),
    topicId: integer().references(() => topics.id, { onDelete: 'set null' }),
    text: text().notNull(),
    editHash: bytea().notNull(),
    state: text({ enum: questionStates }).notNull(),
    note: text().notNull().default(''),
    reworded: boolean().notNull().default(false),
    mergedInto: text().notNull().default(''),
    ballotsKept: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('nameless_questions_edit_key').on(t.editHash),
    index('nameless_questions_event_idx').on(t.eventId, t.state),
    index('nameless_questions_topic_idx').on(t.topicId),
  ],
);

/**
 * The one envelope of the site: all that waits, encrypted under a key that is new every five minutes and is neither in a
 * backup nor in the journal. It is written anew every five minutes, whether somebody asked or not.
 */
export const namelessEnvelope = pgTable('nameless_envelope', {
  id: smallint().primaryKey(),
  keyId: bytea().notNull(),
  sealed: bytea().notNull(),
});

/** Envelopes that could not be opened, and the day on which that was found. */
export const namelessAside = pgTable('nameless_aside', {
  keyId: bytea().primaryKey(),
  sealed: bytea().notNull(),
  day: date().notNull(),
});

/** The envelope's key, wrapped under the secret. UNLOGGED (0019): in no journal, no replica, no backup, and empty after a crash. */
export const namelessKeys = pgTable('nameless_keys', {
  id: smallint().primaryKey(),
  keyId: bytea().notNull(),
  wrapped: bytea().notNull(),
});

/** Failures below /anon/ by kind, written when their day is over. */
export const namelessFailures = pgTable(
  'nameless_failures',
  { day: date().notNull(), kind: text().notNull(), n: integer().notNull() },
  (t) => [primaryKey({ columns: [t.day, t.kind] })],
);

/** "I wonder too" without a name: H(ballot ‖ question), so that one person's votes share nothing, and a question of either kind. */
export const ballotVotes = pgTable(
  'ballot_votes',
  {
    eventId: toEvent(),
    ballot: bytea().notNull(),
    questionId: integer().references(() => questions.id, { onDelete: 'cascade' }),
    /** Checked when the transaction commits, so that questions can be written anew in another order. */
    namelessId: bytea().references(() => namelessQuestions.id),
  },
  (t) => [
    unique('ballot_votes_named_key').on(t.ballot, t.questionId),
    unique('ballot_votes_nameless_key').on(t.ballot, t.namelessId),
    check('ballot_votes_one', sql`num_nonnulls(${t.questionId}, ${t.namelessId}) = 1`),
    index('ballot_votes_event_idx').on(t.eventId),
    index('ballot_votes_question_idx').on(t.questionId),
    index('ballot_votes_nameless_idx').on(t.namelessId),
  ],
);

/** "I wonder too" by somebody signed in or with their link, on a question without a name. */
export const votesOnNameless = pgTable(
  'votes_on_nameless',
  {
    eventId: toEvent(),
    questionId: bytea()
      .notNull()
      .references(() => namelessQuestions.id),
    personId: toPerson(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.personId] }),
    index('votes_on_nameless_event_idx').on(t.eventId),
    index('votes_on_nameless_person_idx').on(t.personId),
  ],
);
