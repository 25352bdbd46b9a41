// Common set-up of the processes put under load: a database of their own, a Context, people and an event.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draft, publish } from '../src/actions/events/events.ts';
import { ask } from '../src/actions/questions/ask.ts';
import { hashSecret, newSecret } from '../src/actions/sign-in/secrets.ts';
import type { Context } from '../src/context.ts';
import { type Database, openDatabase } from '../src/database/open.ts';
import { builtInFormat } from '../src/domain/run-of-show/built-in-formats.ts';
import * as programmes from '../src/store/events/programmes.ts';
import * as people from '../src/store/people/people.ts';
import * as sessions from '../src/store/sign-in/sessions.ts';
import type { RateLimits } from '../src/web/rate-limits.ts';
import { words } from '../src/words.ts';

const timeZone = 'Europe/Oslo';

/** As costly as the usual limits, and never reached: one person under load asks for more than any does. */
const most = 1_000_000_000;
const each = { pages: most, presses: most, uploads: most, streams: most, nameless: most, files: most };
export const boundless: RateLimits = { ofPerson: each, ofAddress: each };

export interface Bench {
  database: Database;
  /** Folder of the embedded database. */
  folder: string;
  ctx: Context;
  /** Takes everything away again. */
  end: () => Promise<void>;
}

/** A migrated database with nothing in it: the one of BENCH_DATABASE_URL, or embedded in a folder for this once. */
export async function openBench(own: Partial<Context> = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
  const database = await openDatabase({
    url: process.env.BENCH_DATABASE_URL,
    dataDir: folder,
    log: () => {},
  });
  await database.migrate();
  const ctx: Context = {
    db: database.db,
    listen: database.listen,
    now: () => Temporal.Now.instant(),
    random: (bytes) => randomBytes(bytes),
    baseUrl: 'http://localhost:0',
    secret: randomBytes(32),
    queue: async () => {},
    words: words('en'),
    mail: { from: 'bench@flipside.example', configured: false },
    demo: false,
    ...own,
  };
  const end = async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { database, folder, ctx, end };
}

export function stampsOf(ctx: Context) {
  return { createdAt: ctx.now(), updatedAt: ctx.now() };
}

/** The programme and its organiser. */
export async function addProgramme(ctx: Context) {
  const programme = await programmes.add(ctx.db, {
    organisation: 'Halden Group',
    name: 'Bench',
    timeZone,
    createdAt: ctx.now(),
  });
  const ida = { name: 'Ida Nordby', email: 'ida@bench.example', side: 'senior', isOrganiser: true } as const;
  return { programme, organiser: await people.add(ctx.db, { ...ida, ...stampsOf(ctx) }) };
}

export async function addPeople(ctx: Context, side: 'senior' | 'talent', count: number) {
  const added: people.Person[] = [];
  for (let n = 0; n < count; n++) {
    const person = {
      name: `Person ${side} ${n}`,
      email: `${side}-${n}@bench.example`,
      side,
      department: `Department ${n % 9}`,
      jobTitle: 'Head of something',
    };
    added.push(await people.add(ctx.db, { ...person, ...stampsOf(ctx) }));
  }
  return added;
}

type Plan = Parameters<typeof draft>[1];

/** A Perspective Challenger to which these guests are invited, in `inDays` days. */
export async function addEvent(
  ctx: Context,
  {
    inDays,
    ...plan
  }: Pick<Plan, 'programmeId' | 'organiserId' | 'guestIds'> & Partial<Plan> & { inDays: number },
) {
  const format = builtInFormat('perspective-challenger')!;
  const day = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate().add({ days: inDays });
  const event = await draft(ctx, {
    formKey: randomUUID(),
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    name: 'Winter round',
    headline: format.headline,
    lede: format.lede,
    startsAt: `${day}T16:00`,
    timeZone,
    place: 'The Atrium',
    joinUrl: '',
    access: '',
    seniorCapacity: 22,
    talentCapacity: 12,
    answerBy: null,
    guestListShown: true,
    topics: [],
    ...plan,
  });
  await publish(ctx, event.id);
  return event;
}

/** 30 questions with a name. */
export async function askThirty(ctx: Context, eventId: number, authors: readonly people.Person[]) {
  for (let n = 0; n < 30; n++) {
    const text = `Question ${n}: what do we get wrong about the thing everybody talks about?`;
    const authorId = authors[n % authors.length]!.id;
    await ask(ctx, { eventId, authorId, topicId: null, text, formKey: randomUUID() });
  }
}

/** The cookie of somebody who is signed in. */
export async function cookieOf(ctx: Context, person: { id: number }): Promise<string> {
  const secret = newSecret(ctx, 32);
  await sessions.add(ctx.db, {
    tokenHash: hashSecret(secret),
    personId: person.id,
    createdAt: ctx.now(),
    expiresAt: ctx.now().add({ hours: 24 }),
  });
  return `sid=${secret}`;
}
