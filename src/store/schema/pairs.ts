// Pairs of a senior and a young talent: rounds of a season, what each wishes, whom they like, and the pairs.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { MatchSummary, PairReason, PublishedPairs } from '../../domain/pairs/matching.ts';
import type { OtherTimes } from '../../domain/pairs/meetings.ts';
import { createdAt, id, instant } from '../columns.ts';
import { events } from './events.ts';
import { toPerson, toPersonOrNull, toProgramme } from './refs.ts';
import { trends } from './trends.ts';

/** A round of one-to-one pairs in a season: who is asked, how it is matched, how many meetings there are. */
export const pairRounds = pgTable(
  'pair_rounds',
  {
    id: id(),
    programmeId: toProgramme(),
    /** Last day of wishes, first day of meetings. */
    wishesUntil: date().notNull(),
    startsOn: date().notNull(),
    /** So many meetings of so many minutes in so many months. */
    meetings: smallint().notNull(),
    minutes: smallint().notNull(),
    months: smallint().notNull(),
    trios: boolean().notNull().default(false),
    rule: text({ enum: ['most', 'stable'] })
      .notNull()
      .default('most'),
    seed: integer().notNull().default(1),
    /** Rises with every change, so that two organisers at once lose nothing. */
    revision: integer().notNull().default(0),
    changedById: toPersonOrNull(),
    /** Result of the last matching by both rules; null before. */
    summary: jsonb().$type<MatchSummary>(),
    /** Whether a partner was changed by hand since. */
    isChanged: boolean().notNull().default(false),
    publishedAt: instant(),
    publishUndo: jsonb().$type<PublishedPairs>(),
    /** Somebody is free again after a no: the next best pairs are proposed. */
    needsNext: boolean().notNull().default(false),
    endedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index('pair_rounds_programme_idx').on(t.programmeId),
    index('pair_rounds_changed_by_idx').on(t.changedById),
  ],
);

const toRound = () =>
  integer()
    .notNull()
    .references(() => pairRounds.id, { onDelete: 'cascade' });

/** Takes part in a round, with what they wish once they have answered. */
export const pairWishes = pgTable(
  'pair_wishes',
  {
    roundId: toRound(),
    personId: toPerson(),
    /** Null: not answered yet. */
    answeredOn: date(),
    /** False: not this time. */
    takesPart: boolean().notNull().default(true),
    /** How they like to work, a line for each question; only organisers and the later partner read it. */
    manner: jsonb().$type<string[]>().notNull().default([]),
    /** Days that suit, Monday 1 to Friday 5. */
    days: jsonb().$type<number[]>().notNull().default([]),
    /** Most pairs at a time. */
    most: smallint().notNull().default(1),
    askedOn: date(),
    remindedOn: date(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.personId] }), index('pair_wishes_person_idx').on(t.personId)],
);

/** Topics a senior wants to know, or a talent can tell about, from 0, the dearest first: a trend, or words of their own. */
export const pairTopics = pgTable(
  'pair_topics',
  {
    roundId: toRound(),
    personId: toPerson(),
    place: smallint().notNull(),
    trendId: integer().references(() => trends.id, { onDelete: 'cascade' }),
    words: text(),
  },
  (t) => [
    primaryKey({ columns: [t.roundId, t.personId, t.place] }),
    index('pair_topics_person_idx').on(t.personId),
    index('pair_topics_trend_idx').on(t.trendId),
    check('pair_topics_one', sql`(${t.trendId} IS NULL) <> (${t.words} IS NULL)`),
  ],
);

/** Two people who are never a pair, as one of them or an organiser wrote; only organisers see it. */
export const pairsApart = pgTable(
  'pairs_apart',
  {
    roundId: toRound(),
    personId: toPerson(),
    otherId: toPerson(),
    setBy: text({ enum: ['person', 'organiser'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.roundId, t.personId, t.otherId] }),
    index('pairs_apart_person_idx').on(t.personId),
    index('pairs_apart_other_idx').on(t.otherId),
  ],
);

/**
 * Somebody whom a person met at an event and would like to go on talking with. Shown to nobody unless the other wrote
 * the same; one-sided ones are deleted when the next pairs are published.
 */
export const pairLikes = pgTable(
  'pair_likes',
  {
    eventId: integer()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    otherId: toPerson(),
    /** When both were told of a wish that is mutual. */
    toldAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.personId, t.otherId] }),
    index('pair_likes_person_idx').on(t.personId),
    index('pair_likes_other_idx').on(t.otherId),
  ],
);

/** A senior and a talent, or two talents: proposed in a draft, asked once published, running once all said yes. */
export const pairs = pgTable(
  'pairs',
  {
    id: id(),
    roundId: toRound(),
    seniorId: toPerson(),
    talentId: toPerson(),
    secondTalentId: toPersonOrNull(),
    isLocked: boolean().notNull().default(false),
    isByHand: boolean().notNull().default(false),
    reason: jsonb().$type<PairReason>().notNull(),
    state: text({ enum: ['draft', 'asked', 'running', 'ended'] })
      .notNull()
      .default('draft'),
    seniorAnswer: text({ enum: ['yes', 'no'] }),
    talentAnswer: text({ enum: ['yes', 'no'] }),
    secondAnswer: text({ enum: ['yes', 'no'] }),
    /** No answer by then is taken for a no. */
    answerBy: instant(),
    publishedAt: instant(),
    /** Wall times proposed for the first meeting, in the zone of the programme. */
    firstTimes: jsonb().$type<string[]>().notNull().default([]),
    endedAt: instant(),
    /** Never says who of the two ended it. */
    ending: text({ enum: ['declined', 'unanswered', 'left', 'deactivated', 'line', 'changed', 'done'] }),
  },
  (t) => [
    index('pairs_round_idx').on(t.roundId, t.state),
    index('pairs_senior_idx').on(t.seniorId),
    index('pairs_talent_idx').on(t.talentId),
    index('pairs_second_talent_idx').on(t.secondTalentId),
    index('pairs_answer_by_idx').on(t.answerBy).where(sql`${t.state} = 'asked'`),
    check('pairs_two_people', sql`${t.seniorId} <> ${t.talentId}`),
  ],
);

const toPair = () =>
  integer()
    .notNull()
    .references(() => pairs.id, { onDelete: 'cascade' });

/**
 * Meetings of a pair in their order, the first one 1: without a date until one is arranged, cancelled with notice, or missed
 * because one of the two said so. A date that is over counts as held.
 */
export const pairMeetings = pgTable(
  'pair_meetings',
  {
    id: id(),
    pairId: toPair(),
    number: smallint().notNull(),
    uid: text().notNull(),
    sequence: integer().notNull().default(0),
    /** ORGANIZER of its calendar entries, the same for as long as it stands. */
    calendarAddress: text().notNull().default(''),
    state: text({ enum: ['open', 'planned', 'cancelled', 'missed'] }).notNull(),
    /** Wall time 'YYYY-MM-DDTHH:MM' in its zone; '' without a date. */
    startsAt: text().notNull().default(''),
    timeZone: text().notNull(),
    minutes: smallint().notNull(),
    place: text().notNull().default(''),
    /** It had another date before. */
    isMoved: boolean().notNull().default(false),
    /** Times the others may still press in place of this one; null once decided. */
    otherTimes: jsonb().$type<OtherTimes>(),
    createdAt: createdAt(),
    revisedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('pair_meetings_number_key').on(t.pairId, t.number),
    uniqueIndex('pair_meetings_uid_key').on(t.uid),
  ],
);

/** Calendar entries of a pair's meetings: what each person was last sent, and at which address. */
export const pairMeetingEntries = pgTable(
  'pair_meeting_entries',
  {
    meetingId: integer()
      .notNull()
      .references(() => pairMeetings.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    email: text().notNull(),
    uid: text().notNull(),
    method: text({ enum: ['REQUEST', 'CANCEL'] }).notNull(),
    sequence: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.meetingId, t.personId] }),
    index('pair_meeting_entries_person_idx').on(t.personId),
  ],
);

/** A word of each of a pair: when they agreed to how it works, and how they would like to end. */
export const pairAgreements = pgTable(
  'pair_agreements',
  {
    pairId: toPair(),
    personId: toPerson(),
    agreedOn: date(),
    atTheEnd: text({ enum: ['go-on', 'stop'] }),
  },
  (t) => [
    primaryKey({ columns: [t.pairId, t.personId] }),
    index('pair_agreements_person_idx').on(t.personId),
  ],
);
