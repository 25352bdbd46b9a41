// Processes that send e-mail from one database: each goes out, and twice only where one was killed before it could know.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { secretFrom } from '../../src/actions/sign-in/deployment-secret.ts';
import type { Db } from '../../src/database/open.ts';
import { openDatabase } from '../../src/database/open.ts';
import { deliverLetter, sendStrandedLetters } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { invariants } from '../support/invariants.ts';
import { letLeasesRunOut } from '../support/letters.ts';
import { needs } from '../support/needs.ts';
import { secretOfTests, startFlipside } from '../support/process.ts';
import { english } from '../support/words.ts';
import { invite } from './guests.ts';
import { type MailServer, openMailServer } from './mail-server.ts';

const MAIL_FROM = 'reverse-mentoring@halden.example';

const byId = (server: MailServer) => Map.groupBy(server.taken, ({ messageId }) => messageId);

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
