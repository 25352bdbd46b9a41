// Offers of people to take part in a season, before organisers have answered them.
import { sql } from 'drizzle-orm';
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from '../columns.ts';
import { toPersonOrNull, toProgramme } from './refs.ts';
import { trends } from './trends.ts';

/** Days and places for the offers of one side in a season. */
export const offerRounds = pgTable(
  'offer_rounds',
  {
    programmeId: toProgramme(),
    side: text({ enum: ['talent', 'senior'] }).notNull(),
    /** Last day for offers, and the day by which everyone has an answer. */
    closesOn: date().notNull(),
    answerBy: date().notNull(),
    /** Null: as many as come. */
    places: integer(),
    closedAt: instant(),
    openedById: toPersonOrNull(),
    /** Rises with every change, so that of two organisers neither loses anything. */
    revision: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.programmeId, t.side] }),
    index('offer_rounds_opened_by_idx').on(t.openedById),
  ],
);

/** Columns of an existing person that accepting an offer filled, as they were, and the interests it added. */
export interface AcceptanceUndo {
  state: 'waiting' | 'reserve' | 'declined';
  addedPerson: boolean;
  before: { department?: string; jobTitle?: string; side?: 'talent' | 'senior'; onlyOrganises?: boolean };
  interests: number[];
}

export const offers = pgTable(
  'offers',
  {
    id: id(),
    programmeId: toProgramme(),
    side: text({ enum: ['talent', 'senior'] }).notNull(),
    state: text({ enum: ['unconfirmed', 'waiting', 'accepted', 'reserve', 'declined'] }).notNull(),
    name: text().notNull(),
    email: text().notNull(),
    jobTitle: text().notNull(),
    department: text().notNull(),
    why: text().notNull(),
    /** A topic in their own words. */
    other: text().notNull(),
    time: text({ enum: ['evening', 'team', 'pair'] }).notNull(),
    /** A random number from which the link in its e-mails is derived. */
    number: text().notNull(),
    formKey: uuid().notNull(),
    /** Hash of the secret of the browser it was sent from. */
    browserHash: text().notNull(),
    /** E-mails written about it so far; their keys are numbered. */
    letters: smallint().notNull().default(0),
    /** The person who was made of it, or joined by it. */
    personId: toPersonOrNull(),
    /** The last press of an organiser that answered it, until when it can be undone, and how. */
    press: text(),
    pressEnds: instant(),
    undo: jsonb().$type<AcceptanceUndo>(),
    createdAt: createdAt(),
    confirmedAt: instant(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('offers_form_key').on(t.formKey),
    /** One offer of each address counts. */
    uniqueIndex('offers_address_key')
      .on(t.programmeId, t.side, sql`lower(${t.email})`)
      .where(sql`state <> 'unconfirmed'`),
    index('offers_list_idx').on(t.programmeId, t.side, t.state, t.confirmedAt, t.id),
    index('offers_browser_idx').on(t.browserHash),
    index('offers_person_idx').on(t.personId),
    index('offers_unconfirmed_idx').on(t.createdAt).where(sql`state = 'unconfirmed'`),
    index('offers_press_idx').on(t.pressEnds),
  ],
);

/** Trends of the shortlist that the sender can tell about, or wants to know. */
export const offerTopics = pgTable(
  'offer_topics',
  {
    offerId: integer()
      .notNull()
      .references(() => offers.id, { onDelete: 'cascade' }),
    trendId: integer()
      .notNull()
      .references(() => trends.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.offerId, t.trendId] }), index('offer_topics_trend_idx').on(t.trendId)],
);
