// Programs that read what we send, where the machine has them: skipped loudly, or failing where CI=true.
import { spawnSync } from 'node:child_process';
import { describe, test } from 'vitest';

const readers = {
  'python-icalendar': {
    command: ['/usr/bin/python3', '-c', 'import icalendar'],
    from: 'apt-get install python3-icalendar',
  },
  khal: { command: ['khal', '--version'], from: 'apt-get install khal' },
};

/** A `describe` for tests that need that program. */
export function needsReader(reader: keyof typeof readers) {
  const { command, from } = readers[reader];
  const [program = '', ...args] = command;
  const isHere = spawnSync(program, args).status === 0;
  const missing = `no ${reader} on this machine (${from})`;
  return (name: string, tests: () => void) => {
    if (isHere) return describe(name, tests);
    if (process.env.CI !== 'true') return describe.skip(name, { meta: { missing } }, tests);
    return test(name, () => {
      throw new Error(`${missing}: with CI=true nothing is skipped`);
    });
  };
}
