// The structure of the source, as far as a program can check it.
import path from 'node:path';
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { type Arrow, circlesIn } from './support/circles.ts';
import {
  filesBelow,
  type Import,
  importsOf,
  lineOf,
  type Node,
  nodesOf,
  type Source,
  sourcesBelow,
  textOf,
  treeOf,
} from './support/source.ts';

const sources = sourcesBelow('src');
const views = filesBelow('views', '.eta').map((file) => ({ path: file, text: textOf(file) }));
const pages = views.filter((view) => !view.path.startsWith('views/letters/mail/'));

/** The room a file is in: 'store' for src/store/people/people.ts, 'app' for src/app.ts. */
function roomOf(file: string): string {
  const [, first, second] = file.split('/');
  return second === undefined ? first!.replace(/\.ts$/, '') : first!;
}

interface Rule {
  /** Rooms whose values and types may be imported, besides the room itself. */
  from: string[];
  /** Rooms of which only types may be imported. */
  types?: string[];
  /** Single files that may be imported from other rooms. */
  files?: string[];
}

const belowRoutes = [
  'web',
  'paper',
  'actions',
  'store',
  'mail',
  'planning',
  'domain',
  'context',
  'refusal',
  'words',
];
const belowMain = [...belowRoutes, 'routes', 'app', 'jobs', 'database', 'config', 'terminal'];

/** `Db` and `Tx` are types of the database that go from hand to hand; only the store asks them anything. */
const rules: Record<string, Rule> = {
  domain: { from: [] },
  planning: { from: ['domain'] },
  database: { from: [] },
  refusal: { from: [] },
  words: { from: [] },
  // Plain data to PDF: it knows no noun, no word and no rule.
  paper: { from: [] },
  config: { from: [] },
  context: { from: [], types: ['database', 'words'] },
  store: { from: ['database', 'domain'] },
  mail: { from: ['store', 'domain', 'words'] },
  actions: { from: ['store', 'domain', 'planning', 'context', 'refusal', 'words'], types: ['database'] },
  jobs: { from: ['actions', 'mail', 'store', 'planning', 'domain', 'context'], types: ['database'] },
  // Text as people see it, typed or imported, has one definition; it knows no noun either.
  web: { from: ['context', 'refusal', 'words'], files: ['src/domain/visible-text.ts'] },
  routes: { from: belowRoutes, types: ['database'] },
  app: { from: [...belowRoutes, 'routes'] },
  terminal: { from: ['config', 'database', 'domain', 'refusal', 'web', 'words'] },
  main: { from: belowMain },
  cli: { from: [...belowMain, 'main'] },
};

const isOurs = (one: Import) => one.from.startsWith('.');
const target = (source: Source, one: Import) => path.posix.join(path.posix.dirname(source.path), one.from);
const at = (source: Source, line: number) => `${source.path}:${line}`;
const inRooms = (...rooms: string[]) => sources.filter((source) => rooms.includes(roomOf(source.path)));
const outside = (...rooms: string[]) => sources.filter((source) => !rooms.includes(roomOf(source.path)));

function mayImport(source: Source, one: Import): boolean {
  const [room, other] = [roomOf(source.path), roomOf(target(source, one))];
  const rule = rules[room];
  if (rule === undefined) return false;
  const { from, types = [], files = [] } = rule;
  return (
    room === other ||
    from.includes(other) ||
    (one.isType && types.includes(other)) ||
    files.includes(target(source, one))
  );
}

/** Every place where somebody writes `object.property`, or a bare name where `object` is ''. */
function uses(source: Source, object: string, property?: string): number[] {
  const lines: number[] = [];
  for (const { node, above } of nodesOf(source.tree)) {
    if (object === '' ? isBareName(node, above.at(-1), property!) : isMember(node, object, property))
      lines.push(lineOf(source.text, node.start));
  }
  return lines;
}

function isMember(node: Node, object: string, property: string | undefined): boolean {
  if (node.type !== 'MemberExpression') return false;
  const [left, right] = [node.object as Node, node.property as Node];
  return left.name === object && (property === undefined || right.name === property);
}

function isBareName(node: Node, parent: Node | undefined, name: string): boolean {
  if (node.type !== 'Identifier' || node.name !== name) return false;
  return !(parent?.type === 'MemberExpression' && parent.property === node) && parent?.type !== 'Property';
}

const found = (list: Source[], object: string, property?: string) =>
  list.flatMap((source) => uses(source, object, property).map((line) => at(source, line)));

describe('who may import whom', () => {
  test('every room of src has its line in the table', () => {
    expect([...new Set(sources.map((source) => roomOf(source.path)))].filter((room) => !rules[room])).toEqual(
      [],
    );
  });

  test('rooms import only from the rooms below them', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter((one) => isOurs(one) && !mayImport(source, one))
        .map((one) => `${at(source, one.line)} imports ${one.from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('every import of ours names a file with its ending, and none is worked out at run time', () => {
    const wrong = sources.flatMap((source) =>
      importsOf(source)
        .filter((one) => (isOurs(one) && !/\.(ts|json)$/.test(one.from)) || one.from.startsWith('('))
        .map((one) => `${at(source, one.line)} imports ${one.from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('only app.ts imports routes, and only main.ts, terminal.ts and cli read config', () => {
    const importers = (room: string) =>
      sources
        .filter(
          (source) =>
            roomOf(source.path) !== room &&
            importsOf(source).some((one) => isOurs(one) && roomOf(target(source, one)) === room),
        )
        .map((source) => source.path);
    expect(importers('routes')).toEqual(['src/app.ts']);
    expect(
      importers('config').filter(
        (file) => !['src/main.ts', 'src/terminal.ts'].includes(file) && !file.startsWith('src/cli/'),
      ),
    ).toEqual([]);
    expect(importers('config')).toContain('src/main.ts');
  });

  test('nothing but main.ts and cli looks at the environment', () => {
    expect(found(inRooms('main', 'cli'), 'process', 'env')).not.toEqual([]);
    expect(found(outside('main', 'cli'), 'process', 'env')).toEqual([]);
  });

  test('src needs nothing from the tests', () => {
    expect(
      sources
        .filter((source) => importsOf(source).some((one) => target(source, one).startsWith('tests/')))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

/** Nouns of the product: the same folders in each of these rooms, and below `tests` for them. */
const nouns = [
  'audit',
  'calendar',
  'dates',
  'demo',
  'events',
  'files',
  'guests',
  'letters',
  'live',
  'notes',
  'offers',
  'outcomes',
  'pairs',
  'people',
  'questions',
  'run-of-show',
  'settings',
  'sign-in',
  'tables',
  'teams',
  'trends',
];

/** Folders that belong to no noun: tables by noun, and what pages of all nouns are made of. */
const otherFolders = [
  'src/store/schema',
  'views/components',
  'views/errors',
  'views/layouts',
  'views/shared',
];

const roomsByNoun = [
  ...['actions', 'domain', 'routes', 'store'].flatMap((room) => [`src/${room}`, `tests/${room}`]),
  'views',
];

/** Folders right inside a room that are no noun. */
function strangeFolders(files: string[]): string[] {
  const folders = files.flatMap((file) =>
    roomsByNoun.flatMap((room) => {
      const [first, ...rest] = file.startsWith(`${room}/`) ? file.slice(room.length + 1).split('/') : [];
      return rest.length > 0 && !nouns.includes(first!) ? [`${room}/${first}`] : [];
    }),
  );
  return [...new Set(folders)].filter((folder) => !otherFolders.includes(folder));
}

/** Folders with more files right inside than one can look over. */
function crowdedFolders(files: string[]): string[] {
  return [...Map.groupBy(files, (file) => path.posix.dirname(file))]
    .filter(([, inside]) => inside.length > 25)
    .map(([folder, inside]) => `${folder}: ${inside.length}`);
}

/** The noun of a file of this room: 'guests' for src/store/guests/rsvps.ts. */
function nounOf(file: string, room: string): string | undefined {
  const [, first, noun, ...rest] = file.split('/');
  return first === room && rest.length > 0 && nouns.includes(noun!) ? noun : undefined;
}

function arrowsBetweenNouns(arrows: Arrow[], room: string): Arrow[] {
  return arrows
    .map(([from, to]) => [nounOf(from, room), nounOf(to, room)] as const)
    .filter(
      (arrow): arrow is Arrow => arrow[0] !== undefined && arrow[1] !== undefined && arrow[0] !== arrow[1],
    );
}

describe('folders', () => {
  const arrows = sources.flatMap((source) =>
    importsOf(source)
      .filter(isOurs)
      .map((one): Arrow => [source.path, target(source, one)]),
  );
  const everything = [
    ...sources.map((source) => source.path),
    ...filesBelow('tests', ''),
    ...filesBelow('views', '.eta'),
  ].filter((file) => /\.\w+$/.test(file));

  test('the same nouns are the folders of every room', () => {
    expect(strangeFolders(['src/store/rsvps/answers.ts', 'tests/routes/door.test.ts'])).toEqual([
      'src/store/rsvps',
    ]);
    expect(strangeFolders(everything)).toEqual([]);
  });

  test('no folder of these rooms holds more than 25 files', () => {
    const many = Array.from({ length: 26 }, (_, n) => `src/routes/a-${n}.ts`);
    expect(crowdedFolders(many)).toEqual(['src/routes: 26']);
    expect(crowdedFolders(many.slice(1))).toEqual([]);
    const rooms = everything.filter((file) =>
      /^(tests|views|src\/(actions|domain|routes|store))\//.test(file),
    );
    expect(crowdedFolders(rooms)).toEqual([]);
  });

  test('files need each other in no circle', () => {
    expect(
      circlesIn([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'd'],
        ['e', 'e'],
      ]),
    ).toEqual([['a', 'b', 'c'], ['e']]);
    expect(arrows.length).toBeGreaterThan(1000);
    expect(circlesIn(arrows)).toEqual([]);
  });

  test('in store and domain no noun needs one that needs it', () => {
    const invented: Arrow[] = [
      ['src/store/guests/rsvps.ts', 'src/store/events/events.ts'],
      ['src/store/events/page.ts', 'src/store/guests/answers.ts'],
      ['src/store/events/page.ts', 'src/store/schema/index.ts'],
    ];
    expect(circlesIn(arrowsBetweenNouns(invented, 'store'))).toEqual([['events', 'guests']]);
    for (const room of ['store', 'domain']) {
      const between = arrowsBetweenNouns(arrows, room);
      expect(between).not.toEqual([]);
      expect({ room, circles: circlesIn(between) }).toEqual({ room, circles: [] });
    }
  });
});

describe('what is pure stays pure', () => {
  test('domain uses no package and nothing of node', () => {
    const wrong = inRooms('domain').flatMap((source) =>
      importsOf(source)
        .filter((one) => !isOurs(one))
        .map((one) => `${at(source, one.line)} imports ${one.from}`),
    );
    expect(wrong).toEqual([]);
  });

  test('domain, planning and actions read neither clock nor chance: both are handed in', () => {
    const rooms = inRooms('domain', 'planning', 'actions');
    for (const [object, property] of [
      ['Temporal', 'Now'],
      ['Date', 'now'],
      ['Math', 'random'],
      ['performance', undefined],
      ['process', undefined],
    ] as const)
      expect({ [`${object}.${property ?? '…'}`]: found(rooms, object, property) }).toEqual({
        [`${object}.${property ?? '…'}`]: [],
      });
    const isDate = ({ node }: { node: Node }) =>
      node.type === 'NewExpression' && (node.callee as Node).name === 'Date';
    expect(
      rooms
        .filter((source) =>
          [...nodesOf(source.tree)].some((one) => isDate(one) && (one.node.arguments as Node[]).length === 0),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('domain and planning take nothing random from crypto; actions only hash, encrypt with what they are given, sign, and check', () => {
    expect(found(inRooms('domain', 'planning'), '', 'crypto')).toEqual([]);
    const names =
      /^(createHash|createHmac|hkdfSync|createCipheriv|createDecipheriv|timingSafeEqual|createPrivateKey|createPublicKey|privateDecrypt|publicEncrypt|verify|constants)$/;
    const wrong = inRooms('planning', 'actions').flatMap((source) =>
      [...nodesOf(source.tree)]
        .filter(
          ({ node }) =>
            node.type === 'ImportDeclaration' && /^(node:)?crypto$/.test(String((node.source as Node).value)),
        )
        .flatMap(({ node }) =>
          (node.specifiers as Node[]).map((part) => String((part.imported as Node | undefined)?.name ?? '*')),
        )
        .filter((name) => !names.test(name))
        .map((name) => `${source.path} imports ${name} from crypto`),
    );
    expect(wrong).toEqual([]);
  });

  test('only actions and jobs open transactions', () => {
    const opening = (list: Source[]) =>
      list.flatMap((source) =>
        [...nodesOf(source.tree)]
          .filter(
            ({ node }) =>
              node.type === 'CallExpression' &&
              (node.callee as { property?: Node }).property?.name === 'transaction',
          )
          .map(({ node }) => at(source, lineOf(source.text, node.start))),
      );
    expect(opening(inRooms('actions', 'jobs'))).not.toEqual([]);
    expect(opening(outside('actions', 'jobs'))).toEqual([]);
  });
});

describe('sizes', () => {
  test('no file is longer than 300 lines', () => {
    const long = sources
      .map((source) => [source.path, source.text.trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  test('no function is longer than 40 lines, route tables excepted', () => {
    const long = sources.flatMap((source) =>
      [...nodesOf(source.tree)]
        .filter(({ node }) =>
          /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type),
        )
        .filter(({ node }) => !/^[a-zA-Z]+Routes$/.test(String((node.id as Node | null)?.name ?? '')))
        .map(({ node }) => ({
          node,
          lines: lineOf(source.text, node.end) - lineOf(source.text, node.start) + 1,
        }))
        .filter(({ lines }) => lines > 40)
        .map(({ node, lines }) => `${at(source, lineOf(source.text, node.start))}: ${lines} lines`),
    );
    expect(long).toEqual([]);
  });

  test('no template is longer than 100 lines', () => {
    const long = views
      .map((view) => [view.path, view.text.trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > 100);
    expect(long).toEqual([]);
  });
});

describe('names', () => {
  test('files and folders are kebab-case', () => {
    const wrong = [...sources.map(({ path }) => path), ...filesBelow('tests', '.ts')].filter(
      (file) => !/^[a-z0-9-]+(\/[a-z0-9-]+)*(\.test)?\.ts$/.test(file),
    );
    expect(wrong).toEqual([]);
    expect(
      views
        .map(({ path }) => path)
        .filter((file) => !/^views(\/[a-z0-9-]+)*\/_?[a-z0-9-]+(\.(html|text))?\.eta$/.test(file)),
    ).toEqual([]);
  });

  test('nothing is called Service, Manager, Helper, Util or Dto', () => {
    const named = sources.flatMap((source) =>
      [...nodesOf(source.tree)]
        .filter(({ node }) =>
          /^(FunctionDeclaration|ClassDeclaration|VariableDeclarator|TSInterfaceDeclaration|TSTypeAliasDeclaration)$/.test(
            node.type,
          ),
        )
        .map(({ node }) => ({
          where: at(source, lineOf(source.text, node.start)),
          type: node.type,
          name: String((node.id as Node | null)?.name ?? ''),
        })),
    );
    // A person's manager is a noun of the field, so only kinds of things may not be managers.
    const wrong = named.filter(
      ({ type, name }) =>
        /(^|[a-z])(Service|Helper|Util|Utils|Dto|DTO)(?=[A-Z]|$)|^(service|helper|utils?|dto)(?=[A-Z]|$)/.test(
          name,
        ) ||
        (/^(Class|TS)/.test(type) && /Manager$/.test(name)),
    );
    expect(wrong).toEqual([]);
    expect(
      sources
        .map(({ path }) => path)
        .filter((file) => /\b(services?|helpers?|utils?|dtos?)\b|-manager\.ts$/.test(file)),
    ).toEqual([]);
  });

  test('nothing is exported by default', () => {
    expect(
      sources
        .filter(({ tree }) => (tree.body as Node[]).some((node) => node.type === 'ExportDefaultDeclaration'))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

/** Docstrings that open with a riddle instead of a verb (functions) or a plain noun (types and fields). */
function riddlesIn({ path: file, text }: Pick<Source, 'path' | 'text'>): string[] {
  const docstrings = [...text.matchAll(/(?:\/\*\*|^<% \/\*|^\/\*)[\s*]*(\S[^\n]*)/g)];
  return docstrings
    .filter(([, opening]) =>
      /^(what|whatever|who|whom|whoever|whose|which|of|by which|where|those)\b/i.test(opening!),
    )
    .map((found) => `${file}:${lineOf(text, found.index)} ${found[1]}`);
}

describe('comments', () => {
  test('files of domain, planning, web and mail open with a line that says what they are', () => {
    expect(
      inRooms('domain', 'planning', 'web', 'mail')
        .filter(({ text }) => !/^\/[/*]/.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('exported functions of domain, planning, actions and mail say their rule or outcome', () => {
    const wrong = inRooms('domain', 'planning', 'actions', 'mail').flatMap((source) =>
      (source.tree.body as Node[])
        .filter(
          (node) =>
            node.type === 'ExportNamedDeclaration' &&
            (node.declaration as Node | null)?.type === 'FunctionDeclaration',
        )
        .filter((node) => !/\*\/\s*$/.test(source.text.slice(0, node.start)))
        .map(
          (node) =>
            `${at(source, lineOf(source.text, node.start))} ${String(((node.declaration as Node).id as Node).name)}`,
        ),
    );
    expect(wrong).toEqual([]);
  });

  test('every docstring opens with a verb or a plain noun', () => {
    const invented = [
      'What became of it.',
      '\n * Whoever waits\n *',
      'By which it is known.',
      'Says who waits.',
    ];
    const text = invented.map((words) => `/${'**'} ${words} */\n`).join('');
    expect(riddlesIn({ path: 'invented.ts', text })).toEqual([
      'invented.ts:1 What became of it. */',
      'invented.ts:2 Whoever waits',
      'invented.ts:5 By which it is known. */',
    ]);
    const others = [...filesBelow('static', '.js'), ...filesBelow('static', '.css')];
    const everywhere = [
      ...[...sources, ...sourcesBelow('tests'), ...sourcesBelow('bench'), ...views],
      ...others.map((file) => ({ path: file, text: textOf(file) })),
    ];
    expect(everywhere.flatMap(riddlesIn)).toEqual([]);
  });
});

/** A template as HTML: what eta prints or does becomes `\u2039…\u203a` where it matters, else nothing. */
const asHtml = (text: string) =>
  text.replace(/<%[\s\S]*?%>/g, (tag) => (tag.includes('token()') ? 'TOKEN' : ''));

/** True where a line is too long for any other reason than one sentence that stands on it alone. */
function isTooLong(line: string): boolean {
  const withoutSentence = line.replace(/'(?:[^'\\]|\\.){60,}'/g, "''").trim();
  return line.length > 110 && withoutSentence.length > 60;
}

/** Values that a template prints and that choose between three and more things, so that nobody can read them at once. */
function nestedChoices(text: string): string[] {
  return [...text.matchAll(/<%=([\s\S]*?)%>/g)]
    .map(([, code]) => code!.trim())
    .filter((code) =>
      [...nodesOf(treeOf(`(${code})`))].some(
        ({ node, above }) =>
          node.type === 'ConditionalExpression' && above.some(({ type }) => type === 'ConditionalExpression'),
      ),
    );
}

/** Names that a template gives to values it works out; names of loops, and of data taken apart, are none. */
function computedNames(text: string): number {
  const code = [...text.matchAll(/<%(?![=~])([\s\S]*?)%>/g)].map(([, inside]) => inside!);
  const plain = code.map((one) =>
    one.replace(/\/\*[\s\S]*?\*\//g, '').replace(/for \((const|let)/g, 'for ('),
  );
  return plain.reduce((sum, one) => sum + (one.match(/\b(const|let) (?!\{ )/g) ?? []).length, 0);
}

describe('templates', () => {
  test('work out two named values at most, as the rest comes from their view file; parts of all pages excepted', () => {
    expect(computedNames('<% const { a } = it; const b = a + 1; for (const c of a) { let d = c; %>')).toBe(2);
    const wrong = views
      .filter(({ path }) => !/^views\/(shared|letters\/mail)\//.test(path))
      .filter(({ text }) => computedNames(text) > 2)
      .map(({ path, text }) => `${path}: ${computedNames(text)}`);
    expect(wrong).toEqual([]);
  });

  test('have no line of more than 110 characters, one sentence on a line of its own excepted', () => {
    const sentence = `t('${'word '.repeat(30)}')`;
    expect([`  ? ${sentence}`, `<p><%= ${sentence} %></p>`].map(isTooLong)).toEqual([false, false]);
    const code = 'x'.repeat(70);
    expect([`<p class="${code}"><%= ${sentence} %></p>`, `${code} ${code}`].map(isTooLong)).toEqual([
      true,
      true,
    ]);
    const long = views.flatMap((view) =>
      view.text.split('\n').flatMap((line, n) => (isTooLong(line) ? [`${view.path}:${n + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });

  test('print no choice within a choice: the one within has a name', () => {
    expect(nestedChoices("<%= a ? b : c ? d : e %><%= a ? t('b') : c %>")).toEqual(['a ? b : c ? d : e']);
    expect(views.flatMap(({ path, text }) => nestedChoices(text).map((code) => `${path}: ${code}`))).toEqual(
      [],
    );
  });

  test('print nothing raw', () => {
    expect(views.filter(({ text }) => /<%[-_]?\s*~/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('carry no style, no script of their own and no handler, so that the strict policy holds', () => {
    const inline = /\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:|hx-on/i;
    expect(
      pages
        .filter(({ text }) => inline.test(asHtml(text.replace(/<script src="<%[^%]*%>"/g, '<script src=""'))))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('every form that changes something carries the token', () => {
    const forms = pages.flatMap(({ path, text }) =>
      [...asHtml(text).matchAll(/<form\b[^>]*\bmethod="post"[\s\S]*?<\/form>/gi)].map(([form]) => ({
        path,
        form,
      })),
    );
    expect(forms.length).toBeGreaterThan(10);
    expect(
      forms
        .filter(({ form }) => !form.includes('TOKEN'))
        .map(({ path, form }) => `${path}: ${form.slice(0, 80)}`),
    ).toEqual([]);
  });

  test('ask nothing of the database and wait for nothing', () => {
    const code = (text: string) => [...text.matchAll(/<%[\s\S]*?%>/g)].map(([tag]) => tag).join('\n');
    const asks = (text: string) => /\bawait\b|\b(ctx|db|tx)\.|\bimport\(/.test(code(text));
    expect(asks('<% const all = await it.db.select(); %>')).toBe(true);
    expect(views.filter(({ text }) => asks(text)).map(({ path }) => path)).toEqual([]);
  });

  test('what htmx sends goes to the address the form or link has without it', () => {
    const wrong = pages.flatMap(({ path, text }) =>
      [...text.replace(/%>/g, '%\u203a').matchAll(/<(form|a|button)\b[^>]*\bhx-(post|get)="([^"]*)"[^>]*>/g)]
        .filter(
          ([tag, , , address]) =>
            !['action', 'href', 'formaction'].some(
              (name) => plainAddress(tag, name) === withoutAnchor(address!),
            ),
        )
        .map(([tag]) => `${path}: ${tag}`),
    );
    expect(wrong).toEqual([]);
  });

  test('a panel that htmx replaces is a partial of that name with one root of that id', () => {
    const wrong = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/hx-target="#([\w-]+)"/g)].map(([, id]) => wrongPanel(path, id!)),
    );
    expect([...new Set(wrong)].filter((one) => one !== undefined)).toEqual([]);
  });
});

const withoutAnchor = (address: string) => address.replace(/#.*$/, '');

function plainAddress(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : withoutAnchor(value);
}

function wrongPanel(from: string, id: string): string | undefined {
  const beside = `${path.posix.dirname(from)}/_${id}.eta`;
  const panel =
    pages.find((view) => view.path === beside) ?? pages.find((view) => view.path.endsWith(`/_${id}.eta`));
  if (!panel) return `${from} targets #${id}, but there is no _${id}.eta`;
  const roots = load(asHtml(panel.text), null, false).root().children();
  if (roots.length !== 1 || roots.attr('id') !== id)
    return `${panel.path} has ${roots.length} roots, the first with id ${roots.attr('id')}`;
  return undefined;
}
