import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, test } from 'vitest';
import { postgresPrograms, postgresUser } from './postgres-server.ts';

// Tests that need a program the machine may lack: skipped loudly, or failing where CI=true.

declare module 'vitest' {
  interface TaskMeta {
    /** Why this part is skipped, for the last lines of the run. */
    missing?: string;
  }
}

export type Part = 'postgresql' | 'chromium' | 'strace';

const lacks: Record<Part, string> = {
  postgresql: 'no PostgreSQL server on this machine (apt-get install postgresql, or set TEST_DATABASE_URL)',
  chromium: 'no Chromium on this machine (apt-get install chromium, or set CHROMIUM_PATH)',
  strace: 'no strace on this machine, or it may not trace (apt-get install strace)',
};

export function chromiumPath(): string | undefined {
  const paths = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return paths.find((file) => file && fs.existsSync(file));
}

const here: Record<Part, () => boolean> = {
  postgresql: () => !!process.env.TEST_DATABASE_URL || !!(postgresPrograms() && postgresUser()),
  chromium: () => chromiumPath() !== undefined,
  strace: () => {
    try {
      execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  },
};

export const has = (part: Part): boolean => here[part]();

/**
 * A `describe` for tests that need these programs: `needs('postgresql')('two processes …', () => { … })`.
 * Where one is missing the tests inside are not even looked at, and the part counts as one skipped test.
 */
export function needs(...parts: Part[]) {
  const missing = parts.find((part) => !has(part));
  return (name: string, tests: () => void | Promise<void>) => {
    if (!missing) return describe(name, tests);
    if (process.env.CI === 'true') {
      return test(`${name}: needs ${missing}`, () => {
        throw new Error(`${lacks[missing]}: with CI=true nothing is skipped`);
      });
    }
    return test(name, { skip: true, meta: { missing: lacks[missing] } }, () => {});
  };
}
