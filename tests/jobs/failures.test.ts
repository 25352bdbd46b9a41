import { expect, onTestFinished, test } from 'vitest';
import { hearFailures } from '../../src/jobs/failures.ts';
import { openQueues } from '../../src/jobs/queues.ts';
import { openTestDatabase } from '../support/database.ts';

test('an operator hears of work that failed, and the queue still knows it', async () => {
  const database = await openTestDatabase('embedded');
  onTestFinished(database.close);
  const boss = await openQueues(database, () => {});
  onTestFinished(() => boss.stop({ graceful: false }));
  const heard = Promise.withResolvers<[string, unknown]>();
  hearFailures(boss, (queue, error) => heard.resolve([queue, error]));
  const id = await boss.send('clear-away', {});
  const broken = new Error('the disk is full');
  await boss.work('clear-away', { pollingIntervalSeconds: 0.5 }, async () => {
    throw broken;
  });
  expect(await heard.promise).toEqual(['clear-away', broken]);
  const state = async () => (await database.sql`SELECT state FROM pgboss.job WHERE id = ${id}`)[0]?.state;
  // It is tried once more, a minute later.
  await expect.poll(state).toBe('retry');
});
