// How long a calendar feed of 500 events takes over the whole way of a request: all of it anew (of PGlite in a process
// that has just begun), after one event changed (cold), and unchanged (warm). The aims are 100 ms and 5 ms. Printed,
// never a test: machines differ.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { hashSecret, newSecret } from '../src/actions/sign-in/secrets.ts';
import { buildApp } from '../src/app.ts';
import type { Context } from '../src/context.ts';
import { openDatabase } from '../src/database/open.ts';
import * as programmes from '../src/store/events/programmes.ts';
import * as people from '../src/store/people/people.ts';
import { blocks, events, people as peopleTable, rsvps } from '../src/store/schema/index.ts';
import { openLog } from '../src/web/log.ts';
import { words } from '../src/words.ts';
import { openCluster, postgresPrograms, postgresUser } from '../tests/support/databases/postgres-server.ts';

const howMany = 500;
const rounds = Number(process.env.ROUNDS ?? 15);

async function measure(home: string, url: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
  const database = await openDatabase({ url, dataDir: folder, log: () => {} });
  await database.migrate();
  const ctx = {
    db: database.db,
    now: () => Temporal.Instant.from('2026-11-22T12:00:00Z'),
    random: (bytes: number) => randomBytes(bytes),
    baseUrl: 'https://flipside.example',
    secret: randomBytes(32),
    queue: async () => {},
    words: words('en'),
    mail: { from: 'bench@flipside.example', configured: false },
    demo: false,
  } as Context;
  const feed = await fill(ctx, home);
  const app = await buildApp(ctx, { compress: false, log: openLog('warn') });
  const ask = async () => {
    const start = performance.now();
    const answer = await app.inject({ url: feed, headers: { host: 'flipside.example' } });
    return { took: performance.now() - start, answer };
  };
  const first = await ask();
  const count = first.answer.body.split('BEGIN:VEVENT').length - 1;
  if (count !== howMany) throw new Error(`The feed has ${count} events: ${first.answer.statusCode}`);
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await ctx.db.execute(sql`UPDATE events SET lede = lede || '.' WHERE id = (SELECT min(id) FROM events)`);
    cold.push((await ask()).took);
    for (let n = 0; n < 5; n++) warm.push((await ask()).took);
  }
  await app.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  const ms = (value: number) => Number(value.toFixed(1));
  return {
    home,
    kB: Math.round(first.answer.rawPayload.length / 1024),
    'all anew, ms': ms(first.took),
    'cold, ms': ms(median(cold)),
    'cold, best': ms(Math.min(...cold)),
    'warm, ms': ms(median(warm)),
    'warm, best': ms(Math.min(...warm)),
  };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** One person invited to 500 events of every second day, in three zones. */
async function fill(ctx: Context, home: string): Promise<string> {
  const createdAt = ctx.now();
  const programme = await programmes.add(ctx.db, {
    organisation: 'Halden Group',
    name: 'Bench',
    timeZone: 'Europe/Oslo',
    createdAt,
  });
  const person = await people.add(ctx.db, {
    name: 'Ida Nordby',
    email: 'ida@halden.example',
    side: 'senior',
    isOrganiser: true,
    createdAt,
    updatedAt: createdAt,
  });
  const first = Temporal.PlainDate.from('2026-10-01');
  const zones = ['Europe/Oslo', 'America/New_York', 'Asia/Kolkata'];
  const rows = Array.from({ length: howMany }, (_, n) => ({
    programmeId: programme.id,
    slug: `event-${n}`,
    format: 'perspective-challenger',
    shape: 'tables' as const,
    name: `Perspective Challenger, round ${n}`,
    headline: 'Five trends that already reach your desk',
    lede: 'You bring the questions, they bring what they found out. '.repeat(3),
    startsAt: `${first.add({ days: n })}T16:00`,
    timeZone: zones[n % 3]!,
    place: 'The Atrium, level 9, Storgata 12',
    capacity: 34,
    seniorCapacity: 22,
    talentCapacity: 12,
    organiserId: person.id,
    state: 'published' as const,
    uid: `${home}-${n}@flipside.example`,
    revisedAt: createdAt,
    createdAt,
  }));
  const added = await ctx.db.insert(events).values(rows).returning({ id: events.id });
  await ctx.db
    .insert(blocks)
    .values(added.map(({ id }) => ({ eventId: id, position: 0, kind: 'all', title: 'All', minutes: 135 })));
  await ctx.db.insert(rsvps).values(
    added.map(({ id }) => ({
      eventId: id,
      personId: person.id,
      state: 'invited' as const,
      tokenHash: `t${id}`,
    })),
  );
  const secret = newSecret(ctx, 20);
  await ctx.db.update(peopleTable).set({ feedTokenHash: hashSecret(secret) });
  return `/feed/${secret}.ics`;
}

const results = [await measure('PGlite', undefined)];
if (process.env.TEST_DATABASE_URL || (postgresPrograms() && postgresUser())) {
  const cluster = openCluster();
  results.push(await measure('PostgreSQL', await cluster.start()));
  await cluster.stop();
}
console.table(results);
process.exit(0);
