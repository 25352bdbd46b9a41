// The process that bench/pages.ts puts under load: the site with an event of 30 people and 30 questions, and beside
// it the floor: a bare Fastify route with one prepared query and an eta page of the same size, on the same database.
import { sql } from 'drizzle-orm';
import { answer } from '../src/actions/guests/answer.ts';
import { wonder } from '../src/actions/questions/ask.ts';
import { buildApp } from '../src/app.ts';
import type { Person } from '../src/store/people/people.ts';
import { wallOf } from '../src/store/questions/wall.ts';
import { teamMembers, teams, trends } from '../src/store/schema/index.ts';
import { openLog } from '../src/web/log.ts';
import { openFloor } from './floor.ts';
import {
  addEvent,
  addPeople,
  addProgramme,
  askThirty,
  boundless,
  cookieOf,
  openBench,
  stampsOf,
} from './site.ts';

const { database, ctx, end } = await openBench();
const { slug, cookie } = await fill();
const floor = await openFloor(database);
const floorAddress = await floor.listen({ port: 0, host: '127.0.0.1' });
// BASE_URL is the address itself, as behind any proxy: a foreign host would be refused.
const port = Number(new URL(floorAddress).port) + 1;
ctx.baseUrl = `http://127.0.0.1:${port}`;
const app = await buildApp(ctx, { compress: false, log: openLog('warn'), rateLimits: boundless });
await app.listen({ port, host: '127.0.0.1' });
process.send?.({ site: ctx.baseUrl, floor: floorAddress, slug, cookie, rss: process.memoryUsage().rss });

process.on('message', async () => {
  await app.close();
  await floor.close();
  await end();
  process.exit(0);
});

/** 18 senior managers and 12 talents of five teams, everyone coming; 30 questions with votes. */
async function fill(): Promise<{ slug: string; cookie: string }> {
  const { programme, organiser } = await addProgramme(ctx);
  const seniors = await addPeople(ctx, 'senior', 18);
  const talents = await addPeople(ctx, 'talent', 12);
  const event = await addEvent(ctx, {
    programmeId: programme.id,
    organiserId: organiser.id,
    guestIds: seniors.map(({ id }) => id),
    topics: await fiveTopics(talents),
    inDays: 30,
  });
  for (const person of [...seniors, ...talents]) await answer(ctx, event.id, person.id, 'yes');
  await askThirty(ctx, event.id, seniors);
  for (const [index, question] of (await wallOf(ctx.db, event.id, organiser.id)).entries()) {
    for (const person of seniors.slice(0, index % 12))
      await wonder(ctx, event.id, question.id, person.id, true);
  }
  await ctx.db.execute(sql`ANALYZE`);
  return { slug: event.slug, cookie: await cookieOf(ctx, seniors[0]!) };
}

async function fiveTopics(talents: Person[]) {
  const topics = [];
  for (let n = 0; n < 5; n++) {
    const [trend] = await ctx.db
      .insert(trends)
      .values({
        sentence: `Trend number ${n} that reaches your desk`,
        detail: 'What it means, in a sentence or two of plain words. '.repeat(3),
        state: 'shortlisted',
        ...stampsOf(ctx),
      })
      .returning();
    const [team] = await ctx.db
      .insert(teams)
      .values({ name: `Team ${n}`, trendId: trend!.id, createdAt: ctx.now() })
      .returning();
    await ctx.db
      .insert(teamMembers)
      .values(talents.filter((_, i) => i % 5 === n).map(({ id }) => ({ teamId: team!.id, personId: id })));
    topics.push({ trendId: trend!.id, teamId: team!.id });
  }
  return topics;
}
