import type { PgBoss } from 'pg-boss';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { confirmImport, stopImport } from '../../src/actions/people/import.ts';
import type { PeopleList } from '../../src/actions/people/import-list.ts';
import { guessColumns } from '../../src/domain/people/columns.ts';
import { importPeople } from '../../src/jobs/import-people.ts';
import { releaseJobsOfTheDead, resumeInterrupted } from '../../src/jobs/interrupted.ts';
import { openPost } from '../../src/jobs/post.ts';
import { openQueue, openQueues } from '../../src/jobs/queues.ts';
import { startWorkers } from '../../src/jobs/workers.ts';
import * as imports from '../../src/store/people/imports.ts';
import { people } from '../../src/store/schema/index.ts';
import { onBothHomes, testDatabase } from '../support/database.ts';
import { emptyTables } from '../support/lending.ts';
import { testSlot } from '../support/nameless/slot.ts';
import { type World, worldOn } from '../support/world.ts';

const header = ['Name', 'E-mail', 'Side'];
const list: PeopleList = {
  header,
  delimiter: ',',
  columns: guessColumns(header),
  rows: Array.from({ length: 600 }, (_, n) => ({
    line: n + 2,
    cells: [`Person ${n}`, `p${n}@halden.example`, 'talent'],
  })),
};

onBothHomes('an import', async (home) => {
  const database = await testDatabase(home);
  const boss: PgBoss = await openQueues(database, (error) => expect.unreachable(String(error)));
  const slot = testSlot(home);
  afterAll(async () => {
    await boss.stop();
    await slot.close({ remove: true });
  });
  let world: World;
  beforeEach(async () => {
    await emptyTables(database.db);
    await database.sql`delete from pgboss.job`;
    world = await worldOn(database, slot, {});
    world.ctx.queue = openQueue(boss);
  });

  async function confirmed(): Promise<number> {
    const { ctx, organiser } = world;
    const values = { fileName: 'people.csv', bytes: null, choices: {}, createdById: organiser.id };
    const id = await imports.add(ctx.db, { kind: 'people', ...values, createdAt: ctx.now() });
    await confirmImport(ctx, id, list);
    return id;
  }
  const states = async () =>
    (await boss.findJobs('import-people')).map(({ state }) => state as string).sort();
  const stateOf = async (id: number) => (await imports.find(world.db, id, 'people'))!.state;
  /** Begins the job, writes the first 100 people, and is killed. */
  async function begun(): Promise<void> {
    const [job] = await boss.fetch<{ importId: number }>('import-people');
    let count = 0;
    const db = new Proxy(world.db, {
      get: (target, name) => {
        if (name === 'transaction' && ++count > 1)
          throw Object.assign(new Error('killed'), { code: '57P01' });
        return Reflect.get(target, name);
      },
    });
    await expect(importPeople({ ...world.ctx, db }, job!.data)).rejects.toThrow('killed');
  }
  /** Works off the jobs there are, as a worker does. */
  async function workOff(): Promise<void> {
    for (const job of await boss.fetch<{ importId: number }>('import-people')) {
      await importPeople(world.ctx, job.data);
      await boss.complete('import-people', job.id);
    }
  }
  const emails = async () => new Set((await world.db.select().from(people)).map(({ email }) => email));

  test('that was interrupted by a restore has no job, gets one, and goes on where it was', async () => {
    const id = await confirmed();
    await begun();
    expect((await emails()).size).toBe(101);
    await database.sql`delete from pgboss.job`; // a backup holds none
    expect(await resumeInterrupted(world.ctx, boss)).toBe(1);
    expect(await resumeInterrupted(world.ctx, boss)).toBe(0);
    expect(await states()).toEqual(['created']);
    await workOff();
    expect(await stateOf(id)).toBe('done');
    expect((await emails()).size).toBe(601);
    expect(await resumeInterrupted(world.ctx, boss)).toBe(0);
  });

  test('gets one job also where two processes look at once', async () => {
    await confirmed();
    await database.sql`delete from pgboss.job`;
    const both = await Promise.all([resumeInterrupted(world.ctx, boss), resumeInterrupted(world.ctx, boss)]);
    expect(both.toSorted()).toEqual([0, 1]);
    expect(await states()).toEqual(['created']);
  });

  test('whose process was killed three times is begun again; one that ends the process each time is taken back', async () => {
    const id = await confirmed();
    const failForGood = async () => {
      await begun();
      await database.sql`update pgboss.job set retry_count = retry_limit where state = 'active'`;
      const [{ id: job }] = (await database.sql`select id::text from pgboss.job where state = 'active'`) as [
        { id: string },
      ];
      await boss.fail('import-people', job);
    };
    await failForGood();
    for (const failed of [1, 2]) {
      expect(await states()).toEqual(Array(failed).fill('failed'));
      expect(await resumeInterrupted(world.ctx, boss)).toBe(1);
      await failForGood();
    }
    expect(await stateOf(id)).toBe('working');
    expect((await emails()).size).toBeGreaterThan(101);
    expect(await resumeInterrupted(world.ctx, boss)).toBe(0);
    expect(await stateOf(id)).toBe('failed');
    expect((await emails()).size).toBe(1);
  });

  test('that was stopped while nobody worked on it is taken back', async () => {
    const id = await confirmed();
    await begun();
    await database.sql`delete from pgboss.job`;
    await stopImport(world.ctx, id, world.organiser.id);
    expect((await emails()).size).toBe(101);
    expect(await resumeInterrupted(world.ctx, boss)).toBe(1);
    await workOff();
    expect((await emails()).size).toBe(1);
    expect(await resumeInterrupted(world.ctx, boss)).toBe(0);
  });

  if (home === 'embedded')
    test('that a killed process was at is tried again at the next start', async () => {
      await confirmed();
      await begun();
      expect(await states()).toEqual(['active']);
      await releaseJobsOfTheDead(boss, database);
      expect(await states()).toEqual(['retry']);
    });
  else
    test('that a killed process was at is tried again when its heartbeats are missing, and no earlier', async () => {
      await confirmed();
      await begun();
      await releaseJobsOfTheDead(boss, database);
      const monitor = async () => {
        await database.sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`;
        await boss.supervise('import-people');
      };
      await monitor();
      expect(await states()).toEqual(['active']);
      await database.sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '91 seconds'`;
      await monitor();
      expect(await states()).toEqual(['retry']);
    });

  test('goes on at the next start, by what the start does for all kinds of work', async () => {
    const id = await confirmed();
    await begun();
    // On the embedded home the job still looks as if it were at work; a restored database has none.
    if (home === 'server') await database.sql`delete from pgboss.job`;
    const workers = await startWorkers(boss, world.ctx, database, openPost(world.ctx, undefined));
    await expect.poll(() => stateOf(id)).toBe('done');
    expect((await emails()).size).toBe(601);
    await workers.finishLetters();
  });
});
