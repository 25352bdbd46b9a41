// A template's header names the data it takes, and reading anything else throws in tests.
import { describe, expect, test } from 'vitest';
import { asDeclared, namesIn } from '../../src/web/declared-data.ts';
import { filesBelow, textOf } from '../support/source.ts';

const views = filesBelow('views', '.eta').map((path) => ({ path, text: textOf(path) }));

/** Names that every letter's template has beside its lines; a page's are on `this`. */
const everyLetterHas = ['t', 'tn', 'part', 'styles', 'language', 'withWholeHours'];

const codeOf = (text: string) =>
  [...text.matchAll(/<%[\s\S]*?%>/g)].map(([tag]) => tag.replace(/\/\*[\s\S]*?\*\//g, '')).join('\n');

/** Names that a template reads itself: `it.name`, or taken apart by `const { name } = it`. */
function readIn(text: string): string[] {
  const code = codeOf(text);
  const apart = [...code.matchAll(/const \{([^=]*?)\} = it\s*[;\n%]/g)].flatMap(([, list]) =>
    [...list!.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name!),
  );
  return [...[...code.matchAll(/(?<![\w.$])it\??\.(\w+)/g)].map(([, name]) => name!), ...apart];
}

/** True where a template hands all it has on, or reads by a name that it works out. */
const handsOn = (text: string) => /(?<![\w.$])it(?:[,)[]| \})|\.\.\.it\b(?!\.)/.test(codeOf(text));

function wrongIn({ path, text }: { path: string; text: string }): string[] {
  const names = namesIn(text);
  if (names === null) return [`${path} has no header`];
  const read = new Set(
    readIn(text).filter((name) => !(path.includes('/mail/') && everyLetterHas.includes(name))),
  );
  const missing = [...read].filter((name) => !names.has(name));
  const unread = handsOn(text) ? [] : [...names].filter((name) => !read.has(name));
  return [
    ...missing.map((name) => `${path} reads ${name}`),
    ...unread.map((name) => `${path} never reads ${name}`),
  ];
}

describe('a template’s header', () => {
  test('names what the template reads, and nothing else', () => {
    const text =
      '<% /* A team. data: team (with members, place), person? */ %>\n<% const { team, mine } = it; %><%= it.base %>';
    expect(wrongIn({ path: 'invented', text })).toEqual([
      'invented reads base',
      'invented reads mine',
      'invented never reads person',
    ]);
    expect(wrongIn({ path: 'invented', text: '<p>' })).toEqual(['invented has no header']);
    expect(views.length).toBeGreaterThan(250);
    expect(views.flatMap(wrongIn)).toEqual([]);
  });

  test('is kept to in tests: a misspelt name throws instead of being false', () => {
    const it = asDeclared('teams/_card', new Set(['team', 'mine']), {
      team: 'A',
      mine: true,
      base: '/',
    }) as Record<string, unknown>;
    expect([it.team, it.mine]).toEqual(['A', true]);
    expect(() => it.mien).toThrow('views/teams/_card.eta reads mien, which its header does not name');
    expect(() => it.base).toThrow('reads base');
    expect({ ...it }).toEqual({ team: 'A', mine: true, base: '/' });
  });
});
