// The process that bench/pages.ts puts under load: the site with an event of 30 people and 30 questions, and beside
// it the floor: a bare Fastify route with one prepared query and an eta page of the same size, on the same database.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { draft, publish } from '../src/actions/events.ts';
import { ask, wonder } from '../src/actions/questions.ts';
import { answer } from '../src/actions/rsvps.ts';
import { hashOf, newSecret } from '../src/actions/secrets.ts';
import { buildApp } from '../src/app.ts';
import type { Context } from '../src/context.ts';
import { openDatabase } from '../src/database/open.ts';
import { builtInFormat } from '../src/domain/built-in-formats.ts';
import * as people from '../src/store/people.ts';
import * as programmes from '../src/store/programmes.ts';
import { wallOf } from '../src/store/question-wall.ts';
import { teamMembers, teams, trends } from '../src/store/schema.ts';
import * as sessions from '../src/store/sessions.ts';
import { openFloor } from './floor.ts';

const folder = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
const database = await openDatabase({ url: process.env.BENCH_DATABASE_URL, dataDir: folder, log: () => {} });
await database.migrate();

const ctx: Context = {
  db: database.db,
  now: () => Temporal.Now.instant(),
  random: (bytes) => randomBytes(bytes),
  baseUrl: 'http://localhost:0',
  secret: randomBytes(32),
  queue: async () => {},
  mail: { from: 'bench@flipside.example', configured: false },
  demo: false,
};

const { slug, cookie } = await fill();
const floor = await openFloor(database);
const floorAddress = await floor.listen({ port: 0, host: '127.0.0.1' });
// BASE_URL is the address itself, as behind any proxy: a foreign host would be refused.
const port = Number(new URL(floorAddress).port) + 1;
ctx.baseUrl = `http://127.0.0.1:${port}`;
const app = await buildApp(ctx, { compress: false, logLevel: 'error' });
await app.listen({ port, host: '127.0.0.1' });
process.send?.({ site: ctx.baseUrl, floor: floorAddress, slug, cookie, rss: process.memoryUsage().rss });

process.on('message', async () => {
  await app.close();
  await floor.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

/** 18 senior managers and 12 talents of five teams, everyone coming; 30 questions with votes. */
async function fill(): Promise<{ slug: string; cookie: string }> {
  const now = ctx.now();
  const stamps = { createdAt: now, updatedAt: now };
  const programme = await programmes.add(ctx.db, {
    organisation: 'Halden Group',
    name: 'Bench',
    timeZone: 'Europe/Oslo',
    createdAt: now,
  });
  const organiser = await people.add(ctx.db, {
    name: 'Ida Nordby',
    email: 'ida@bench.example',
    side: 'senior',
    isOrganiser: true,
    ...stamps,
  });
  const add = (side: 'senior' | 'talent', n: number) =>
    people.add(ctx.db, {
      name: `Person ${side} ${n}`,
      email: `${side}-${n}@bench.example`,
      side,
      department: `Department ${n % 9}`,
      jobTitle: 'Head of something',
      ...stamps,
    });
  const seniors: people.Person[] = [];
  const talents: people.Person[] = [];
  for (let n = 0; n < 18; n++) seniors.push(await add('senior', n));
  for (let n = 0; n < 12; n++) talents.push(await add('talent', n));
  const topics = [];
  for (let n = 0; n < 5; n++) {
    const [trend] = await ctx.db
      .insert(trends)
      .values({
        sentence: `Trend number ${n} that reaches your desk`,
        detail: 'What it means, in a sentence or two of plain words. '.repeat(3),
        state: 'shortlisted',
        ...stamps,
      })
      .returning();
    const [team] = await ctx.db
      .insert(teams)
      .values({ name: `Team ${n}`, trendId: trend!.id, createdAt: now })
      .returning();
    await ctx.db
      .insert(teamMembers)
      .values(talents.filter((_, i) => i % 5 === n).map(({ id }) => ({ teamId: team!.id, personId: id })));
    topics.push({ trendId: trend!.id, teamId: team!.id });
  }
  const format = builtInFormat('perspective-challenger')!;
  const startsAt = now.toZonedDateTimeISO('Europe/Oslo').toPlainDate().add({ days: 30 }).toString();
  const event = await draft(ctx, {
    formKey: randomUUID(),
    programmeId: programme.id,
    organiserId: organiser.id,
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    name: 'Winter round',
    headline: format.headline,
    lede: format.lede,
    startsAt: `${startsAt}T16:00`,
    timeZone: 'Europe/Oslo',
    place: 'The Atrium',
    joinUrl: '',
    access: '',
    seniorCapacity: 22,
    talentCapacity: 12,
    answerBy: null,
    guestListShown: true,
    topics,
    guestIds: seniors.map(({ id }) => id),
  });
  await publish(ctx, event.id);
  for (const person of [...seniors, ...talents]) await answer(ctx, event.id, person.id, 'yes');
  for (let n = 0; n < 30; n++) {
    await ask(ctx, {
      eventId: event.id,
      authorId: seniors[n % 18]!.id,
      topicId: null,
      text: `Question ${n}: what do we get wrong about the thing everybody talks about?`,
      formKey: randomUUID(),
    });
  }
  for (const [index, question] of (await wallOf(ctx.db, event.id, organiser.id)).entries()) {
    for (const person of seniors.slice(0, index % 12))
      await wonder(ctx, event.id, question.id, person.id, true);
  }
  await ctx.db.execute(sql`ANALYZE`);
  const secret = newSecret(ctx, 32);
  await sessions.add(ctx.db, {
    tokenHash: hashOf(secret),
    personId: seniors[0]!.id,
    createdAt: now,
    expiresAt: now.add({ hours: 24 }),
  });
  return { slug: event.slug, cookie: `sid=${secret}` };
}
