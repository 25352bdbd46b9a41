import { expect, test } from 'vitest';
import { clearAway } from '../../../src/jobs/clear-away.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const counted = async () => (await world.db.execute('SELECT 1 FROM attempts')).length;

test('how often somebody tried is forgotten once it limits nothing any more', async () => {
  await world.newBrowser().post('/sign-in', { email: 'nobody.here@halden.example' });
  await clearAway(world.ctx);
  const fresh = await counted();
  expect(fresh).toBeGreaterThan(0);
  world.clock.advance({ hours: 26 });
  await clearAway(world.ctx);
  expect(await counted()).toBe(0);
});
