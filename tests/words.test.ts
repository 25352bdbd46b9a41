// Every word on screen goes through the one catalogue, so that another language is one file of translations.

import path from 'node:path';
import { load } from 'cheerio';
import { Eta } from 'eta';
import { describe, expect, test } from 'vitest';
import { keptHere } from '../src/words/kept-here.ts';
import { unplainIn } from './support/pages/plain-words.ts';
import {
  filesBelow,
  type Node,
  nodesOf,
  type Source,
  sourcesBelow,
  textOf,
  treeOf,
} from './support/source.ts';

const pages = filesBelow('views', '.eta').filter((file) => !file.startsWith('views/letters/mail/'));
const letters = filesBelow('views/letters/mail', '.eta');

const spoken = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
  'label',
  'summary',
];
const hasLetters = (text: string) => /\p{L}/u.test(text);

/** Lists a template's own text, and attributes people see or hear, once all that eta does is gone. */
function bareWords(template: string): string[] {
  const html = template
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(<\/?)<%[\s\S]*?%>/g, '$1span')
    // Inside a tag what eta does stands between attributes: a space keeps them apart.
    .replace(/<%[\s\S]*?%>/g, ' ');
  // As a browser without scripts reads it, so that what stands in noscript is read too.
  const $ = load(html, { scriptingEnabled: false }, false);
  const texts = $('*')
    .add($.root())
    .contents()
    .filter((_, node) => node.type === 'text');
  const said = texts.toArray().map((node) => $(node).text());
  for (const name of spoken)
    said.push(
      ...$(`[${name}]`)
        .toArray()
        .map((element) => $(element).attr(name)!),
    );
  const buttons = $('input[type=submit], input[type=button]').toArray();
  said.push(...buttons.map((element) => $(element).attr('value') ?? ''));
  return said.map((text) => text.trim()).filter(hasLetters);
}

const eta = new Eta();

/** Strings in a template's own code that read like a sentence or a label and do not go through `t` or `tn`. */
function bareStrings(template: string): string[] {
  const tree = treeOf(`async function template() { ${eta.compileToString(template)} }`);
  const isPrinted = (node: Node, above: readonly Node[]) =>
    above.some(
      (one) =>
        one.type === 'AssignmentExpression' &&
        one.right === node &&
        (one.left as Node).type === 'MemberExpression',
    );
  return [...nodesOf(tree)]
    .filter(
      ({ node, above }) =>
        typeof node.value === 'string' && node.type === 'Literal' && !isPrinted(node, above),
    )
    .filter(({ above }) => !above.some(isTranslation) && !isSomebody(above.at(-1)))
    .map(({ node }) => String(node.value))
    .filter((text) => /^\s*\p{Lu}\p{Ll}/u.test(text) || /\p{Ll}[,.] \p{L}/u.test(text));
}

/** The invented people on the page of components have names, which no language translates. */
function isSomebody(parent: Node | undefined): boolean {
  return parent?.type === 'Property' && (parent.key as Node).name === 'name';
}

function isTranslation(node: Node): boolean {
  const callee = node.callee as Node | undefined;
  return (
    node.type === 'CallExpression' &&
    ['t', 'tn'].includes(String(callee?.name ?? (callee?.property as Node)?.name))
  );
}

describe('words on screen', () => {
  test('a template with words of its own is noticed, wherever they stand', () => {
    expect(bareWords('<p><% if (it.a) { %>Hello<% } %></p>')).toEqual(['Hello']);
    expect(bareWords('<input placeholder="Your name" aria-label="<%= t(\'Name\') %>">')).toEqual([
      'Your name',
    ]);
    expect(bareWords("<p><%= t('Hello') %>, <b><%= it.n %></b></p><!-- a note -->")).toEqual([]);
    expect(bareStrings("<p class=\"btn\"><%= it.a ? 'Yes please' : t('No') %></p>")).toEqual(['Yes please']);
  });

  test('no template has bare words in its markup', () => {
    expect(pages.length).toBeGreaterThan(50);
    const wrong = pages
      .map((file) => [file, bareWords(textOf(file))] as const)
      .filter(([, words]) => words.length > 0);
    expect(Object.fromEntries(wrong)).toEqual({});
  });

  test('no template has bare words in its code', () => {
    const wrong = pages
      .map((file) => [file, bareStrings(textOf(file))] as const)
      .filter(([, words]) => words.length > 0);
    expect(Object.fromEntries(wrong)).toEqual({});
  });

  test('letters have no bare words either', () => {
    const wrong = letters
      .map((file) => [file, [...bareWords(textOf(file)), ...bareStrings(textOf(file))]] as const)
      .filter(([, words]) => words.length > 0);
    expect(Object.fromEntries(wrong)).toEqual({});
  });

  test('the status, titles and messages that routes hand over are sentences without an exclamation mark', () => {
    const loud = [...pages, ...letters, ...filesBelow('src', '.ts')].filter((file) =>
      /['"`>][^'"`<>\n]*\p{Ll}!\s*(['"`<]|$)/mu.test(textOf(file)),
    );
    expect(loud).toEqual([]);
  });

  test('the scripts of pages say nothing of their own: they print what the page holds for them', () => {
    const saidBy = (code: string) =>
      [...nodesOf(treeOf(code))]
        .filter(({ node, above }) => node.type === 'Literal' && !above.some(isThrown))
        .map(({ node }) => String(node.value))
        .filter(
          (text) =>
            /^\p{Lu}\p{Ll}+[^-]*\s\p{L}/u.test(text) || /\p{Ll}{2}[,.]? \p{Ll}{2}.*[.!?]$/u.test(text),
        );
    expect(saidBy("line.textContent = 'Not sent yet'; throw new Error('Not sent yet')")).toEqual([
      'Not sent yet',
    ]);
    const scripts = filesBelow('static/js', '.js').filter((file) => !file.includes('htmx'));
    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.flatMap((file) => saidBy(textOf(file)).map((said) => `${file}: ${said}`))).toEqual([]);
  });

  test('no sentence says what nobody would say aloud to a colleague', () => {
    expect(unplainIn('Whoever says yes stands here by itself.')).toHaveLength(3);
    expect(unplainIn('Press again: nobody was mailed, and it cannot be taken back.')).toHaveLength(3);
    expect(unplainIn('A card a person, with six signs; nobody was e-mailed.')).toHaveLength(2);
    expect(unplainIn('26 letters and digits, by letter, until 2026-12-11')).toEqual([
      '“26 , by letter, until 2026-12-11” (better: Friday 11 December)',
      '“26 , by letter, until 2026-12-11” (better: e-mail)',
    ]);
    const wrong = [...pages, ...letters, ...filesBelow('src', '.ts').filter(isNoQuery)].flatMap((file) =>
      sentencesOf(file).flatMap((text) => unplainIn(text).map((found) => `${file}: ${found}`)),
    );
    expect(wrong).toEqual([]);
  });

  test('where no mail server is set up, no page says that an e-mail left or will leave', () => {
    const files = [...pages, ...filesBelow('src', '.ts').filter(isNoQuery)];
    const said = new Set(files.filter((file) => !isAboutKept(file)).flatMap(sentencesOf));
    expect([...said].filter((one) => saysItLeaves(one) && !keptHere.has(one))).toEqual([]);
    expect([...keptHere.values()].filter(saysItLeaves)).toEqual([]);
    // A pair whose sentence was reworded would do nothing.
    expect([...keptHere.keys()].filter((one) => !said.has(one))).toEqual([]);
  });
});

const isAboutKept = (file: string) => file === 'src/words/kept-here.ts';

/** Tells a sentence that promises an e-mail, or says that one left. */
const saysItLeaves = (sentence: string) =>
  /e-mails?\b.* (go(es)? out|leave\b)|\bgo(es)? out (in|next|at)|(e-mails?|invitation|copy)\b.* on (its|their) way\b|gets? (an|one) e-mail|everyone( on the list)? hears(,| what)|they hear:|e-mail\b.* follows|\bwe(’ve)? e-mail|(everyone|calendar) has (heard|been told)|invitations sent$/iu.test(
    sentence,
  );

const codeOf = (file: string) =>
  file.endsWith('.eta')
    ? treeOf(`async function template() { ${eta.compileToString(textOf(file))} }`)
    : treeOf(textOf(file));

const sentences = new Map<string, string[]>();

/** Lists the sentences of a template or a source file. */
function sentencesOf(file: string): string[] {
  const known = sentences.get(file);
  if (known) return known;
  const found = [...nodesOf(codeOf(file))]
    .filter(({ node, above }) => isText(node) && !above.some(isThrown) && !above.some(isPrinted))
    .map(({ node }) => String(node.value ?? ''))
    .filter((text) => /^[\p{Lu}{].*\p{Ll} /su.test(text));
  sentences.set(file, found);
  return found;
}

/** Leaves out the queries, which look for words of an older program in what is stored. */
const isNoQuery = (file: string) => !file.startsWith('src/store/');

const isText = (node: Node) => node.type === 'Literal' && typeof node.value === 'string';

/** Tells markup that a template prints as it is; its words are told from its code by another test. */
const isPrinted = (node: Node) =>
  node.type === 'AssignmentExpression' &&
  (node.left as Node).type === 'MemberExpression' &&
  isText(node.right as Node);

/** Tells an error of ours, which developers alone read. */
const isThrown = (node: Node) => node.type === 'NewExpression' && (node.callee as Node).name === 'Error';

describe('the language', () => {
  const sources = sourcesBelow('src');

  /** Names of values that a file takes from the catalogue. */
  const takenFromWords = (file: Source) =>
    [...nodesOf(file.tree)]
      .filter(({ node }) => node.type === 'ImportDeclaration' && node.importKind !== 'type')
      .filter(
        ({ node }) =>
          path.posix.join(path.posix.dirname(file.path), String((node.source as Node).value)) ===
          'src/words.ts',
      )
      .flatMap(({ node }) => (node.specifiers as Node[]).filter((one) => one.importKind !== 'type'))
      .map((one) => String((one.imported as Node).name));

  test('is chosen where the program starts and nowhere else: no module imports one', () => {
    const choosing = sources.filter((file) =>
      takenFromWords(file).some((name) => !['localeOf', 'listed'].includes(name)),
    );
    expect(choosing.map((file) => file.path)).toEqual([
      'src/cli/routes.ts',
      'src/main.ts',
      'src/terminal.ts',
    ]);
  });

  test('reaches the mistakes of forms where they are shown: none is put into words before', () => {
    const early = sources.flatMap(({ path: file, text }) =>
      /message: (\w+\.)*t\(/.test(text) ? [file] : [],
    );
    expect(early).toEqual([]);
  });
});
