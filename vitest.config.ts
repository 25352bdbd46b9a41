import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/workshop.ts'],
    reporters: ['default', './tests/support/skipped-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
