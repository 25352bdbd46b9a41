// The process that bench/questions.ts puts under load: events whose guests ask without a name, a wall of 1,000 questions,
// and beside them a route that only inserts a row, and the floor of pages.
import { constants, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { buildApp } from '../src/app.ts';
import type { Person } from '../src/store/people/people.ts';
import * as slips from '../src/store/questions/slips.ts';
import { openLog } from '../src/web/log.ts';
import { nextKeyPair } from '../tests/support/nameless/keys.ts';
import { openFloor } from './floor.ts';
import { addEvent, addPeople, addProgramme, boundless, cookieOf, openBench } from './site.ts';

/** Questions of one event: as many as 100 guests may ask with two batches of slips each. */
const each = 600;
const events = Number(process.env.ROUNDS ?? 3) + 1;

const { database, ctx, end } = await openBench({ newKeyPair: nextKeyPair });
const { db } = database;

const filled = await fill();
const floor = await openFloor(database);
await db.execute(sql`CREATE TABLE bare (id bytea PRIMARY KEY, text text NOT NULL)`);
floor.post('/insert', async (request) => {
  const { text } = request.body as { text: string };
  await db.execute(sql`INSERT INTO bare (id, text) VALUES (${randomBytes(16)}, ${text})`);
  return {};
});
const floorAddress = await floor.listen({ port: 0, host: '127.0.0.1' });
const port = Number(new URL(floorAddress).port) + 1;
ctx.baseUrl = `http://127.0.0.1:${port}`;
const app = await buildApp(ctx, { compress: false, log: openLog('warn'), rateLimits: boundless });
await app.listen({ port, host: '127.0.0.1' });
process.send?.({ site: ctx.baseUrl, floor: floorAddress, ...filled });

process.on('message', async () => {
  await app.close();
  await floor.close();
  await end();
  process.exit(0);
});

async function fill() {
  const { programme } = await addProgramme(ctx);
  const guests = await addPeople(ctx, 'senior', 20);
  const asked: string[][] = [];
  for (let n = 0; n < events; n++)
    asked.push(await handOf(await eventOf(programme.id, guests, `Round ${n}`)));
  const wall = await eventOf(programme.id, guests, 'Wall');
  await fillWall(wall.id, guests);
  await db.execute(sql`ANALYZE`);
  return { asked, wall: wall.slug, cookie: await cookieOf(ctx, guests[0]!) };
}

async function eventOf(programmeId: number, guests: Person[], name: string) {
  const guestIds = guests.map(({ id }) => id);
  const event = await addEvent(ctx, { programmeId, organiserId: guestIds[0]!, guestIds, name, inDays: 30 });
  await db.execute(sql`INSERT INTO slips_issued (event_id, purpose, person_id, batch)
    SELECT ${event.id}, 'ask', person_id, 1 FROM rsvps WHERE event_id = ${event.id}`);
  return event;
}

/** Makes the three signatures that a browser would send, signed here as its unblinded ones come out. */
async function handOf({ id: event }: { id: number }): Promise<string[]> {
  const { privateKey } = (await slips.keysOf(db, event)).find(({ purpose }) => purpose === 'ask')!;
  const key = createPrivateKey({ key: privateKey!, format: 'der', type: 'pkcs8' });
  return Array.from({ length: each }, (_, n) => {
    const message = randomBytes(64);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = sign('sha384', message, { key, padding, saltLength: 48 });
    return JSON.stringify({
      event,
      message: message.toString('base64url'),
      signature: signature.toString('base64url'),
      text: `Question ${n}: what do we get wrong about the thing everybody talks about?`,
      topic: null,
      edit: randomBytes(32).toString('base64url'),
    });
  });
}

/** 1,000 questions, half of them without a name, with votes of both kinds. */
async function fillWall(event: number, guests: Person[]): Promise<void> {
  const text = 'Question %: what do we get wrong about the thing that everybody talks about?';
  await db.execute(sql`INSERT INTO questions (event_id, author_id, text, state, created_at)
    SELECT ${event}, ${guests[0]!.id}::int + n % 20, replace(${text}, '%', n::text), 'wall', now() FROM generate_series(1, 500) n`);
  await db.execute(sql`INSERT INTO nameless_questions (id, event_id, text, edit_hash, state)
    SELECT decode(md5(n::text), 'hex'), ${event}, replace(${text}, '%', n::text), decode(md5('e' || n), 'hex'), 'wall' FROM generate_series(1, 500) n`);
  await db.execute(sql`INSERT INTO question_votes (question_id, person_id)
    SELECT q.id, p.person_id FROM questions q JOIN rsvps p ON p.event_id = q.event_id AND (q.id + p.person_id) % 7 = 0`);
  await db.execute(sql`INSERT INTO ballot_votes (event_id, ballot, nameless_id)
    SELECT ${event}, decode(md5('b' || b), 'hex'), q.id FROM nameless_questions q, generate_series(1, 20) b
    WHERE q.event_id = ${event} AND get_byte(q.id, 0) % 20 < b`);
}
