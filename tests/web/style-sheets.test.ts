import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const sheets = read('static/css/*.css').map(({ path, text }) => ({
  name: basename(path),
  // Selectors alone: neither comments nor what stands between the innermost braces.
  selectors: text.replace(/\/\*.*?\*\//gs, '').replace(/\{[^{}]*\}/g, '{}'),
}));

/** Folders of views whose pages a page's sheet is for. */
const pagesOf: Record<string, string[]> = {
  'page-assign.css': ['teams/assignment'],
  'page-audit.css': ['audit'],
  'page-components.css': ['components'],
  'page-dashboard.css': ['events', 'shared'],
  'page-dates.css': ['dates'],
  'page-day.css': ['tables/day'],
  'page-event.css': ['offers', 'events/host', 'events/page'],
  'page-events.css': ['events', 'guests', 'letters'],
  'page-formats.css': ['events', 'letters', 'run-of-show', 'run-of-show/format'],
  'page-harvest.css': ['live', 'notes'],
  'page-host.css': ['events/host', 'events/page'],
  'page-import.css': ['people', 'trends/import'],
  'page-invitations.css': ['events', 'letters'],
  'page-live-remote.css': ['layouts', 'live', 'notes', 'questions', 'questions/live', 'questions/room'],
  'page-live-screen.css': ['layouts', 'live', 'notes', 'questions', 'questions/live', 'questions/room'],
  'page-live.css': ['layouts', 'live', 'notes', 'questions', 'questions/live', 'questions/room'],
  'page-notes-guest.css': ['notes'],
  'page-notes.css': ['notes'],
  'page-offers.css': ['offers'],
  'page-pairs.css': ['pairs'],
  'page-paper.css': ['tables'],
  'page-programme.css': ['offers', 'settings'],
  'page-question-desk.css': ['questions', 'questions/desk', 'teams'],
  'page-questions.css': ['events/page', 'questions', 'questions/room'],
  'page-ran.css': ['live'],
  'page-rank.css': ['teams'],
  'page-record.css': ['teams/credit'],
  'page-room.css': ['questions/room'],
  'page-run.css': ['run-of-show'],
  'page-say-dates.css': ['dates'],
  'page-seat.css': ['notes', 'tables'],
  'page-setup.css': ['run-of-show/format', 'events', 'sign-in'],
  'page-sign-in.css': ['offers', 'sign-in'],
  'page-tables-ring.css': ['tables'],
  'page-tables.css': ['tables'],
  'page-team.css': ['events/host', 'run-of-show', 'teams', 'teams/meetings'],
  'page-trends.css': ['trends'],
  'page-wall.css': ['run-of-show'],
};

/** The page of all components shows those of every page; letters bring styles of their own. */
const templates = read('views/**/*.eta')
  .map(({ path, text }) => ({ folder: dirname(path).replace(/^views\/?/, ''), text }))
  .filter(({ folder }) => !folder.startsWith('letters/mail'));

/** Folders whose templates give something this class or attribute. */
function foldersWith(name: string, isAttribute: boolean): string[] {
  // Not `it.answer`: that is data, and no class.
  const word = new RegExp(`(?<![\\w.-])${name}(?![\\w-])`);
  const values = /(?:class|look)="((?:<%[\s\S]*?%>|[^"])*)"|className: '([^']*)'/g;
  const gives = (text: string) =>
    isAttribute
      ? word.test(text)
      : [...text.matchAll(values)].some(([, one, other]) => word.test(one ?? other!));
  return [...new Set(templates.filter(({ text }) => gives(text)).map(({ folder }) => folder))];
}

/** Selectors of a page's sheet that also fit something on another page: none of their names is this page's own. */
function leaks(selectors: string, folders: string[]): string[] {
  const each = (selectors.replace(/@[^{};]*/g, '').match(/[^{};]+(?=\{)/g) ?? [])
    .flatMap((list) => list.split(/,(?![^(]*\))/))
    .map((one) => one.replace(/\s+/g, ' ').trim());
  const isOwn = ([, sign, name]: RegExpMatchArray) =>
    foldersWith(name!, sign === '[').every((folder) => folders.includes(folder) || folder === 'components');
  return each.filter(
    (one) => one !== '' && !one.startsWith('&') && ![...one.matchAll(/([.#[])([a-zA-Z][\w-]*)/g)].some(isOwn),
  );
}

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

  test('of a page lay out nothing on another page', () => {
    expect(
      leaks('.dropzone, main .btn {} .btn.trend-list {} main section {}', ['people', 'trends/import']),
    ).toEqual(['main .btn', '.btn.trend-list', 'main section']);
    const pages = sheets.filter(({ name }) => name.startsWith('page-'));
    expect(pages.map(({ name }) => name)).toEqual(Object.keys(pagesOf));
    expect(
      pages.flatMap(({ name, selectors }) =>
        leaks(selectors, pagesOf[name]!).map((one) => `${name}: ${one}`),
      ),
    ).toEqual([]);
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
