// The log of acts.
import { date, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { auditKinds } from '../../domain/audit/acts.ts';
import { toPersonOrNull } from './refs.ts';

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
    actorId: toPersonOrNull(),
    /** Names as they were that day. */
    actor: text().notNull().default(''),
    subjectId: toPersonOrNull(),
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
