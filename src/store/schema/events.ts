// The programme and its events.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { QuestionRules } from '../../domain/questions/rules.ts';
import type { FormatFacts } from '../../domain/run-of-show/format.ts';
import type { GroundRule, Material, SupportContact } from '../../domain/settings/programme.ts';
import { createdAt, id, instant } from '../columns.ts';
import { formatVersions } from './formats.ts';
import { people } from './people.ts';

export const programmes = pgTable(
  'programmes',
  {
    id: id(),
    organisation: text().notNull(),
    name: text().notNull(),
    timeZone: text().notNull(),
    firstFormat: text(),
    /** Last day of voting on trends; null while nobody has set one. */
    votingClosesOn: date(),
    /** When an organiser closed voting with a press; null once it is open again. */
    votingClosedAt: instant(),
    /** When closed voting was last opened again. */
    votingReopenedAt: instant(),
    /** First and last day of the season, where somebody has said so. */
    startsOn: date(),
    endsOn: date(),
    /** Purpose, in two sentences. */
    purpose: text().notNull().default(''),
    sponsorName: text().notNull().default(''),
    sponsorTitle: text().notNull().default(''),
    sponsorWords: text().notNull().default(''),
    /** Null while they are the usual ones, which are read in each person's language. */
    groundRules: jsonb().$type<GroundRule[]>(),
    contacts: jsonb().$type<SupportContact[]>().notNull().default([]),
    materials: jsonb().$type<Material[]>().notNull().default([]),
    /** Everyone is asked to accept the ground rules, once; nobody is kept out without it. */
    asksToAccept: boolean().notNull().default(false),
    /** Rises with every saved change of the settings, so that two organisers who edit at once lose nothing. */
    settingsRevision: integer().notNull().default(0),
    /** Start of the season after it; since then this one is read only. Null for the one season that is on. */
    endedAt: instant(),
    createdAt: createdAt(),
  },
  () => [uniqueIndex('programmes_current_key').on(sql`(ended_at IS NULL)`).where(sql`ended_at IS NULL`)],
);

/** Acceptances of a season's ground rules, one for each person. */
export const ruleAcceptances = pgTable(
  'rule_acceptances',
  {
    programmeId: integer()
      .notNull()
      .references(() => programmes.id, { onDelete: 'cascade' }),
    personId: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    acceptedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.programmeId, t.personId] }),
    index('rule_acceptances_person_idx').on(t.personId),
  ],
);

export const events = pgTable(
  'events',
  {
    id: id(),
    programmeId: integer()
      .notNull()
      .references(() => programmes.id, { onDelete: 'cascade' }),
    slug: text().notNull().unique(),
    /** A format's slug; the run of show is copied, so that a format may change later. */
    format: text().notNull(),
    /** The version it was made from, or took over since; null: the built-in one, made before versions were kept. */
    formatVersionId: integer().references(() => formatVersions.id, { onDelete: 'restrict' }),
    /** Its own copy of what it takes from the format beside the blocks; null: as the built-in format of that slug. */
    formatFacts: jsonb().$type<FormatFacts>(),
    /** For this side alone; null: for both. */
    onlySide: text({ enum: ['talent', 'senior'] }),
    /** Events planned together have one key: attendance is counted over them. */
    seriesKey: uuid(),
    shape: text({ enum: ['tables', 'room', 'panel', 'pair'] }).notNull(),
    name: text().notNull(),
    headline: text().notNull(),
    lede: text().notNull().default(''),
    /** Wall time 'YYYY-MM-DDTHH:MM' in `timeZone`: the instant is derived, since zone rules change. */
    startsAt: text().notNull(),
    timeZone: text().notNull(),
    /**
     * Minutes from its start to its end that guests and calendars know of: as its run of show said at publication, or
     * when its end was last announced. Null for a draft without fixed starts: the sum of its blocks.
     */
    announcedMinutes: integer(),
    place: text().notNull().default(''),
    joinUrl: text().notNull().default(''),
    /** True: the link to join stands on the page alone; false: also in the calendars of those coming. */
    linkOnPage: boolean().notNull().default(false),
    access: text().notNull().default(''),
    capacity: integer().notNull(),
    seniorCapacity: integer().notNull(),
    talentCapacity: integer().notNull(),
    answerBy: date(),
    /** `answerBy` is so many days before the event and follows its date; null: somebody typed the day. */
    answerDays: smallint(),
    guestListShown: boolean().notNull().default(true),
    /** Whether people who said no to an earlier event of this format may ask for an invitation to this one. */
    openAfterNo: boolean().notNull().default(false),
    /** Whether one may ask without a name; it stands once the first such question is in. */
    namelessAsking: boolean().notNull().default(true),
    /** How many questions without a name appeared together when the event began, being fewer than five people's. */
    namelessTogether: smallint(),
    /** When questions without a name last went out: since then those that wait may have been asked. */
    namelessOutAt: instant(),
    /** The organiser's rules for the questions of this event; what is not set is as for all. */
    questionRules: jsonb().$type<Partial<QuestionRules>>().notNull().default({}),
    /** Whether people who joined by the code in the room may ask: the facilitator opens and closes it. */
    roomAsking: boolean().notNull().default(false),
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
    /** When it was written down who presented what: once, after it was held. */
    presentedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('events_form_key').on(t.formKey),
    index('events_programme_idx').on(t.programmeId),
    index('events_organiser_idx').on(t.organiserId),
    index('events_facilitator_idx').on(t.facilitatorId),
    index('events_starts_idx').on(t.startsAt, t.id),
    index('events_format_version_idx').on(t.formatVersionId),
    index('events_series_idx').on(t.seriesKey),
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
