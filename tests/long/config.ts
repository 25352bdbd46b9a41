import os from 'node:os';
import { defineConfig } from 'vitest/config';
import usual from '../../vitest.config.ts';

// Tests that repeat something, at about ten times the length of `npm test`. Each file here names one of them.
export default defineConfig({
  test: {
    ...usual.test,
    root: '.',
    include: ['tests/long/**/*.test.ts'],
    exclude: [],
    env: { ...usual.test?.env, TEST_LENGTH: 'long' },
    // One more than there are cores: many of these wait for a process, a server or a browser.
    maxWorkers: os.availableParallelism() + 1,
    testTimeout: 3_600_000,
  },
});
