import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// A file that takes minutes must not be the last to begin.
const long = [
  'model/event',
  'model/two-processes',
  'planning/',
  'faults/',
  'browser/',
  'every-page',
  'database/',
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = long.findIndex((part) => moduleId.includes(`/tests/${part}`));
      return found < 0 ? long.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/workshop.ts'],
    reporters: ['default', './tests/support/skipped-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongFirst },
    // Files share a process, so that PGlite and our modules are compiled once: 3.5 in place of 6 minutes. A file brings its
    // own database and app; what a module keeps must be keyed by one of these.
    isolate: false,
  },
});
