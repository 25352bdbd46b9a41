import { expect, onTestFinished, test } from 'vitest';
import { publishQuestionsByTheClock } from '../../src/jobs/publish-questions.ts';
import type { Person } from '../../src/store/people/people.ts';
import * as slips from '../../src/store/questions/slips.ts';
import { wallOf } from '../../src/store/questions/wall.ts';
import { published } from '../support/events.ts';
import { askNameless, handsOf } from '../support/nameless/slips.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

test('a start publishes what is due before pages are answered, and destroys keys of events that are over only then', async () => {
  const guests: Person[] = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const over = await published(world, guests);
  const ahead = await published(world, guests, { startsAt: '2026-12-17T16:00' });
  for (const [n, hand] of (await handsOf(world.ctx, ahead, guests)).entries())
    await askNameless(world.ctx, ahead, hand.ask[0]!, `Q${n}`);
  world.clock.now = Temporal.Instant.from('2026-12-11T07:01:00Z');
  const withKeys = () => slips.eventsWithKey(world.db, 'ask');

  const failures: unknown[] = [];
  const publishing = await publishQuestionsByTheClock(world.ctx, (error) => void failures.push(error));
  onTestFinished(async () => void (await publishing.end()));
  expect((await wallOf(world.db, ahead.id, guests[0]!.id)).length).toBe(5);
  expect(await withKeys()).toEqual([over.id, ahead.id]);
  publishing.begin();
  await expect.poll(withKeys).toEqual([ahead.id]);
  expect(await publishing.end()).toBe(true);
  expect(failures).toEqual([]);
});
