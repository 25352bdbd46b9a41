// How much the tests do: `npm test` runs the short form of those that repeat something, `npm run test:long` the long one.

/** With CI=true nothing is skipped: what a machine lacks for a part makes that part fail. */
export const nothingIsSkipped = process.env.CI === 'true';

/** True in `npm run test:long`, whose configuration sets it. */
export const isLong = process.env.TEST_LENGTH === 'long';

/** The first value in `npm test`, the second in `npm run test:long`. */
export const byLength = <T>(short: T, long: T): T => (isLong ? long : short);

/**
 * Files that take a quarter of a minute or more whatever their length, or play faults and starts of the program: only
 * `npm run test:long` runs them.
 */
export const onlyInLong = [
  'tests/actions/demo/demo.test.ts',
  'tests/audit/addresses.test.ts',
  'tests/audit/readers.test.ts',
  'tests/browser/certificate.test.ts',
  'tests/browser/door.test.ts',
  'tests/browser/evening.test.ts',
  'tests/browser/every-look.test.ts',
  'tests/browser/first-run.test.ts',
  'tests/browser/guest-walks.test.ts',
  'tests/browser/hard-to-fit.test.ts',
  'tests/browser/live-run.test.ts',
  'tests/browser/live.test.ts',
  'tests/browser/nameless-begun.test.ts',
  'tests/browser/nameless-surprises.test.ts',
  'tests/browser/nameless-waiting.test.ts',
  'tests/browser/nameless.test.ts',
  'tests/browser/offers.test.ts',
  'tests/browser/projector.test.ts',
  'tests/browser/question-desk.test.ts',
  'tests/browser/sign-in.test.ts',
  'tests/browser/tables.test.ts',
  'tests/browser/taking-back.test.ts',
  'tests/browser/trends-to-teams.test.ts',
  'tests/cli/demo.test.ts',
  'tests/cli/flipside.test.ts',
  'tests/cli/seed.test.ts',
  'tests/database/backup.test.ts',
  'tests/database/backups/killed-together.test.ts',
  'tests/database/backups/while-running.test.ts',
  'tests/database/damage.test.ts',
  'tests/database/durable.test.ts',
  'tests/database/folder.test.ts',
  'tests/database/lost-connections.test.ts',
  'tests/database/migrate-together.test.ts',
  'tests/database/migrate.test.ts',
  'tests/database/ready-made.test.ts',
  'tests/deploy/proxy.test.ts',
  'tests/every-word.test.ts',
  'tests/faults/dumps-beside-asks.test.ts',
  'tests/faults/held-row.test.ts',
  'tests/faults/kill-embedded.test.ts',
  'tests/faults/kill-import.test.ts',
  'tests/faults/live/killed-in-a-block.test.ts',
  'tests/faults/kill-server.test.ts',
  'tests/faults/linkage.test.ts',
  'tests/faults/mail-processes.test.ts',
  'tests/faults/mail.test.ts',
  'tests/faults/nameless-waiting.test.ts',
  'tests/faults/one-process.test.ts',
  'tests/faults/rush-seats.test.ts',
  'tests/faults/rush.test.ts',
  'tests/faults/secret-of-a-process.test.ts',
  'tests/faults/server-restarts.test.ts',
  'tests/faults/set-clock.test.ts',
  'tests/jobs/interrupted.test.ts',
  'tests/jobs/replies-while-running.test.ts',
  'tests/mail/letters-in-a-browser.test.ts',
  'tests/main-hindered.test.ts',
  'tests/model/live-processes.test.ts',
  'tests/model/lives-2.test.ts',
  'tests/model/lives-3.test.ts',
  'tests/model/lives-4.test.ts',
  'tests/model/two-processes.test.ts',
  'tests/planning/bench.test.ts',
  'tests/planning/tables/goals.test.ts',
  'tests/planning/tables/real-life.test.ts',
  'tests/routes/calendar/feed-on-the-wire.test.ts',
  'tests/running.test.ts',
  'tests/soak/soak.test.ts',
  'tests/store/kept-sources.test.ts',
];
