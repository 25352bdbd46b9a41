// A PostgreSQL server that restarts, crashes or closes connections while people answer: Flipside lives, says that it has to
// wait, and forgets nothing that it acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { emptyHome } from '../support/databases/homes.ts';
import { openOwnServer } from '../support/databases/postgres-server.ts';
import { invariants } from '../support/invariants.ts';
import { byLength } from '../support/length.ts';
import { needs } from '../support/needs.ts';
import { type Flipside, startFlipside } from '../support/process.ts';
import { type Guest, invite, type Word } from './guests.ts';
import { forgotten, withDatabase } from './killing.ts';

const size = { seniors: 12, talents: 4, seniorCapacity: 5, talentCapacity: 2 };
const words: Word[] = ['yes', 'no', 'maybe'];

/** Presses buttons, one guest after the other, until told to stop; notes each status that came back. */
function keepPressing(flipside: Flipside, guests: Guest[]) {
  const seen: { status: number; retryAfter: string | undefined; body: string }[] = [];
  let stopped = false;
  const hands = [0, 1, 2, 3].map(async (hand) => {
    for (let turn = 0; !stopped; turn++) {
      const guest = guests[(turn * 4 + hand) % guests.length]!;
      const word = words[turn % words.length]!;
      const { status, headers, body } = await flipside.post(
        `/i/${guest.token}/answer`,
        { answer: word },
        guest.token,
      );
      seen.push({ status, retryAfter: headers['retry-after'], body });
      if (status === 303) {
        guest.acknowledged.push(word);
        guest.unsure = [];
      } else guest.unsure.push(word);
      if (status === 503) await pause(20);
    }
  });
  const pressed = Promise.all(hands);
  // Where the test fails, Flipside is killed under the hands: that one mistake is enough to read.
  pressed.catch(() => {});
  const stop = async () => {
    stopped = true;
    await pressed;
  };
  return { seen, stop };
}

/**
 * Ten seconds as Flipside has them: a hundred times a tenth of a second and a file that needs no database. Where the
 * machine is starved they are longer by as much as Flipside itself is slower, so load decides nothing.
 */
async function tenSecondsOf(flipside: Flipside): Promise<void> {
  for (let n = 0; n < 100; n++) {
    await pause(100);
    expect((await flipside.get('/static/any/favicon.svg')).status).toBe(200);
  }
}

needs('postgresql')('a server that', () => {
  test('restarts, crashes, is away or closes connections under load ends no process and loses no answer', async () => {
    const server = await openOwnServer();
    onTestFinished(server.close);
    const settings = { ...(await emptyHome('server')), DATABASE_URL: server.url };
    const guests = await invite(settings, size);
    const flipside = await startFlipside(settings);
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const pressing = keepPressing(flipside, guests);
    const answered = (from: number) =>
      pressing.seen.slice(from).filter(({ status }) => status === 303).length;
    const worksAgain = async () => {
      const from = pressing.seen.length;
      await expect.poll(() => answered(from)).toBeGreaterThan(10);
    };
    /** Later than ten seconds after the server is back no answer says that something is not there. */
    const isQuiet = async () => {
      await tenSecondsOf(flipside);
      const from = pressing.seen.length;
      const pages = ['/healthz', '/sign-in', `/i/${guests[0]!.token}`];
      const opened = await Promise.all(pages.map((page) => flipside.get(page)));
      await expect.poll(() => answered(from)).toBeGreaterThan(40);
      expect(opened.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(pressing.seen.slice(from).filter(({ status }) => status >= 500)).toEqual([]);
    };
    await worksAgain();
    for (const mode of ['fast', 'immediate', 'fast'] as const) {
      await server.stop(mode);
      const page = await flipside.get(`/i/${guests[0]!.token}`);
      expect([page.status, page.headers['retry-after'], page.headers.refresh]).toEqual([503, '5', '5']);
      if (mode === 'immediate') await pause(byLength(0, 30_000));
      await server.start();
      await worksAgain();
      await isQuiet();
    }
    const admin = postgres(server.url, { max: 1 });
    for (let round = 0; round < byLength(10, 30); round++) {
      await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 2`;
      await worksAgain();
    }
    await admin.end();
    await isQuiet();
    await pressing.stop();
    const refused = pressing.seen.filter(({ status }) => status !== 303);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(
      new Set(['503 5']),
    );
    expect(flipside.output()).not.toMatch(/TypeError|UnhandledPromise/);
    expect((await flipside.get('/healthz')).status).toBe(200);
    expect(await flipside.stop('SIGTERM')).toBe(0);
    await withDatabase(settings, async (database) => {
      expect(await invariants(database.db, { atRest: false })).toEqual([]);
      const wrong = await forgotten(database, guests);
      expect(wrong.filter((one) => one.includes('stands as'))).toEqual([]);
    });
  });
});
