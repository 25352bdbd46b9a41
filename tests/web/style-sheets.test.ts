import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const sheets = read('static/css/*.css').map(({ path, text }) => ({
  name: basename(path),
  // Selectors alone: neither comments nor what stands between the innermost braces.
  selectors: text.replace(/\/\*.*?\*\//gs, '').replace(/\{[^{}]*\}/g, '{}'),
}));

describe('the style sheets', () => {
  test('are all for something: each class stands in a view, a script or the source', () => {
    const written = ['views/**/*.eta', 'static/js/*.js', 'src/**/*.ts'].flatMap(read);
    const words = new Set(written.flatMap(({ text }) => text.match(/[\w-]+/g) ?? []));
    words.add('htmx-request');
    const classes = sheets.flatMap(({ name, selectors }) =>
      [...selectors.matchAll(/\.([a-z][\w-]*)/gi)].map((found) => ({ name, word: found[1]! })),
    );
    expect(classes.length).toBeGreaterThan(300);
    expect(classes.filter(({ word }) => !words.has(word))).toEqual([]);
  });

  test('do not give one class two meanings: what a page’s sheet lays out, no other sheet does', () => {
    const pages = sheets.filter(({ name }) => name.startsWith('page-'));
    const others = sheets.filter(({ name }) => name !== 'utilities.css');
    const alone = (selectors: string) =>
      new Set([...selectors.matchAll(/(?:^|[{};,])\s*(\.[\w-]+)(?=\s*[,{])/g)].map((found) => found[1]!));
    const twice = pages.flatMap(({ name, selectors }) =>
      [...alone(selectors)].flatMap((one) =>
        others
          .filter((other) => other.name !== name && alone(other.selectors).has(one))
          .map((other) => `${one}: ${name}, ${other.name}`),
      ),
    );
    expect(twice).toEqual([]);
  });

  test('say what there is to say of a selector in one place', () => {
    const layers = read('static/css/*.css').flatMap(({ path, text }) =>
      text
        .replace(/\/\*.*?\*\//gs, '')
        .split(/^@/m)
        .map((layer) => ({ name: basename(path), layer })),
    );
    const twice = layers.flatMap(({ name, layer }) => {
      const seen = new Set<string>();
      return [...layer.matchAll(/^ {2}([^\s{}@][^{};]*)\{[^{}]*^ {2}\}/gm)]
        .map((found) => found[1]!.replace(/\s+/g, ' ').trim())
        .filter((selector) => seen.has(selector) || !seen.add(selector))
        .map((selector) => `${name}: ${selector}`);
    });
    expect(twice).toEqual([]);
  });
});
