// The figures operators see, and what never shows in them.
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { letterStates } from '../../src/store/letters/states.ts';
import { openMetrics, type Readings } from '../../src/web/metrics.ts';
import { linkOf, published } from '../support/events.ts';
import { ask, fetchSlip } from '../support/nameless/guests.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

const still: Readings = {
  pool: () => ({ size: 10, inUse: 3, waiting: 0 }),
  streams: () => 2,
  letters: async () => ({ byState: { sent: 7, waiting: 1 }, oldestWaiting: 12.5 }),
  jobs: async () => [{ queue: 'deliver-letter', state: 'failed', count: 4 }],
};

/** The site, and the lines of its figures that begin like this. */
async function siteWith(readings: Readings, patience?: number) {
  const metrics = openMetrics(readings, patience);
  const app = await buildApp(world.ctx, { onAnswered: metrics.hear });
  const lines = async (start: string) =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(start));
  return { app, lines };
}

const headers = { host: 'flipside.halden.example' };

describe('the figures', () => {
  test('count requests by pattern and status, and tell what the database knows', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const { app, lines } = await siteWith(still);
    for (const url of [linkOf(world, event, ada), '/i/no-such-link', '/nowhere', '/nowhere/else'])
      await app.inject({ url, headers });
    const count = 'flipside_http_request_duration_seconds_count';
    expect(await lines(count)).toEqual([
      `${count}{method="GET",route="/i/:token",status="200"} 1`,
      `${count}{method="GET",route="/i/:token",status="404"} 1`,
      `${count}{method="GET",route="none",status="404"} 2`,
    ]);
    expect(await lines('flipside_letters')).toEqual([
      'flipside_letters{state="sent"} 7',
      'flipside_letters{state="waiting"} 1',
      'flipside_letters_oldest_waiting_seconds 12.5',
    ]);
    expect(await lines('flipside_jobs')).toEqual(['flipside_jobs{queue="deliver-letter",state="failed"} 4']);
    expect(await lines('flipside_database')).toEqual([
      'flipside_database_pool_connections{use="in use"} 3',
      'flipside_database_pool_connections{use="free"} 7',
      'flipside_database_pool_waiting 0',
      'flipside_database_up 1',
    ]);
    expect(await lines('flipside_streams_open')).toEqual(['flipside_streams_open 2']);
    expect((await lines('process_resident_memory_bytes')).length).toBe(1);
    expect((await lines('nodejs_eventloop_lag_p99_seconds')).length).toBe(1);
  });

  test('each say whether they are of one process or of all', async () => {
    const { lines } = await siteWith(still);
    const helps = await lines('# HELP');
    expect(helps.length).toBeGreaterThan(20);
    expect(helps.filter((line) => !/Of this process\.$|Of all processes/.test(line))).toEqual([]);
  });

  test('are there while the database is away, and say so', async () => {
    let isAway = false;
    const letters = async () => {
      if (isAway) throw new Error('gone');
      return still.letters();
    };
    const { lines } = await siteWith({ ...still, letters });
    expect(await lines('flipside_database_up')).toEqual(['flipside_database_up 1']);
    isAway = true;
    expect(await lines('flipside_database_up')).toEqual(['flipside_database_up 0']);
    expect(await lines('flipside_letters')).toEqual([]);
    expect((await lines('process_resident_memory_bytes')).length).toBe(1);
  });

  test('ask a database that does not answer once, and not again for everybody who asks meanwhile', async () => {
    let asked = 0;
    const answers = Promise.withResolvers<void>();
    const letters = async () => {
      asked += 1;
      await answers.promise;
      return still.letters();
    };
    const { lines } = await siteWith({ ...still, letters }, 1);
    for (let n = 0; n < 3; n++)
      expect(await lines('flipside_database_up')).toEqual(['flipside_database_up 0']);
    expect(asked).toBe(1);
    answers.resolve();
    await expect.poll(() => lines('flipside_database_up')).toEqual(['flipside_database_up 1']);
  });

  test('show nothing of what is asked without a name', async () => {
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await world.addPerson());
    const event = await published(world, people);
    const slip = await fetchSlip(world, event, people[0]!);
    const { app, lines } = await siteWith(still);
    await app.inject({ url: '/sign-in', headers });
    const before = await lines('flipside_');
    expect(before.join()).toContain('route="/sign-in"');
    await ask({ ...world, app }, event, slip, 'Who signs our models?');
    await app.inject({ method: 'POST', url: '/anon/questions', headers });
    await app.inject({ method: 'POST', url: '/anon/nowhere', headers });
    expect(await lines('flipside_')).toEqual(before);
  });
});

test('the oldest letter that waits is as old as it says; one that is not due yet does not count', async () => {
  const ada = await world.addPerson();
  await published(world, [ada]);
  const age = async () => Math.round((await letterStates(world.sql)).oldestWaiting);
  await world.db.execute(
    sql`UPDATE letters SET created_at = now() - interval '90 seconds', due_at = now() - interval '80 seconds'`,
  );
  expect([await age(), (await letterStates(world.sql)).byState]).toEqual([90, { waiting: 1 }]);
  await world.db.execute(sql`UPDATE letters SET due_at = now() + interval '1 hour'`);
  expect(await age()).toBe(0);
});
