// Reads everything that people can read in a made-up language whose every sentence is in brackets.
import { zstdDecompressSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../src/actions/questions/room-codes.ts';
import { buildApp } from '../src/app.ts';
import { zoneGroups } from '../src/domain/events/time-zones.ts';
import { builtInFormats } from '../src/domain/run-of-show/built-in-formats.ts';
import { encodings } from '../src/web/csv.ts';
import { type Answer, openBrowser, type Shown } from './support/browser.ts';
import { type House, openDemoHouse, roles } from './support/demo-house.ts';
import { makeMoreStates } from './support/more-states.ts';
import { bracketed, forgetting, OwnWords, outside, stringsIn, textsOf } from './support/pages/brackets.ts';
import { asPattern, follow, openable, type Visit } from './support/pages/crawl.ts';
import { oneOfEach, sendWith } from './support/pages/filling.ts';
import { textOf } from './support/source.ts';
import { keptSentence } from './support/tables/evening-that-is-on.ts';

let house: House;
let own: OwnWords;
const visits: Visit[] = [];
/** Answers to forms that were filled in badly, by what was sent. */
const refused = new Map<string, Answer>();

beforeAll(async () => {
  house = await openDemoHouse(undefined, undefined, bracketed);
  const more = await makeMoreStates(house);
  const look = lookAtAFewOfEach();
  for (const role of roles) {
    const starts = ['/', '/trends/new', ...(role === 'organiser' ? ['/components', ...more.organiser] : [])];
    visits.push(await look(role, await house.browserOf(role), starts));
  }
  const asStranger = [
    '/',
    '/sign-in',
    '/sign-in/code',
    '/sign-in/link/0000000000000000000000',
    '/my-question',
  ];
  visits.push(await look('somebody signed out', house.newBrowser(), asStranger));
  const links = { ...more.links, 'was there': await house.linkOf('coming', 'past') };
  for (const state of ['invited', 'coming', 'maybe', 'declined'])
    Object.assign(links, { [state]: await house.linkOf(state) });
  for (const [who, path] of Object.entries(links))
    visits.push(await look(`a guest who ${who}`, house.newBrowser(), [path], path.split('/')[2]));
  for (const [what, text] of Object.entries({
    nothing: '',
    'too much': 'å <b>&amp;</b> '.repeat(1500).trim(),
  }))
    for (const [kind, { visit, form }] of oneOfEach(visits))
      refused.set(
        `${what} in ${kind} as ${visit.who}`,
        await sendWith(visit.browser, form, text, visit.link),
      );
  own = await everythingTyped();
}, 300_000);

afterAll(() => house.close());

/** Every kind of page in a few of its states, each of which the whole crawl of every-page visits a hundred times. */
function lookAtAFewOfEach() {
  const routes = openable(house.app).map((route) => [route, asPattern(route)] as const);
  const kindOf = (address: string) => {
    const path = address.replace(/\?.*$/, '');
    const query = [...new URL(address, 'http://here').searchParams].map(
      ([name, value]) => name + value.slice(0, 9),
    );
    return `${routes.find(([, pattern]) => pattern.test(path))?.[0] ?? path} ${query[0] ?? ''}`;
  };
  return (who: string, ...[browser, starts, link]: [Visit['browser'], string[], string?]) =>
    follow(who, browser, starts, link, { most: 3, kindOf });
}

/** Texts that people typed, and names that no language translates: formats are theirs to change, cities are the zones' own. */
async function everythingTyped(): Promise<OwnWords> {
  const { db } = house.ctx;
  const rowsOf = async (table: string) =>
    (await db.execute<{ row: unknown }>(sql`SELECT to_jsonb(x) AS row FROM ${sql.identifier(table)} x`)).map(
      ({ row }) => row,
    );
  const tables = await db.execute<{ name: string }>(
    sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  // Columns of the list of tables, which the command reads under these names alone.
  const columns = ['Host', 'Stays', 'Until', 'Apart', 'Together', 'Lock'];
  const ids = await db.execute<{ id: number }>(sql`SELECT id FROM events`);
  const joinCodes = ids.map(({ id }) => codeOf(house.ctx, id));
  // The sentence that a guest keeps is encrypted where it is stored.
  const zones = zoneGroups(house.ctx.now());
  const names: unknown[] = [builtInFormats, zones, encodings, 'Flipside', columns, keptSentence, joinCodes];
  for (const { name } of tables) names.push(await rowsOf(name));
  const files = stringsIn(await rowsOf('imports')).filter((text) => text.startsWith('\\x'));
  const cells = files.flatMap((hex) =>
    textIn(Buffer.from(hex.slice(2), 'hex'))
      .toString()
      .split(/[\n\r;,]+/),
  );
  const colours = [...textOf('static/css/tokens.css').matchAll(/--([a-z][\w-]*)/g)].map(([, name]) => name!);
  const typed = stringsIn(names).filter((text) => !text.startsWith('\\x') && !text.includes('⟦'));
  // 'https': how an address begins, in an empty field.
  return new OwnWords([...typed, ...cells], [...cells, ...colours, 'https']);
}

/** Unpacks a file as it was uploaded: it is stored compressed (zstd) while its import waits. */
const textIn = (bytes: Buffer) =>
  bytes.subarray(0, 4).toString('hex') === '28b52ffd' ? zstdDecompressSync(bytes) : bytes;

const typeOf = (answer: Shown) => String(answer.headers['content-type'] ?? '');

/** Lists what an answer says outside the brackets and is nobody's own; codes in a list are read by programs. */
function unsaid(answer: Shown): string[] {
  const type = typeOf(answer);
  // What a PDF says is drawn, and read from its text boxes in the tests of paper.
  if (type.includes('pdf')) return [];
  const texts = textsOf(answer.body, type)
    .flatMap(outside)
    .flatMap((text) => own.without(text));
  const isForPrograms = type.includes('csv') || type.includes('json');
  return isForPrograms ? texts.filter((text) => !/^[a-z-]+([A-Z][a-z]+|\d)?$/.test(text)) : texts;
}

describe('in a language whose every sentence is in brackets', () => {
  test('a sentence that is not looked up in the catalogue is found, on the page and in its title', async () => {
    const app = await buildApp({ ...house.ctx, words: forgetting('Sign in') });
    const answer = await openBrowser(app, house.ctx.baseUrl).get('/sign-in');
    expect(answer.statusCode).toBe(200);
    expect(unsaid(answer)).toContain('Sign in');
    await app.close();
  });

  test('no page, file or calendar says anything outside them but what people typed', () => {
    const found = new Map<string, string>();
    for (const { who, seen } of visits)
      for (const [address, answer] of seen)
        for (const text of unsaid(answer)) found.set(text, `${address} as ${who}`);
    expect(visits.flatMap(({ seen }) => [...seen.keys()]).length).toBeGreaterThan(250);
    expect(Object.fromEntries(found)).toEqual({});
  });

  test('no form that comes back says anything outside them either', () => {
    const found = new Map<string, string>();
    const answers = [...refused].filter(([, { statusCode }]) => statusCode >= 400);
    for (const [what, answer] of answers) for (const text of unsaid(answer)) found.set(text, what);
    expect(answers.length).toBeGreaterThan(40);
    expect(Object.fromEntries(found)).toEqual({});
  });
});
