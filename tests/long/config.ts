import { defineConfig } from 'vitest/config';
import usual from '../../vitest.config.ts';

// Tests that repeat something, at about ten times the length of `npm test`. Each file here names one of them.
export default defineConfig({
  test: {
    ...usual.test,
    root: '.',
    include: ['tests/long/**/*.test.ts'],
    exclude: [],
    env: { TEST_LENGTH: 'long' },
    testTimeout: 3_600_000,
  },
});
