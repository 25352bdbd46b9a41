// A team after it has its trend: people placed later, places offered to the reserve list, hours and meetings.
import { sql } from 'drizzle-orm';
import {
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
import type { PlaceUndo } from '../../domain/teams/late-places.ts';
import { createdAt, id, instant } from '../columns.ts';
import { offers } from './offers.ts';
import { toPerson, toPersonOrNull, toProgramme } from './refs.ts';
import { teams } from './teams.ts';

const toTeam = () =>
  integer()
    .notNull()
    .references(() => teams.id, { onDelete: 'cascade' });

/** Presses that put one person into a team, or took them out, until they can no longer be undone. */
export const teamPresses = pgTable(
  'team_presses',
  {
    id: id(),
    programmeId: toProgramme(),
    teamId: toTeam(),
    personId: toPerson(),
    kind: text({ enum: ['placed', 'left'] }).notNull(),
    /** The name that all rows and e-mails of one press have in common. */
    press: text().notNull(),
    endsAt: instant().notNull(),
    byId: toPersonOrNull(),
    undo: jsonb().$type<PlaceUndo>().notNull(),
  },
  (t) => [
    index('team_presses_press_idx').on(t.press),
    index('team_presses_team_idx').on(t.teamId),
    index('team_presses_person_idx').on(t.personId),
    index('team_presses_programme_idx').on(t.programmeId),
    index('team_presses_by_idx').on(t.byId),
    index('team_presses_ends_idx').on(t.endsAt),
  ],
);

/** Free places of teams that people of the reserve list were asked to take, one after the other. */
export const placeAsks = pgTable(
  'place_asks',
  {
    id: id(),
    teamId: toTeam(),
    offerId: integer()
      .notNull()
      .references(() => offers.id, { onDelete: 'cascade' }),
    /** `late`: no answer in time. `stopped`: the place was given otherwise. */
    state: text({ enum: ['asked', 'yes', 'no', 'late', 'stopped'] }).notNull(),
    /** A random number from which the link in its e-mail is derived. */
    number: text().notNull(),
    askedById: toPersonOrNull(),
    askedAt: instant().notNull(),
    answerBy: instant().notNull(),
    answeredAt: instant(),
  },
  (t) => [
    uniqueIndex('place_asks_open_key').on(t.teamId).where(sql`state = 'asked'`),
    uniqueIndex('place_asks_open_offer_key').on(t.offerId).where(sql`state = 'asked'`),
    index('place_asks_team_idx').on(t.teamId),
    index('place_asks_offer_idx').on(t.offerId),
    index('place_asks_asked_by_idx').on(t.askedById),
  ],
);

/** Hours of a usual week at which a member can meet their team. */
export const teamHours = pgTable(
  'team_hours',
  {
    teamId: toTeam(),
    personId: toPerson(),
    timeZone: text().notNull(),
    /** Hours of their own clock: 24 for each day from Monday, so that 9 is Monday at nine and 33 Tuesday at nine. */
    hours: jsonb().$type<number[]>().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.personId] }), index('team_hours_person_idx').on(t.personId)],
);

/** Meetings of a team, each with a calendar entry for every member. */
export const teamMeetings = pgTable(
  'team_meetings',
  {
    id: id(),
    teamId: toTeam(),
    formKey: uuid().notNull(),
    uid: text().notNull(),
    sequence: integer().notNull().default(0),
    /** ORGANIZER of its calendar entries, the same for as long as it stands. */
    calendarAddress: text().notNull().default(''),
    state: text({ enum: ['planned', 'cancelled'] }).notNull(),
    /** Wall time 'YYYY-MM-DDTHH:MM' in its zone. */
    startsAt: text().notNull(),
    timeZone: text().notNull(),
    minutes: smallint().notNull(),
    place: text().notNull(),
    createdById: toPersonOrNull(),
    createdAt: createdAt(),
    revisedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('team_meetings_form_key').on(t.formKey),
    uniqueIndex('team_meetings_uid_key').on(t.uid),
    index('team_meetings_team_idx').on(t.teamId),
    index('team_meetings_created_by_idx').on(t.createdById),
  ],
);

/** Calendar entries of meetings: what each person was last sent, and at which address. */
export const teamMeetingEntries = pgTable(
  'team_meeting_entries',
  {
    meetingId: integer()
      .notNull()
      .references(() => teamMeetings.id, { onDelete: 'cascade' }),
    personId: toPerson(),
    email: text().notNull(),
    uid: text().notNull(),
    method: text({ enum: ['REQUEST', 'CANCEL'] }).notNull(),
    sequence: integer().notNull(),
    /** SEQUENCE that brought the present time: an answer to an earlier one does not count. */
    timeSequence: integer().notNull().default(0),
    /** Answer of the person, on the team's page or in their calendar, and when it was given. */
    said: text({ enum: ['yes', 'maybe', 'no'] }),
    saidAt: instant(),
    /** SEQUENCE and DTSTAMP of the last answer from their calendar. */
    saidSequence: integer(),
    saidStamp: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.meetingId, t.personId] }),
    index('team_meeting_entries_uid_idx').on(t.uid),
    index('team_meeting_entries_person_idx').on(t.personId),
  ],
);
