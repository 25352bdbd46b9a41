// How much the tests do: `npm test` runs the short form of those that repeat something, `npm run test:long` the long one.

/** With CI=true nothing is skipped: what a machine lacks for a part makes that part fail. */
export const nothingIsSkipped = process.env.CI === 'true';

/** True in `npm run test:long`, whose configuration sets it. */
export const isLong = process.env.TEST_LENGTH === 'long';

/** The first value in `npm test`, the second in `npm run test:long`. */
export const byLength = <T>(short: T, long: T): T => (isLong ? long : short);
