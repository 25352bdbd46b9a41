import { expect, test } from 'vitest';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const counted = async () => (await world.db.execute('SELECT 1 FROM attempts')).length;

test('how often somebody tried is forgotten once it limits nothing any more', async () => {
  await world.newBrowser().post('/sign-in', { email: 'nobody.here@halden.example' });
  await deleteExpired(world.ctx);
  const fresh = await counted();
  expect(fresh).toBeGreaterThan(0);
  world.clock.advance({ hours: 26 });
  await deleteExpired(world.ctx);
  expect(await counted()).toBe(0);
});
