// The README is read to its end, and what it and the documents lead to is there.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, textOf } from './support/source.ts';

const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesBelow('docs', '.md')];

test('the README has 900 words at most', () => {
  const words = textOf('README.md').split(/\s+/).filter(Boolean);
  expect(words.length).toBeGreaterThan(300);
  expect(words.length).toBeLessThanOrEqual(900);
});

test.each(documents)('every link of %s leads to a file', (document) => {
  const links = [...textOf(document).matchAll(/\]\(([^)#\s]+)\)/g)].map(([, to]) => to!);
  const missing = links
    .filter((to) => !/^[a-z]+:/.test(to))
    .filter((to) => !fs.existsSync(path.resolve(path.dirname(document), to)));
  expect(missing).toEqual([]);
});

test('every npm script that they name is there', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = documents.flatMap((document) =>
    [...textOf(document).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name!),
  );
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test('the map leads from 60 sentences of the product to what makes them true', () => {
  const rows = [...textOf('docs/map.md').matchAll(/^\| (.+) \| \[.+\]\((.+)\) \| `(\w+)` \|$/gm)];
  expect(rows.length).toBeGreaterThanOrEqual(60);
  const astray = rows.filter(([, , file, name]) => {
    const text = textOf(path.join('docs', file!));
    return !new RegExp(`^export (async )?(function\\*?|const|class) ${name}\\b`, 'm').test(text);
  });
  expect(astray.map(([, sentence]) => sentence)).toEqual([]);
});
