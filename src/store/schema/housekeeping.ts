// Housekeeping: the log of acts, work that comes round, and rows of the demo programme.
import { date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { auditKinds } from '../../domain/audit/acts.ts';
import { instant } from '../columns.ts';
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

/** Work that comes round: when it was last begun, by the database's clock. */
export const chores = pgTable('chores', {
  name: text().primaryKey(),
  begunAt: instant().notNull(),
});

/** Rows of the demo programme, so that its removal removes exactly those. */
export const demoRows = pgTable(
  'demo_rows',
  {
    tableName: text().notNull(),
    rowId: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tableName, t.rowId] })],
);
