import { type SQLWrapper, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { auditKinds } from '../../domain/audit/acts.ts';
import type { QuestionRules } from '../../domain/questions/rules.ts';
import { bytea, instant } from '../columns.ts';
import { foldedText } from '../folded-text.ts';

const id = () => integer().primaryKey().generatedByDefaultAsIdentity();
const createdAt = () => instant().notNull();

/** The last word of a name, as people sort names; the directory's index is of this very expression. */
export const lastNameOf = (name: SQLWrapper) =>
  sql`(regexp_replace(${name}, '^.*\\s', '')) COLLATE "und-x-icu"`;

/** Text that a search for people looks through, in small letters without accents. */
export const wordsOf = (t: Record<'name' | 'email' | 'department' | 'jobTitle', SQLWrapper>) =>
  foldedText(sql`${t.name} || ' ' || ${t.email} || ' ' || ${t.department} || ' ' || ${t.jobTitle}`);

/** Facts about the whole deployment: the set-up token's hash, the fingerprint of its secret. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: text().notNull(),
});

export const programmes = pgTable('programmes', {
  id: id(),
  organisation: text().notNull(),
  name: text().notNull(),
  timeZone: text().notNull(),
  firstFormat: text(),
  votingClosesOn: date(),
  createdAt: createdAt(),
});

export const people = pgTable(
  'people',
  {
    id: id(),
    name: text().notNull(),
    email: text().notNull(),
    side: text({ enum: ['talent', 'senior'] }).notNull(),
    isOrganiser: boolean().notNull().default(false),
    department: text().notNull().default(''),
    jobTitle: text().notNull().default(''),
    language: text().notNull().default(''),
    managerId: integer().references((): AnyPgColumn => people.id, { onDelete: 'set null' }),
    feedTokenHash: text(),
    /** An organiser's own address for all events of the programme. */
    programmeFeedTokenHash: text(),
    lastSeenOn: date(),
    disabledAt: instant(),
    createdAt: createdAt(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('people_email_key').on(sql`lower(${t.email})`),
    uniqueIndex('people_feed_token_key').on(t.feedTokenHash),
    uniqueIndex('people_programme_feed_key').on(t.programmeFeedTokenHash),
    index('people_manager_idx').on(t.managerId),
    /** As the directory is sorted: by last name, then by the whole. */
    index('people_last_name_idx').on(lastNameOf(t.name), sql`${t.name} COLLATE "und-x-icu"`, t.id),
    /** For words in names, addresses, departments and titles. */
    index('people_words_idx').using('gin', sql`(${wordsOf(t)}) gin_trgm_ops`),
  ],
);

export const signIns = pgTable(
  'sign_ins',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** In small letters; also of addresses nobody here has. The person is looked up by it at sign-in, so both leave the same rows. */
    email: text().notNull(),
    browserHash: text().notNull(),
    linkHash: text().notNull(),
    codeHash: text().notNull(),
    tries: smallint().notNull().default(0),
    next: text().notNull().default('/'),
    usedAt: instant(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('sign_ins_link_key').on(t.linkHash),
    index('sign_ins_browser_idx').on(t.browserHash),
    index('sign_ins_email_idx').on(t.email),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    /** The day of the last visit in UTC, written at most once a day. */
    seenOn: date().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [index('sessions_person_idx').on(t.personId)],
);

/** Browsers in which a person signed in, by the hash of the login cookie: strangers cannot use up their e-mails and codes. */
export const knownBrowsers = pgTable(
  'known_browsers',
  {
    browserHash: text().notNull(),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    lastUsedOn: date().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.browserHash, t.personId] }),
    index('known_browsers_person_idx').on(t.personId),
  ],
);

/** Counts of what is limited per address or per IP, in windows of time. */
export const attempts = pgTable(
  'attempts',
  {
    key: text().notNull(),
    windowStart: instant().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.windowStart] })],
);

export const imports = pgTable(
  'imports',
  {
    id: id(),
    kind: text({ enum: ['people', 'trends'] }).notNull(),
    state: text({ enum: ['preview', 'working', 'done', 'stopped', 'failed', 'undone'] }).notNull(),
    fileName: text().notNull(),
    bytes: bytea(),
    /** Field of each column of the file, and for trends the rows that were chosen. */
    choices: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    total: integer().notNull().default(0),
    done: integer().notNull().default(0),
    sentence: text().notNull().default(''),
    result: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** The run at work: one that is started anew takes its place, and the one before writes nothing more. */
    run: text(),
    createdById: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [index('imports_created_by_idx').on(t.createdById)],
);

/** Changes of an import of people, so that it can be undone for seven days. */
export const importChanges = pgTable(
  'import_changes',
  {
    importId: integer()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['added', 'changed'] }).notNull(),
    before: jsonb().$type<Record<string, unknown>>(),
    writtenAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.personId] }),
    index('import_changes_person_idx').on(t.personId),
  ],
);

export const trends = pgTable(
  'trends',
  {
    id: id(),
    sentence: text().notNull(),
    detail: text().notNull().default(''),
    links: jsonb().$type<string[]>().notNull().default([]),
    state: text({ enum: ['proposed', 'shortlisted', 'parked', 'merged'] }).notNull(),
    parkedReason: text().notNull().default(''),
    mergedIntoId: integer().references((): AnyPgColumn => trends.id, { onDelete: 'set null' }),
    proposerId: integer().references(() => people.id, { onDelete: 'set null' }),
    /** Key of an imported trend: the radar's own name for it, folded; imported twice it is found again. */
    sourceKey: text(),
    ring: text().notNull().default(''),
    quadrant: text().notNull().default(''),
    formKey: uuid(),
    createdAt: createdAt(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('trends_source_key').on(t.sourceKey),
    uniqueIndex('trends_form_key').on(t.formKey),
    index('trends_state_idx').on(t.state),
    index('trends_merged_into_idx').on(t.mergedIntoId),
    index('trends_proposer_idx').on(t.proposerId),
  ],
);

export const trendInterests = pgTable(
  'trend_interests',
  {
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['want-to-know', 'can-tell'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.trendId, t.personId, t.kind] }),
    index('trend_interests_person_idx').on(t.personId),
  ],
);

export const teams = pgTable(
  'teams',
  {
    id: id(),
    name: text().notNull(),
    trendId: integer().references(() => trends.id, { onDelete: 'set null' }),
    formKey: uuid(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('teams_form_key').on(t.formKey), index('teams_trend_idx').on(t.trendId)],
);

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: integer()
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.personId] }), index('team_members_person_idx').on(t.personId)],
);

export const events = pgTable(
  'events',
  {
    id: id(),
    programmeId: integer()
      .notNull()
      .references(() => programmes.id, { onDelete: 'cascade' }),
    slug: text().notNull().unique(),
    /** A built-in format's slug; the run of show is copied, so that a format may change later. */
    format: text().notNull(),
    shape: text({ enum: ['tables', 'room', 'panel', 'pair'] }).notNull(),
    name: text().notNull(),
    headline: text().notNull(),
    lede: text().notNull().default(''),
    /** Wall time 'YYYY-MM-DDTHH:MM' in `timeZone`: the instant is derived, since zone rules change. */
    startsAt: text().notNull(),
    timeZone: text().notNull(),
    place: text().notNull().default(''),
    joinUrl: text().notNull().default(''),
    access: text().notNull().default(''),
    capacity: integer().notNull(),
    seniorCapacity: integer().notNull(),
    talentCapacity: integer().notNull(),
    answerBy: date(),
    guestListShown: boolean().notNull().default(true),
    /** Whether people who said no to an earlier event of this format may ask for an invitation to this one. */
    openAfterNo: boolean().notNull().default(false),
    /** Whether one may ask without a name; it stands once the first such question is in. */
    namelessAsking: boolean().notNull().default(true),
    /** How many questions without a name appeared together when the event began, being fewer than five people's. */
    namelessTogether: smallint(),
    /** The organiser's rules for the questions of this event; what is not set is as for all. */
    questionRules: jsonb().$type<Partial<QuestionRules>>().notNull().default({}),
    /** Fewer of a side than this, and the event is hardly worth holding; 0 where nobody has set one. */
    seniorQuorum: integer().notNull().default(0),
    talentQuorum: integer().notNull().default(0),
    /** The day on which the organiser says go, move or cancel; and when they said go. */
    decideOn: date(),
    decidedAt: instant(),
    organiserId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'restrict' }),
    facilitatorId: integer().references(() => people.id, { onDelete: 'set null' }),
    state: text({ enum: ['draft', 'published', 'cancelled'] }).notNull(),
    /** RFC 5545 UID and SEQUENCE; `revisedAt` is the DTSTAMP of feed and download. */
    uid: text().notNull().unique(),
    /** ORGANIZER in its guests' calendars, the same for the life of the UID; null until a letter has brought one. */
    calendarAddress: text(),
    sequence: integer().notNull().default(0),
    /** The SEQUENCE that brought the present time: an answer to an earlier one is about another time. */
    timeSequence: integer().notNull().default(0),
    formKey: uuid(),
    revisedAt: instant().notNull(),
    publishedAt: instant(),
    cancelledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('events_form_key').on(t.formKey),
    index('events_programme_idx').on(t.programmeId),
    index('events_organiser_idx').on(t.organiserId),
    index('events_facilitator_idx').on(t.facilitatorId),
    index('events_starts_idx').on(t.startsAt, t.id),
  ],
);

/**
 * Another number with every change to what an event's pages show, by any writer: triggers see to that
 * (0003_event_triggers). So a page that was put together once may be shown again while its revision stands.
 */
export const eventRevisions = pgTable('event_revisions', {
  eventId: integer()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  /** From one sequence, so that no two states of any event ever share a number. */
  revision: bigint({ mode: 'number' }).notNull().default(sql`nextval('event_revision')`),
});

export const eventRevision = pgSequence('event_revision');

export const blocks = pgTable(
  'blocks',
  {
    id: id(),
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    position: smallint().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    minutes: smallint().notNull(),
  },
  (t) => [unique('blocks_position_key').on(t.eventId, t.position)],
);

/** Topics of an event: a numbered table (or the one topic of a room), its trend and its team. */
export const topics = pgTable(
  'topics',
  {
    id: id(),
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    number: smallint().notNull(),
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'restrict' }),
    teamId: integer().references(() => teams.id, { onDelete: 'set null' }),
  },
  (t) => [
    unique('topics_number_key').on(t.eventId, t.number),
    index('topics_trend_idx').on(t.trendId),
    index('topics_team_idx').on(t.teamId),
  ],
);

/** One row per event and person: the invitation and its answer. */
export const rsvps = pgTable(
  'rsvps',
  {
    id: id(),
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    state: text({ enum: ['invited', 'coming', 'waiting', 'maybe', 'declined', 'uninvited'] }).notNull(),
    /** Strictly rising per event; the lowest has waited longest. */
    waitingNumber: integer(),
    /** Rises with every change of state: letters about this answer are keyed by it. */
    revision: integer().notNull().default(0),
    tokenHash: text().notNull().unique(),
    invitedAt: instant(),
    answeredAt: instant(),
    /** A substitute's: who named them, and until when that seat is kept while they have not answered. */
    inPlaceOfId: integer().references(() => people.id, { onDelete: 'set null' }),
    seatKeptUntil: instant(),
    /** Why somebody cannot come, if they said so: a word of `reasons` in domain/guests/commitment. */
    because: text().notNull().default(''),
    /** Seen at the door; and when the last press there was made, so that one that comes late undoes nothing. */
    cameAt: instant(),
    pressedAt: instant(),
    /** Since when this person wants no reminders of this event. */
    remindersOffAt: instant(),
  },
  (t) => [
    unique('rsvps_person_key').on(t.eventId, t.personId),
    index('rsvps_person_idx').on(t.personId),
    index('rsvps_in_place_of_idx').on(t.inPlaceOfId),
    index('rsvps_invited_idx').on(t.personId).where(sql`invited_at IS NOT NULL`),
    index('rsvps_came_idx').on(t.eventId).where(sql`came_at IS NOT NULL`),
  ],
);

/** Every answer ever given, by whom and when: the record of commitment, for organisers. Dropped after 24 months. */
export const answers = pgTable(
  'answers',
  {
    id: id(),
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    said: text({ enum: ['yes', 'maybe', 'no', 'substitute'] }).notNull(),
    /** The substitute named to come instead. */
    substituteId: integer().references(() => people.id, { onDelete: 'set null' }),
    /** On the page or from a letter, in the calendar, or noted by an organiser. */
    way: text({ enum: ['page', 'calendar', 'organiser'] }).notNull(),
    byId: integer().references(() => people.id, { onDelete: 'set null' }),
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

/** Messages found in the reply mailbox: each is worked on once, and put aside after three failures. */
export const messagesReceived = pgTable('messages_received', {
  /** The Message-ID, or a hash of the bytes where there is none. */
  key: text().primaryKey(),
  state: text({ enum: ['trying', 'done', 'put-aside'] }).notNull(),
  tries: smallint().notNull().default(0),
  /** Outcome in a few words, for people who look into it. */
  outcome: text().notNull().default(''),
  createdAt: createdAt(),
});

/** Replies from calendar programs about an event: an answer, another time proposed, somebody else named. */
export const calendarReplies = pgTable(
  'calendar_replies',
  {
    id: id(),
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
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

/** Food and access needs of a guest at one event; erased 14 days after it. */
export const needs = pgTable(
  'needs',
  {
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    diet: text().notNull().default(''),
    allergies: jsonb().$type<string[]>().notNull().default([]),
    food: text().notNull().default(''),
    access: jsonb().$type<string[]>().notNull().default([]),
    arrange: text().notNull().default(''),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.personId] }), index('needs_person_idx').on(t.personId)],
);

/** 'new' is read before anyone sees it, 'table' is what the room talks about now, 'refused' shows its reason and not its words. */
const questionStates = [
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
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    topicId: integer().references(() => topics.id, { onDelete: 'set null' }),
    authorId: integer().references(() => people.id, { onDelete: 'set null' }),
    text: text().notNull(),
    state: text({ enum: questionStates }).notNull(),
    note: text().notNull().default(''),
    /** An organiser put it in other words. */
    reworded: boolean().notNull().default(false),
    /** The key of the question it became part of. */
    mergedInto: text().notNull().default(''),
    /** How many wondered too without a name, kept when their ballots were destroyed. */
    ballotsKept: integer().notNull().default(0),
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
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.personId] }),
    index('question_votes_person_idx').on(t.personId),
  ],
);

const slipPurposes = ['ask', 'ask-first', 'feedback', 'vote', 'vote-first'] as const;

const eventId = () =>
  integer()
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' });

/*
 * Asking without a name. In the tables from here to `votesOnNameless` stands nothing that leads from a question, a ballot
 * or a spent slip to a person: no person, no time, no number that counts up. A test holds them to these very columns.
 */

/** One RSA key per event and purpose, SPKI and PKCS #8; the private one is destroyed when the purpose is over. */
export const slipKeys = pgTable(
  'slip_keys',
  {
    eventId: eventId(),
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
    eventId: eventId(),
    purpose: text({ enum: slipPurposes }).notNull(),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
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
    eventId: eventId(),
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
    eventId: eventId(),
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
    eventId: eventId(),
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
    eventId: eventId(),
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
    eventId: eventId(),
    questionId: bytea()
      .notNull()
      .references(() => namelessQuestions.id),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.personId] }),
    index('votes_on_nameless_event_idx').on(t.eventId),
    index('votes_on_nameless_person_idx').on(t.personId),
  ],
);

/**
 * Work on the answer to a question, with a name or without, and who prepares it. It is kept apart from the questions,
 * so that the tables without a name hold no person, and begins when the question can be read.
 */
export const questionWork = pgTable(
  'question_work',
  {
    eventId: eventId(),
    /** The key of a question of either kind, as text. */
    question: text().notNull(),
    /** A facilitator has read it. */
    read: boolean().notNull().default(false),
    /** The person who prepares the answer, in Markdown, and by when it will be there. */
    takenById: integer().references(() => people.id, { onDelete: 'set null' }),
    answer: text().notNull().default(''),
    dueOn: date(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.question] }),
    index('question_work_person_idx').on(t.takenById),
  ],
);

/** Something that mails many people and can be taken back for a few seconds: until then its letters are held. */
export const holds = pgTable(
  'holds',
  {
    id: id(),
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    kind: text({
      enum: ['publication', 'change', 'cancellation', 'invitation', 'removal', 'reminder'],
    }).notNull(),
    /** Values before the change, enough to restore them. */
    before: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    until: instant().notNull(),
    takenBackAt: instant(),
  },
  (t) => [index('holds_event_idx').on(t.eventId)],
);

/** Planned letters that went out, were let pass or were stopped; one not here has not come up yet. */
export const reminders = pgTable(
  'reminders',
  {
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['answer-first', 'answer-second', 'maybe', 'host', 'coming', 'today'] }).notNull(),
    /** The moment it was planned for: another one when the event moves. */
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

/** Work that comes round: when it was last begun, by the database's clock. */
export const chores = pgTable('chores', {
  name: text().primaryKey(),
  begunAt: instant().notNull(),
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
    personId: integer().references(() => people.id, { onDelete: 'set null' }),
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
    state: text({ enum: ['waiting', 'sent', 'kept', 'dead', 'cancelled'] }).notNull(),
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
  },
  (t) => [
    index('letters_hold_idx').on(t.holdId),
    foreignKey({ name: 'letters_event_fk', columns: [t.eventId], foreignColumns: [events.id] }).onDelete(
      'cascade',
    ),
    index('letters_event_idx').on(t.eventId, t.personId),
    index('letters_person_idx').on(t.personId),
    index('letters_created_idx').on(t.createdAt, t.kind),
    index('letters_ref_idx').on(sql`substr(${t.messageId}, 2, 32)`),
    // Operators ask every minute how many there are of each.
    index('letters_state_idx').on(t.state),
    index('letters_waiting_idx').on(t.dueAt).where(sql`state = 'waiting'`),
    index('letters_waiting_from_idx').on(t.fromEmail).where(sql`state = 'waiting'`),
    index('letters_waiting_site_idx').on(t.siteUrl).where(sql`state = 'waiting'`),
    index('letters_dead_idx').on(t.eventId).where(sql`state = 'dead' AND settled_at IS NULL`),
  ],
);

/**
 * Acts that organisers can look up: who, what and on which day, kept a year. No time and no number that counts up, so
 * that the order within a day tells nothing; the same act of the same person on one day is one row that is counted.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    /** A digest of the day, the act, who and about whom or what. */
    key: text().primaryKey(),
    day: date().notNull(),
    kind: text({ enum: auditKinds }).notNull(),
    act: text().notNull(),
    by: text({ enum: ['person', 'program', 'stranger'] }).notNull(),
    actorId: integer().references(() => people.id, { onDelete: 'set null' }),
    /** Names as they were that day. */
    actor: text().notNull().default(''),
    subjectId: integer().references(() => people.id, { onDelete: 'set null' }),
    subject: text().notNull().default(''),
    numbers: jsonb().$type<Record<string, number>>().notNull().default({}),
    times: integer().notNull().default(1),
  },
  (t) => [
    index('audit_log_day_idx').on(t.day),
    index('audit_log_actor_idx').on(t.actorId),
    index('audit_log_subject_idx').on(t.subjectId),
  ],
);

/** Rows of the demo programme, so that its removal removes exactly those. */
export const demoRows = pgTable(
  'demo_rows',
  {
    tableName: text().notNull(),
    rowId: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tableName, t.rowId] })],
);
