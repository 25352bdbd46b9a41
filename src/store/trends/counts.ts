// Counts of who wants to know and who can tell, as triggers keep them: reading one costs the same at any number of people.
import { type SQLWrapper, sql } from 'drizzle-orm';
import { trendCounts } from '../schema/index.ts';

/** A count of a trend that may have none yet. */
export const orNone = (count: SQLWrapper) => sql<number>`coalesce(${count}, 0)`;

/** How many active people want to know a trend, where its counts are joined. */
export const howManyWant = sql<number>`coalesce(${trendCounts.seniors} + ${trendCounts.talents}, 0)`;
