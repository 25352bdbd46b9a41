// A small organisation to test in: a database, a clock one can turn, people, and their browsers.
import { randomBytes } from 'node:crypto';
import { type CheerioAPI, load } from 'cheerio';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { buildApp } from '../../src/app.ts';
import type { Context } from '../../src/context.ts';
import { type Database, type Db, openDatabase } from '../../src/database/open.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as people from '../../src/store/people/people.ts';
import * as sessions from '../../src/store/sign-in/sessions.ts';
import type { Log } from '../../src/web/log.ts';
import type { RateLimits } from '../../src/web/rate-limits.ts';
import { hashToken } from '../../src/web/tokens.ts';
import { type Answer, type Browser, type Fields, openBrowser } from './browser.ts';
import { type Home, openTestDatabase } from './database.ts';
import { emptyTables } from './lending.ts';
import { nextKeyPair } from './nameless/keys.ts';
import { type TestSlot, testSlot } from './nameless/slot.ts';
import { english } from './words.ts';

export type { Answer, Browser } from './browser.ts';

export interface WorldOptions {
  /** 'server' only inside `needs('postgresql')`. */
  home?: Home;
  /** A migrated database of a server of the test's own, in place of `home`. */
  url?: () => Promise<string>;
  baseUrl?: string;
  demo?: boolean;
  /** True: letters go out by SMTP, so nobody reads them here. */
  mailConfigured?: boolean;
  /** Rate limits in place of the program's own. */
  rateLimits?: RateLimits;
  log?: Log;
  /** False: nothing is set up yet, there is no programme and nobody. */
  setUp?: boolean;
}

export interface World {
  ctx: Context;
  db: Db;
  /** A plain client, as backups use it. */
  sql: Database['sql'];
  app: FastifyInstance;
  programme: programmes.Programme;
  /** Ida, who runs the programme. */
  organiser: people.Person;
  clock: { now: Temporal.Instant; advance(time: Temporal.DurationLike): void };
  addPerson(values?: Partial<people.NewPerson>): Promise<people.Person>;
  /** A browser in which this person is signed in already; the same one each time. */
  browserOf(person: people.Person): Promise<Browser>;
  /** A browser nobody has used. */
  newBrowser(address?: string): Browser;
  get(path: string, options?: { as?: people.Person; headers?: Record<string, string> }): Promise<Answer>;
  post(
    path: string,
    fields?: Fields,
    options?: { as?: people.Person; link?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Jobs in the queue: committed with its change, or not there. */
  jobs(): Promise<{ job: string; data: Record<string, unknown> }[]>;
}

/** A world for the tests of a file: empty of all but Ida and her programme at the start of each test. */
export function useWorld(options: WorldOptions = {}): World {
  const world = {} as World;
  let database: Database;
  let slot: TestSlot | undefined;
  beforeAll(async () => {
    database = options.url
      ? await openDatabase({ url: await options.url(), dataDir: '' })
      : await openTestDatabase(options.home ?? 'embedded');
    await database.db.execute(
      sql`CREATE TABLE IF NOT EXISTS queue_of_tests (id serial, job text, data jsonb)`,
    );
  });
  beforeEach(async () => {
    await emptyTables(database.db);
    await slot?.close({ remove: true });
    slot = testSlot(database.home);
    Object.assign(world, await worldOn(database, slot, options));
  });
  afterAll(async () => {
    await slot?.close({ remove: true });
    await database?.close();
  });
  return world;
}

/** The page as jQuery would see it: `page(answer)('h1').text()`. */
export function page(answer: Answer): CheerioAPI {
  return load(answer.body);
}

/** The same on a database and a slot of one's own, outside a test file; `queue_of_tests` is there already. */
export async function worldOn(
  { db, listen, sql: client }: Database,
  { slot, envelopeKey }: TestSlot,
  options: WorldOptions,
): Promise<World> {
  const clock: World['clock'] = {
    now: Temporal.Instant.from('2026-11-09T08:00:00Z'),
    advance: (time) => {
      clock.now = clock.now.toZonedDateTimeISO('UTC').add(time).toInstant();
    },
  };
  const ctx = { ...contextOn(db, clock, options), listen, slot, ...(envelopeKey && { envelopeKey }) };
  const { rateLimits, log } = options;
  const app = await buildApp(ctx, { ...(rateLimits && { rateLimits }), ...(log && { log }) });
  const added = { programme: undefined, organiser: undefined } as unknown as Pick<
    World,
    'programme' | 'organiser'
  >;
  if (options.setUp !== false) {
    const [createdAt, timeZone] = [clock.now, 'Europe/Oslo'];
    const name = 'Reverse mentoring 2026–2027';
    added.programme = await programmes.add(db, { organisation: 'Halden Group', name, timeZone, createdAt });
    added.organiser = await addPerson(ctx, {
      name: 'Ida Nordby',
      email: 'ida.nordby@halden.example',
      isOrganiser: true,
    });
  }
  return { ctx, db, sql: client, app, clock, ...added, ...visits(ctx, app), jobs: () => jobsIn(db) };
}

function contextOn(db: Db, clock: World['clock'], options: WorldOptions): Context {
  return {
    db,
    now: () => clock.now,
    random: randomBytes,
    newKeyPair: nextKeyPair,
    baseUrl: options.baseUrl ?? 'https://flipside.halden.example',
    secret: randomBytes(32),
    queue: async (tx, job, data) => {
      await tx.execute(
        sql`INSERT INTO queue_of_tests (job, data) VALUES (${job}, ${JSON.stringify(data)}::jsonb)`,
      );
    },
    words: english,
    mail: { from: 'reverse-mentoring@halden.example', configured: options.mailConfigured ?? false },
    demo: options.demo ?? false,
  };
}

async function jobsIn(db: Db): Promise<{ job: string; data: Record<string, unknown> }[]> {
  const rows = await db.execute<{ job: string; data: Record<string, unknown> }>(
    sql`SELECT job, data FROM queue_of_tests ORDER BY id`,
  );
  return rows.map(({ job, data }) => ({ job, data }));
}

let count = 0;

async function addPerson(ctx: Context, values: Partial<people.NewPerson> = {}): Promise<people.Person> {
  count += 1;
  const now = ctx.now();
  return people.add(ctx.db, {
    name: `Person ${count}`,
    email: `person-${count}@halden.example`,
    side: 'senior',
    createdAt: now,
    updatedAt: now,
    ...values,
  });
}

type Visits = Pick<World, 'addPerson' | 'browserOf' | 'newBrowser' | 'get' | 'post'>;

function visits(ctx: Context, app: FastifyInstance): Visits {
  const browsers = new Map<number, Browser>();
  const newBrowser = (address?: string) => openBrowser(app, ctx.baseUrl, address);
  const stranger = newBrowser();
  const browserOf = async (person: people.Person) => {
    const known = browsers.get(person.id);
    if (known) return known;
    const browser = newBrowser();
    browsers.set(person.id, browser);
    await signIn(ctx, person, browser);
    return browser;
  };
  const whose = (person?: people.Person) => (person ? browserOf(person) : stranger);
  return {
    newBrowser,
    browserOf,
    addPerson: (values) => addPerson(ctx, values),
    get: async (path, { as, headers } = {}) => (await whose(as)).get(path, headers),
    post: async (path, fields, { as, ...rest } = {}) => (await whose(as)).post(path, fields, rest),
  };
}

async function signIn(ctx: Context, person: people.Person, browser: Browser): Promise<void> {
  const secret = randomBytes(32).toString('base64url');
  const createdAt = ctx.now();
  const expiresAt = createdAt.add({ hours: 24 * 30 });
  // Tests skip weeks, in which these people are taken to have visited: else their sessions would have ended.
  const seenOn = expiresAt.toString().slice(0, 10);
  await sessions.add(ctx.db, {
    tokenHash: hashToken(secret),
    personId: person.id,
    createdAt,
    seenOn,
    expiresAt,
  });
  browser.cookies.set(ctx.baseUrl.startsWith('https:') ? '__Host-sid' : 'sid', secret);
}
