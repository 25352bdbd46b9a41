// Two processes of Flipside on one PostgreSQL: whoever follows at one hears what was done at the other.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { seedDemo } from '../../src/actions/demo/demo.ts';
import { pressLive } from '../../src/actions/questions/live.ts';
import { secretFrom } from '../../src/actions/sign-in/deployment-secret.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import type { Context } from '../../src/context.ts';
import { openDatabase } from '../../src/database/open.ts';
import { letterBytes } from '../../src/mail/letter-bytes.ts';
import { realPostgres } from '../support/database.ts';
import { nextKeyPair } from '../support/nameless/keys.ts';
import { needs } from '../support/needs.ts';
import { follow } from '../support/pages/following.ts';
import { secretOfTests, startFlipside } from '../support/process.ts';
import { english } from '../support/words.ts';

needs('postgresql')('two processes on one PostgreSQL', () => {
  test('tell each other’s guests what changed, also after one lost its connection, and end cleanly', {
    timeout: 1_200_000,
  }, async () => {
    const url = await realPostgres();
    const { db, close } = await openDatabase({ url, dataDir: '', pool: 2, log: () => {} });
    onTestFinished(close);
    const secret = secretFrom(secretOfTests);
    const ctx: Context = {
      db,
      now: () => Temporal.Now.instant(),
      random: randomBytes,
      newKeyPair: nextKeyPair,
      baseUrl: 'http://localhost:1',
      secret,
      queue: async () => {},
      words: english,
      mail: { from: 'reverse-mentoring@halden.example', configured: false },
      demo: true,
    };
    await seedDemo(ctx, (letter) => letterBytes(ctx.mail.from, letter, ctx.words));
    const [one, other] = await Promise.all([
      startFlipside({ DATABASE_URL: url, DATABASE_POOL: '3' }),
      startFlipside({ DATABASE_URL: url, DATABASE_POOL: '3' }),
    ]);
    onTestFinished(async () => void (await Promise.all([one.stop('SIGKILL'), other.stop('SIGKILL')])));
    const [at] = await db.execute<{ event: number; person: number; question: number }>(sql`
      SELECT r.event_id AS event, r.person_id AS person, q.id AS question
      FROM rsvps r JOIN events e ON e.id = r.event_id JOIN questions q ON q.event_id = e.id AND q.state = 'wall'
      WHERE e.state = 'published' AND e.starts_at::timestamp > now() AND r.state = 'coming' LIMIT 1`);
    const link = personalToken(ctx, at!.event, at!.person);
    const listen = (process: typeof one) => follow(process.port, process.baseUrl, `/i/${link}/changes`);
    const guests = await Promise.all([listen(one), listen(other)]);
    expect(guests.map(({ status }) => status)).toEqual([200, 200]);

    const asked = {
      text: 'Asked at the first process',
      topic: '',
      from: 'wall',
      named: 'yes',
      formKey: crypto.randomUUID(),
    };
    expect((await one.post(`/i/${link}/questions`, asked, link)).status).toBe(303);
    for (const guest of guests)
      await guest.next(({ event, data }) => event === 'wall' && data.endsWith('0,"wall",null,true]]'));

    // Notifications during the cut are lost: so everything is looked at again after it.
    const cut = await db.execute(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query ILIKE 'listen %'`);
    expect(cut.length).toBe(2);
    await pressLive(ctx, at!.event, at!.question, { state: 'table' });
    for (const guest of guests)
      await guest.next(({ data }) => data.includes(`data-question="${at!.question}"`));

    expect(await Promise.all([one.stop(), other.stop()])).toEqual([0, 0]);
    await Promise.all(guests.map(({ ended }) => ended));
  });
});
