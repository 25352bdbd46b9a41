// Signing in: codes, sessions, known browsers, limits, and what the deployment knows about itself.
import {
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
import { createdAt, instant } from '../columns.ts';
import { toPerson } from './refs.ts';

/** Facts about the whole deployment: the set-up token's hash, the fingerprint of its secret. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: text().notNull(),
});

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
    personId: toPerson(),
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
    personId: toPerson(),
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
