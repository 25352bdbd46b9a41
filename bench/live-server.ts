// The process that bench/live.ts lets people follow: the site with one event, 200 guests and 30 questions.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draft, publish } from '../src/actions/events.ts';
import { pressLive } from '../src/actions/live.ts';
import { personalToken } from '../src/actions/personal-links.ts';
import { ask } from '../src/actions/questions.ts';
import { buildApp } from '../src/app.ts';
import type { Context } from '../src/context.ts';
import { openDatabase, releaseMemory } from '../src/database/open.ts';
import { builtInFormat } from '../src/domain/built-in-formats.ts';
import * as people from '../src/store/people.ts';
import * as programmes from '../src/store/programmes.ts';
import { wallOf } from '../src/store/question-wall.ts';

const folder = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
const database = await openDatabase({ url: process.env.BENCH_DATABASE_URL, dataDir: folder, log: () => {} });
await database.migrate();
const ctx: Context = {
  db: database.db,
  listen: database.listen,
  now: () => Temporal.Now.instant(),
  random: (bytes) => randomBytes(bytes),
  baseUrl: process.env.BENCH_BASE_URL!,
  secret: randomBytes(32),
  queue: async () => {},
  mail: { from: 'bench@flipside.example', configured: false },
  demo: false,
};
const { eventId, links } = await fill();
const questions = (await wallOf(ctx.db, eventId, 1)).map(({ id }) => id);
const app = await buildApp(ctx, { compress: true, logLevel: 'error' });
await app.listen({ port: Number(new URL(ctx.baseUrl).port), host: '127.0.0.1' });
releaseMemory();
process.send!({ links, rss: process.memoryUsage().rss });

let shown = 0;
process.on('message', async (message: 'show' | 'weigh' | 'stop') => {
  if (message === 'weigh') return process.send!({ rss: process.memoryUsage().rss });
  if (message === 'show') {
    shown += 1;
    return pressLive(ctx, eventId, questions[shown % questions.length]!, { state: 'table' });
  }
  await app.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

async function fill() {
  const now = ctx.now();
  const stamps = { createdAt: now, updatedAt: now };
  const timeZone = 'Europe/Oslo';
  const named = { organisation: 'Halden Group', name: 'Bench', timeZone, createdAt: now };
  const programme = await programmes.add(ctx.db, named);
  const ida = { name: 'Ida Nordby', email: 'ida@bench.example', side: 'senior' as const, isOrganiser: true };
  const organiser = await people.add(ctx.db, { ...ida, ...stamps });
  const guests: people.Person[] = [];
  for (let n = 0; n < 200; n++) {
    const guest = { name: `Person ${n}`, email: `person-${n}@bench.example`, side: 'senior' as const };
    guests.push(await people.add(ctx.db, { ...guest, ...stamps }));
  }
  const format = builtInFormat('perspective-challenger')!;
  const day = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 1 });
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
    startsAt: `${day}T16:00`,
    timeZone,
    place: 'The Atrium',
    joinUrl: '',
    access: '',
    seniorCapacity: 200,
    talentCapacity: 12,
    answerBy: null,
    guestListShown: true,
    topics: [],
    guestIds: guests.map(({ id }) => id),
  });
  await publish(ctx, event.id);
  for (let n = 0; n < 30; n++) {
    const text = `Question ${n}: what do we get wrong about the thing everybody talks about?`;
    const asked = { eventId: event.id, authorId: guests[n]!.id, topicId: null, text, formKey: randomUUID() };
    await ask(ctx, asked);
  }
  const links = guests.map(({ id }) => `/i/${personalToken(ctx, event.id, id)}`);
  return { eventId: event.id, links };
}
