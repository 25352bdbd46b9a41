import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { onlyInLong } from './tests/support/length.ts';

// A file that takes long must not be the last to begin.
const long = [
  'browser/every-look',
  'every-page',
  'database/backups/while-running',
  'model/',
  'soak/',
  'faults/',
  'browser/',
  'audit/',
  'cli/flipside',
  'planning/',
  'database/',
  'main',
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = long.findIndex((part) => moduleId.replace('/long/', '/').includes(`/tests/${part}`));
      return found < 0 ? long.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Run by `npm run test:long`: the same tests at ten times their length, and those that take a minute in any case.
    exclude: ['tests/long/**', 'node_modules/**', ...onlyInLong],
    globalSetup: ['tests/support/workshop.ts'],
    // Programs that tests start find our modules compiled: a fifth of the processor time of a start.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/flipside/compiled') },
    setupFiles: ['tests/support/repeatable.ts'],
    reporters: ['default', './tests/support/skipped-reporter.ts'],
    // Walls for what hangs, ten times and more what the slowest test takes: a busy machine must not fail a test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 300_000 } },
    sequence: { sequencer: LongFirst },
    // Files share a process, so that PGlite and our modules are compiled once: 3.5 in place of 6 minutes, and one embedded
    // database (tests/support/lending.ts). What a module keeps must be keyed by the app or the database.
    isolate: false,
  },
});
