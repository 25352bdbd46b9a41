// Every test that can be longer is run at its full length by `npm run test:long`.
import path from 'node:path';
import { expect, test } from 'vitest';
import { onlyInLong } from './support/length.ts';
import { filesBelow, textOf } from './support/source.ts';

const files = filesBelow('tests', '.ts');

/** Files of tests/ that a file imports. */
function importedBy(file: string): string[] {
  return [...textOf(file).matchAll(/(?:from|import) '(\.[^']+\.ts)'/g)].map(([, to]) =>
    path.posix.join(path.posix.dirname(file), to!),
  );
}

const choosesLength = (file: string) => /\b(byLength|isLong)\b/.test(textOf(file));

test('each file whose length can be chosen has a file in tests/long, and nothing else has', () => {
  const tests = files.filter((file) => file.endsWith('.test.ts') && !file.startsWith('tests/long/'));
  const longer = tests.filter(
    (file) =>
      file !== 'tests/lengths.test.ts' &&
      (onlyInLong.includes(file) ||
        [file, ...importedBy(file)].some((one) => files.includes(one) && choosesLength(one))),
  );
  const inLong = files.filter((file) => /^tests\/long\/.*\.test\.ts$/.test(file)).flatMap(importedBy);
  expect(longer.length).toBeGreaterThan(0);
  expect(inLong.toSorted()).toEqual(longer.toSorted());
});
