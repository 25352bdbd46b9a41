import { sql } from 'drizzle-orm';

/** Number of the season that is on, looked up once in a query. */
export const seasonThatIsOn = sql<number>`(SELECT current_programme())`;
