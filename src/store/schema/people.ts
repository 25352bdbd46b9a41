// People and their place in the organisation.
import { type SQLWrapper, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { NewsKind } from '../../domain/letters/organiser-news.ts';
import { createdAt, id, instant } from '../columns.ts';
import { foldedText } from '../folded-text.ts';

/** The last word of a name, as people sort names; the directory's index is of this very expression. */
export const lastNameOf = (name: SQLWrapper) =>
  sql`(regexp_replace(${name}, '^.*\\s', '')) COLLATE "und-x-icu"`;

/** Text that a search for people looks through, in small letters without accents. */
export const wordsOf = (t: Record<'name' | 'email' | 'department' | 'jobTitle', SQLWrapper>) =>
  foldedText(sql`${t.name} || ' ' || ${t.email} || ' ' || ${t.department} || ' ' || ${t.jobTitle}`);

export const people = pgTable(
  'people',
  {
    id: id(),
    name: text().notNull(),
    /** As typed for greetings; '' where it follows from the name. */
    greeting: text().notNull().default(''),
    email: text().notNull(),
    /** The address was another person's first: an organiser said that both are behind it. */
    sharesAddress: boolean().notNull().default(false),
    /** Their calendar entries have UIDs of their own, from when they first shared an address; for good. */
    hasOwnUids: boolean().notNull().default(false),
    side: text({ enum: ['talent', 'senior'] }).notNull(),
    isOrganiser: boolean().notNull().default(false),
    /** Organisers who take part on neither side; `side` then says nothing. */
    onlyOrganises: boolean().notNull().default(false),
    department: text().notNull().default(''),
    jobTitle: text().notNull().default(''),
    language: text().notNull().default(''),
    /** IANA zone in which pages and e-mails show times beside the event's; '' as their browser says, and in e-mails none. */
    timeZone: text().notNull().default(''),
    managerId: integer().references((): AnyPgColumn => people.id, { onDelete: 'set null' }),
    feedTokenHash: text(),
    /** An organiser's own address for all events of the programme. */
    programmeFeedTokenHash: text(),
    /** Kinds of news this organiser wants no e-mails about: see domain/letters/organiser-news. */
    newsOff: jsonb().$type<NewsKind[]>().notNull().default([]),
    lastSeenOn: date(),
    /** Last day with us: they are deactivated on the day after. */
    endsOn: date(),
    disabledAt: instant(),
    createdAt: createdAt(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    /** One person an address, but for those an organiser let share it; one name there is one person. */
    uniqueIndex('people_own_address_key').on(sql`lower(${t.email})`).where(sql`NOT shares_address`),
    uniqueIndex('people_shared_address_key')
      .on(sql`lower(${t.email})`, sql`lower(${t.name})`)
      .where(sql`shares_address`),
    index('people_email_idx').on(sql`lower(${t.email})`),
    uniqueIndex('people_feed_token_key').on(t.feedTokenHash),
    uniqueIndex('people_programme_feed_key').on(t.programmeFeedTokenHash),
    index('people_manager_idx').on(t.managerId),
    index('people_ends_idx').on(t.endsOn).where(sql`ends_on IS NOT NULL`),
    /** As the directory is sorted: by last name, then by the whole. */
    index('people_last_name_idx').on(lastNameOf(t.name), sql`${t.name} COLLATE "und-x-icu"`, t.id),
    /** For words in names, addresses, departments and titles. */
    index('people_words_idx').using('gin', sql`(${wordsOf(t)}) gin_trgm_ops`),
  ],
);
