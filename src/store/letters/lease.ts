import { inArray, sql } from 'drizzle-orm';
import { letters } from '../schema/index.ts';

/** Seconds in which one process alone has a letter in hand; longer than handing it over can take. */
export const lease = 180;

/**
 * Nobody has the letter in hand, by the database's clock alone: those of processes may be minutes apart. A lease that ends
 * later than any can was taken before the clock was set back.
 */
export const isUnleased = sql`(${letters.leaseUntil} IS NULL OR ${letters.leaseUntil} <= clock_timestamp()
  OR ${letters.leaseUntil} > clock_timestamp() + make_interval(secs => ${2 * lease}))`;

/** Matches letters whose time has come. One to sign in is due as soon as it is written, whatever the clock of its process says. */
export const isDue = (now: Temporal.Instant) =>
  sql`(${letters.dueAt} <= ${now.toString()}::timestamptz
    OR (${letters.tries} = 0 AND ${inArray(letters.kind, ['sign-in', 'decoy'])}))`;
