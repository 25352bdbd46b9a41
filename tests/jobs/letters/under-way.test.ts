import fs from 'node:fs';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sendLetter } from '../../../src/actions/letters/send.ts';
import { askForLetter } from '../../../src/actions/sign-in/sign-ins.ts';
import { readConfig } from '../../../src/config.ts';
import { openDatabase } from '../../../src/database/open.ts';
import { sendStrandedLetters } from '../../../src/jobs/deliver-letter.ts';
import { type Running, start } from '../../../src/main.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import * as people from '../../../src/store/people/people.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { type MailServer, openMailServer } from '../../faults/mail-server.ts';
import { copyOfTemplate } from '../../support/database.ts';
import { byLength } from '../../support/length.ts';
import { freePort } from '../../support/process.ts';

// the whole of Flipside with a mail server that never answers a letter to some addresses

let running: Running;
let server: MailServer;
let dataDir: string;
let port: number;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  server = await openMailServer((to) => (to.startsWith('hangs') ? 'never answer' : 'take'));
  dataDir = await copyOfTemplate();
  port = await freePort();
  running = await start(
    readConfig({
      PORT: String(port),
      DATA_DIR: dataDir,
      SMTP_URL: server.url,
      MAIL_FROM: 'answers@halden.example',
      LOG_LEVEL: 'silent',
    }),
  );
  const { ctx } = running;
  const now = ctx.now();
  await programmes.add(ctx.db, {
    organisation: 'Halden Group',
    name: 'Season',
    timeZone: 'Europe/Oslo',
    createdAt: now,
  });
  const ada = { name: 'Ada', email: 'ada@halden.example', side: 'senior' as const };
  await people.add(ctx.db, { ...ada, createdAt: now, updatedAt: now });
});
let stopped: Promise<void> | undefined;
afterAll(async () => {
  await server.close();
  await (stopped ?? running.close());
  fs.rmSync(dataDir, { recursive: true, force: true });
});

const factsFor = (name: string) => ({
  kind: 'address-changed',
  recipient: { name },
  organisation: 'Halden Group',
  organiser: 'Ida',
  organiserEmail: 'ida@halden.example',
  before: 'before@halden.example',
  after: 'after@halden.example',
  to: 'after',
  signInUrl: `${running.ctx.baseUrl}/sign-in`,
});

async function write(name: string): Promise<void> {
  const { ctx } = running;
  await ctx.db.transaction((tx) =>
    sendLetter(ctx, tx, {
      key: name,
      kind: 'address-changed',
      to: { id: null, name, email: `${name}@halden.example` },
      facts: factsFor(name),
    }),
  );
}

const address = (name: string) => `${name}@halden.example`;
const others = ['bo', 'cy', 'di', 'ed', 'flo', 'gil', 'hy', 'ian'];

describe('a letter whose text the mail server never answers', () => {
  test('holds up no other letter, and no sign-in', async () => {
    const { ctx } = running;
    await write('hangs-1');
    await expect.poll(() => server.unanswered()).toEqual([address('hangs-1')]);
    for (const name of others) await write(name);
    await askForLetter(ctx, {
      email: address('ada'),
      browser: 'b'.repeat(43),
      next: '/',
      address: '192.0.2.1',
    });
    await expect
      .poll(() => server.taken.map(({ to }) => to).toSorted(), { timeout: 60_000 })
      .toEqual([address('ada'), ...others.map(address)]);
    expect(server.unanswered()).toEqual([address('hangs-1')]);
  });

  test('does not take the place of a new one when it is tried again, however many there are', async () => {
    const { ctx } = running;
    const hanging = ['hangs-2', 'hangs-3', 'hangs-4', 'hangs-5', 'hangs-6', 'hangs-7'];
    const now = ctx.now();
    for (const key of hanging)
      await ctx.db.insert(letters).values({
        key,
        kind: 'address-changed',
        recipientName: key,
        recipientEmail: address(key),
        facts: factsFor(key),
        messageId: `<${key}@halden.example>`,
        state: 'waiting',
        tries: 1,
        dueAt: now,
        createdAt: now,
      });
    await sendStrandedLetters(ctx);
    await expect.poll(() => server.unanswered().length).toBeGreaterThan(1);
    await write('kim');
    await expect.poll(() => server.taken.map(({ to }) => to), { timeout: 60_000 }).toContain(address('kim'));
    expect(server.unanswered().length).toBeGreaterThan(1);
  });
});

/** Milliseconds that the mail server takes over a letter once Flipside stops; in the long run more than anything else is waited for. */
const slowness = byLength(100, 13_000);

const isClosed = () =>
  new Promise<boolean>((resolve) => {
    http
      .get({ port, host: 'localhost', path: '/healthz', agent: false }, (answer) => {
        answer.resume();
        resolve(false);
      })
      .on('error', () => resolve(true));
  });

test('a letter under way when Flipside stops is waited for, so that it is not sent twice; those behind it wait for the next start', async () => {
  server.answerAll();
  const [underWay, behind] = [
    ['hangs-a', 'hangs-b', 'hangs-c'],
    ['hangs-d', 'hangs-e'],
  ];
  for (const name of underWay!) await write(name);
  const areUnderWay = () => underWay!.every((name) => server.unanswered().includes(address(name)));
  await expect.poll(areUnderWay, { timeout: 60_000 }).toBe(true);
  for (const name of behind!) await write(name);
  stopped = running.close();
  await expect.poll(isClosed, { timeout: 60_000 }).toBe(true);
  await pause(slowness);
  server.answerAll();
  await stopped;
  const database = await openDatabase({ dataDir });
  running = { ...running, ctx: { ...running.ctx, db: database.db } };
  expect(await statesOf('[a-z]')).toEqual([
    ...underWay!.map((key) => ({ key, state: 'sent', tries: 1 })),
    ...behind!.map((key) => ({ key, state: 'waiting', tries: 0 })),
  ]);
  await database.close();
});

/** Lists the states of the hanging letters whose name ends so. */
async function statesOf(sign: string) {
  const { db } = running.ctx;
  const rows = await db.execute<{ key: string; state: string; tries: number }>(
    sql`SELECT key, state, tries FROM letters WHERE key ~ ${`^hangs-${sign}$`} ORDER BY key`,
  );
  return [...rows];
}
