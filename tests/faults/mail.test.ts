// Whatever a mail server does, no letter is lost, and nobody gets one twice unless nobody can know.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { secretFrom } from '../../src/actions/sign-in/deployment-secret.ts';
import type { Db } from '../../src/database/open.ts';
import { openDatabase } from '../../src/database/open.ts';
import { deliverLetter, sendStrandedLetters } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import * as letters from '../../src/store/letters/letters.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { published } from '../support/events.ts';
import { invariants } from '../support/invariants.ts';
import { allLetters, letLeasesRunOut } from '../support/letters.ts';
import { needs } from '../support/needs.ts';
import { secretOfTests, startFlipside } from '../support/process.ts';
import { english } from '../support/words.ts';
import { useWorld } from '../support/world.ts';
import { invite } from './guests.ts';
import { type Fault, type MailServer, openMailServer } from './mail-server.ts';

const patience = 150;
const MAIL_FROM = 'reverse-mentoring@halden.example';

const byId = (server: MailServer) => Map.groupBy(server.taken, ({ messageId }) => messageId);

describe('a server that fails', () => {
  const world = useWorld();

  async function guests(count: number): Promise<void> {
    const people = [];
    for (let n = 1; n <= count; n++)
      people.push(await world.addPerson({ name: `Guest ${n}`, email: `guest-${n}@halden.example` }));
    await published(world, people, { seniorCapacity: 100 });
  }

  /** Tries again and again as the queue would, while hours pass, until no letter waits any more. */
  async function untilAllEnded(server: MailServer, rounds = 80): Promise<void> {
    const post = openPost(world.ctx, server.url, { patience });
    try {
      for (let round = 0; round < rounds; round++) {
        const waiting = (await allLetters(world)).filter(({ state }) => state === 'waiting');
        if (waiting.length === 0) return;
        await Promise.all(waiting.map(({ id }) => deliverLetter(world.ctx, post, id)));
        world.clock.advance({ minutes: 61 });
      }
    } finally {
      post.close();
    }
  }

  async function serverWith(faultFor: (to: string) => Fault): Promise<MailServer> {
    const server = await openMailServer(faultFor);
    onTestFinished(() => server.close());
    return server;
  }

  const once: Fault[] = ['hang up', 'stay silent', '421', 'greylist', 'drop at data', 'drop after 250'];

  test.each(once)(
    'in the way “%s” now and then takes every letter exactly once',
    { timeout: 600_000 },
    async (fault) => {
      await guests(6);
      const atGreeting = ['hang up', 'stay silent', '421'].includes(fault);
      let n = 0;
      const server = await serverWith((to) => {
        if (atGreeting !== (to === '')) return 'take';
        n += 1;
        return n % 2 === 1 ? fault : 'take';
      });
      await untilAllEnded(server);
      expect((await allLetters(world)).map(({ state }) => state)).toEqual(Array(6).fill('sent'));
      expect([...byId(server).values()].map((copies) => copies.length)).toEqual(Array(6).fill(1));
      expect(server.taken.map(({ to }) => to).toSorted()).toEqual(
        Array.from({ length: 6 }, (_, i) => `guest-${i + 1}@halden.example`),
      );
      expect(await invariants(world.db)).toEqual([]);
    },
  );

  test('that kept a letter and never said so gets it again, the same to the last byte', async () => {
    await guests(2);
    let n = 0;
    const server = await serverWith((to) =>
      to.startsWith('guest-1') && ++n === 1 ? 'drop after keeping' : 'take',
    );
    await untilAllEnded(server);
    const copies = server.taken.filter(({ to }) => to.startsWith('guest-1'));
    expect(copies.length).toBe(2);
    expect(copies[0]).toEqual(copies[1]);
    expect(server.taken.filter(({ to }) => to.startsWith('guest-2')).length).toBe(1);
  });

  test('that does not know somebody ends that letter at once, with its words, and no other', async () => {
    await guests(3);
    const server = await serverWith((to) => (to.startsWith('guest-2') ? '550' : 'take'));
    await untilAllEnded(server, 1);
    expect(
      (await allLetters(world)).map(({ recipientName, state, reply }) => [recipientName, state, reply]),
    ).toEqual([
      ['Guest 1', 'sent', '250 taken'],
      ['Guest 2', 'dead', '550 5.1.1 no such person'],
      ['Guest 3', 'sent', '250 taken'],
    ]);
  });

  test('that puts a letter off for two days is given up then, and not before', {
    timeout: 600_000,
  }, async () => {
    await guests(1);
    let asked = 0;
    const server = await serverWith((to) => {
      if (to !== '') asked += 1;
      return to === '' ? 'take' : 'greylist';
    });
    const written = world.clock.now;
    const post = openPost(world.ctx, server.url, { patience });
    onTestFinished(() => post.close());
    const [{ id }] = (await allLetters(world)) as [letters.Letter];
    for (;;) {
      await deliverLetter(world.ctx, post, id);
      if ((await letters.find(world.db, id))?.state !== 'waiting') break;
      world.clock.advance({ minutes: 30 });
    }
    const [letter] = await allLetters(world);
    expect([letter?.state, letter?.reply]).toEqual(['dead', '451 4.7.1 come back later']);
    expect(written.until(world.clock.now).total('hours')).toBe(48);
    // Half a minute, doubling up to an hour: many tries in the first hour, then one an hour.
    expect(asked).toBeGreaterThan(40);
  });

  test('in every way at once, in any order, loses nothing', { timeout: 1_200_000 }, async () => {
    await guests(25);
    const faults: Fault[] = [
      'hang up',
      '421',
      'greylist',
      'drop at data',
      'drop after keeping',
      'drop after 250',
      'stay silent',
    ];
    let seed = 20_261_123;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const server = await serverWith((to) => {
      const fault = random() < 0.35 ? faults[Math.floor(random() * faults.length)]! : 'take';
      const early = fault === 'hang up' || fault === '421' || fault === 'stay silent';
      return early === (to === '') ? fault : 'take';
    });
    await untilAllEnded(server);
    expect((await allLetters(world)).map(({ state }) => state)).toEqual(Array(25).fill('sent'));
    expect(byId(server).size).toBe(25);
    for (const copies of byId(server).values())
      expect(new Set(copies.map(({ bytes }) => bytes)).size).toBe(1);
    expect(await invariants(world.db)).toEqual([]);
  });

  test('that counts letters gets no more of them a minute than it was told, and the rest in the minutes after', async () => {
    await guests(8);
    const server = await serverWith(() => 'take');
    const [one, other] = [1, 2].map(() => openPost(world.ctx, server.url, { perMinute: 3, patience }));
    onTestFinished(() => [one, other].forEach((post) => void post!.close()));
    const all = (await allLetters(world)).map(({ id }) => id);
    const perMinute: number[] = [];
    for (let minute = 0; minute < 4; minute++) {
      const before = server.taken.length;
      await Promise.all(all.map((id, i) => deliverLetter(world.ctx, i % 2 ? one! : other!, id)));
      perMinute.push(server.taken.length - before);
      world.clock.advance({ minutes: 1 });
    }
    expect(perMinute).toEqual([3, 3, 2, 0]);
    expect((await allLetters(world)).map(({ state, tries }) => [state, tries])).toEqual(
      Array(8).fill(['sent', 1]),
    );
  });
});

/** Letters that a dead process held are taken from it once its time is up. */
async function finish(db: Db, url: string): Promise<void> {
  const queued: number[] = [];
  const ctx = {
    db,
    random: randomBytes,
    baseUrl: 'http://flipside.halden.example',
    secret: secretFrom(secretOfTests),
    now: () => Temporal.Now.instant().add({ minutes: 5 }),
    mail: { from: MAIL_FROM, configured: true },
    words: english,
    queue: async (_tx: unknown, _job: unknown, { letterId }: Record<string, unknown>) =>
      void queued.push(letterId as number),
  } as never;
  const post = openPost(ctx, url);
  await letLeasesRunOut(db);
  await sendStrandedLetters(ctx);
  for (const id of queued) await deliverLetter(ctx, post, id);
  post.close();
}

async function statesIn(db: Db): Promise<Record<string, number>> {
  const rows = await db.execute<{ state: string; n: number }>(
    sql`SELECT state, count(*)::int AS n FROM letters GROUP BY state`,
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

needs('postgresql')('processes that share one database', () => {
  const size = { seniors: 30, talents: 0, seniorCapacity: 40, talentCapacity: 1 };

  test('killed between “250” and noting it, one sends the letter again with the same Message-ID and bytes', {
    timeout: 1_200_000,
  }, async () => {
    const settings = await emptyHome('server');
    await invite(settings, { ...size, seniors: 8 });
    let kill = () => {};
    const server = await openMailServer(
      () => 'take',
      () => kill(),
    );
    onTestFinished(() => server.close());
    const flipside = await startFlipside({ ...settings, SMTP_URL: server.url, MAIL_FROM });
    const dead = new Promise<void>((resolve) => {
      kill = () => {
        kill = () => {};
        process.kill(flipside.pid, 'SIGKILL');
        resolve();
      };
    });
    if (server.taken.length > 0) kill();
    await dead;
    await flipside.stop('SIGKILL');
    const database = await openDatabase({ url: settings.DATABASE_URL, dataDir: '' });
    onTestFinished(() => database.close());
    await finish(database.db, server.url);
    expect(await statesIn(database.db)).toEqual({ sent: 8 });
    const copies = [...byId(server).values()];
    expect(copies.length).toBe(8);
    // Several can be under way at that moment, each on a connection of its own; none goes out a third time.
    expect(copies.filter((same) => same.length > 2)).toEqual([]);
    for (const same of copies) expect(new Set(same.map(({ bytes }) => bytes)).size).toBe(1);
    expect(await invariants(database.db)).toEqual([]);
  });

  test('two of them send thirty letters once each', { timeout: 1_200_000 }, async () => {
    const settings = await emptyHome('server');
    await invite(settings, size);
    const server = await openMailServer(() => 'take');
    onTestFinished(() => server.close());
    const both = await Promise.all(
      [1, 2].map(() => startFlipside({ ...settings, SMTP_URL: server.url, MAIL_FROM })),
    );
    const database = await openDatabase({ url: settings.DATABASE_URL, dataDir: '' });
    onTestFinished(() => database.close());
    while ((await statesIn(database.db)).waiting) await pause(100);
    await Promise.all(both.map((one) => one.stop('SIGTERM')));
    expect(await statesIn(database.db)).toEqual({ sent: 30 });
    expect(server.taken.length).toBe(30);
    expect(byId(server).size).toBe(30);
    expect(await invariants(database.db)).toEqual([]);
  });
});
