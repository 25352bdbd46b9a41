import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filesBelow } from '../../support/source.ts';

// Every line of what a calendar is held to has a test that names it: A1 to A10 (bytes), B1 to B11 (what each method
// means), C1 to C9 (the mail), D1 to D9 (download and feed), E1 to E11 (replies), and 27 defects of the library.

const contract: [string, number][] = [
  ['A', 10],
  ['B', 11],
  ['C', 9],
  ['D', 9],
  ['E', 11],
  ['defect D', 27],
];
const lines = contract.flatMap(([letter, last]) =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`),
);

const titles = filesBelow('tests', '.test.ts').flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /\b(?:test|describe|needs\([^)]*\))(?:\.each\([^)]*\))?\(\s*(['"`])(.*?)\1,/g,
    ),
  ].map(([, , title = '']) => title),
);

/** Names before the colon: 'C1, C2 and defect D12' names three lines. */
const named = new Set(
  titles.flatMap(
    (title) =>
      /^(?:(?:defect )?[A-E]\d+(?:,? and |, )?)+:/.exec(title)?.[0].match(/(?:defect )?[A-E]\d+/g) ?? [],
  ),
);

test('every line of the calendar’s contract has a test that names it', () => {
  expect(lines).toHaveLength(77);
  expect(lines.filter((line) => !named.has(line))).toEqual([]);
});
