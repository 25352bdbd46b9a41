// The process that bench/live.ts lets people follow: the site with one event, 200 guests and 30 questions.
import { pressLive } from '../src/actions/questions/live.ts';
import { personalToken } from '../src/actions/sign-in/personal-links.ts';
import { buildApp } from '../src/app.ts';
import { releaseMemory } from '../src/database/open.ts';
import { wallOf } from '../src/store/questions/wall.ts';
import { openLog } from '../src/web/log.ts';
import { addEvent, addPeople, addProgramme, askThirty, boundless, openBench } from './site.ts';

const { ctx, end } = await openBench({ baseUrl: process.env.BENCH_BASE_URL! });
const { programme, organiser } = await addProgramme(ctx);
const guests = await addPeople(ctx, 'senior', 200);
const event = await addEvent(ctx, {
  programmeId: programme.id,
  organiserId: organiser.id,
  guestIds: guests.map(({ id }) => id),
  seniorCapacity: 200,
  inDays: 1,
});
await askThirty(ctx, event.id, guests);
const links = guests.map(({ id }) => `/i/${personalToken(ctx, event.id, id)}`);
const questions = (await wallOf(ctx.db, event.id, organiser.id)).map(({ id }) => id);
const app = await buildApp(ctx, { compress: true, log: openLog('warn'), rateLimits: boundless });
await app.listen({ port: Number(new URL(ctx.baseUrl).port), host: '127.0.0.1' });
releaseMemory();
process.send!({ links, rss: process.memoryUsage().rss });

let shown = 0;
process.on('message', async (message: 'show' | 'weigh' | 'stop') => {
  if (message === 'weigh') return process.send!({ rss: process.memoryUsage().rss });
  if (message === 'show') {
    shown += 1;
    return pressLive(ctx, event.id, questions[shown % questions.length]!, { state: 'table' });
  }
  await app.close();
  await end();
  process.exit(0);
});
