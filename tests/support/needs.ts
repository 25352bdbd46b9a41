import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'vitest';
import { postgresPrograms, postgresUser } from './databases/postgres-server.ts';
import { nothingIsSkipped } from './length.ts';

// Tests that need a program the machine may lack: skipped loudly, or failing where CI=true.

declare module 'vitest' {
  interface TaskMeta {
    /** Why this part is skipped, for the last lines of the run. */
    missing?: string;
  }
}

export type Part = 'postgresql' | 'pg_walinspect' | 'chromium' | 'strace' | Reader;

/** Programs of other people that read what we send, or the files by which we are run; what shows that each is there, and where it comes from. */
const readers = {
  libical: {
    shows: [
      '/usr/bin/python3',
      '-c',
      'import gi; gi.require_version("ICalGLib", "3.0"); from gi.repository import ICalGLib',
    ],
    from: 'apt-get install gir1.2-ical-3.0 python3-gi',
  },
  'python-icalendar': {
    shows: ['/usr/bin/python3', '-c', 'import icalendar'],
    from: 'apt-get install python3-icalendar',
  },
  python: { shows: ['/usr/bin/python3', '--version'], from: 'apt-get install python3' },
  khal: { shows: ['khal', '--version'], from: 'apt-get install khal' },
  radicale: { shows: ['radicale', '--version'], from: 'apt-get install radicale' },
  vdirsyncer: { shows: ['vdirsyncer', '--version'], from: 'apt-get install vdirsyncer' },
  dovecot: { shows: ['dovecot', '--version'], from: 'apt-get install dovecot-imapd' },
  nginx: {
    shows: ['sh', '-c', 'command -v nginx && openssl version'],
    from: 'apt-get install nginx-light openssl',
  },
  poppler: { shows: ['pdftotext', '-v'], from: 'apt-get install poppler-utils' },
  caddy: { shows: ['caddy', 'version'], from: 'apt-get install caddy' },
  systemd: { shows: ['systemd-analyze', '--version'], from: 'apt-get install systemd' },
};

type Reader = keyof typeof readers;

const lacks: Record<Part, string> = {
  ...eachReader((name, { from }) => `no ${name} on this machine (${from})`),
  postgresql: 'no PostgreSQL server on this machine (apt-get install postgresql, or set TEST_DATABASE_URL)',
  pg_walinspect:
    'no PostgreSQL of 15 or newer with its contributed modules on this machine (apt-get install postgresql)',
  chromium: 'no Chromium on this machine (apt-get install chromium, or set CHROMIUM_PATH)',
  strace: 'no strace on this machine, or it may not trace (apt-get install strace)',
};

export function chromiumPath(): string | undefined {
  const paths = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return paths.find((file) => file && fs.existsSync(file));
}

const here: Record<Part, () => boolean> = {
  ...eachReader(
    (_, { shows: [program = '', ...args] }) =>
      () =>
        spawnSync(program, args).status === 0,
  ),
  postgresql: () => !!process.env.TEST_DATABASE_URL || !!(postgresPrograms() && postgresUser()),
  pg_walinspect: () => !!process.env.TEST_DATABASE_URL || hasModule('pg_walinspect'),
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

/** Whether the server we would start brings this module. */
function hasModule(name: string): boolean {
  const programs = postgresPrograms();
  if (!programs || !postgresUser()) return false;
  const { stdout } = spawnSync(path.join(programs, 'pg_config'), ['--sharedir'], { encoding: 'utf8' });
  return fs.existsSync(path.join(stdout?.trim() || programs, 'extension', `${name}.control`));
}

function eachReader<T>(
  make: (name: Reader, reader: { shows: string[]; from: string }) => T,
): Record<Reader, T> {
  const all = Object.entries(readers) as [Reader, { shows: string[]; from: string }][];
  return Object.fromEntries(all.map(([name, reader]) => [name, make(name, reader)])) as Record<Reader, T>;
}

export const has = (part: Part): boolean => here[part]();

/**
 * A `describe` for tests that need these programs: `needs('postgresql')('two processes …', () => { … })`.
 * Where one is missing the tests inside are not even looked at, and the part counts as one skipped test.
 */
export function needs(...parts: Part[]) {
  const missing = parts.find((part) => !has(part));
  return (name: string, tests: () => void | Promise<void>) => {
    if (!missing) return describe(name, tests);
    if (nothingIsSkipped) {
      return test(`${name}: needs ${missing}`, () => {
        throw new Error(`${lacks[missing]}: with CI=true nothing is skipped`);
      });
    }
    return test(name, { skip: true, meta: { missing: lacks[missing] } }, () => {});
  };
}
