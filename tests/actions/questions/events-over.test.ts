// Asking without a name once events are over.
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { publishDueQuestions } from '../../../src/jobs/publish-questions.ts';
import * as slips from '../../../src/store/questions/slips.ts';
import { statementsOf } from '../../support/databases/statements.ts';
import { published } from '../../support/events.ts';
import { needs } from '../../support/needs.ts';
import { useWorld, type World } from '../../support/world.ts';

const afterwards = Temporal.Instant.from('2026-12-11T08:00:00Z');

async function publishedEvents(world: World, count: number): Promise<number[]> {
  const guests = [await world.addPerson()];
  const ids: number[] = [];
  for (let n = 0; n < count; n++) ids.push((await published(world, guests)).id);
  return ids;
}

describe('the keys of events that are over', () => {
  const world = useWorld();

  test('are destroyed together: many events ask no more of the database than a few', async () => {
    const asked: number[] = [];
    for (const count of [3, 30]) {
      const ids = await publishedEvents(world, count);
      world.clock.now = afterwards;
      expect(await slips.eventsWithKey(world.db, 'ask')).toEqual(ids);
      asked.push((await statementsOf(world.db, (db) => publishDueQuestions({ ...world.ctx, db }))).length);
      expect(await slips.eventsWithKey(world.db, 'ask')).toEqual([]);
      expect(await slips.eventsWithKey(world.db, 'feedback')).toEqual(expect.arrayContaining(ids));
      world.clock.now = Temporal.Instant.from('2026-11-09T08:00:00Z');
    }
    expect(asked[1]).toBe(asked[0]);
  });

  test('are not made any more where there were none', async () => {
    const [over] = await publishedEvents(world, 1);
    await world.db.execute(sql`DELETE FROM slip_keys`);
    world.clock.now = afterwards;
    const ahead = await published(world, [world.organiser], {
      startsAt: '2026-12-17T16:00',
      answerBy: null,
    });
    await world.db.execute(sql`DELETE FROM slip_keys`);
    await publishDueQuestions(world.ctx);
    for (const purpose of ['ask', 'feedback'] as const)
      expect(await slips.eventsWithKey(world.db, purpose)).toEqual([ahead.id]);
    expect(over).toBeLessThan(ahead.id);
  });

  test('are destroyed at once where an event is cancelled, those for feedback too', async () => {
    const [off, on] = await publishedEvents(world, 2);
    await world.db.execute(sql`UPDATE events SET state = 'cancelled' WHERE id = ${off}`);
    await publishDueQuestions(world.ctx);
    for (const purpose of ['ask', 'feedback'] as const)
      expect(await slips.eventsWithKey(world.db, purpose)).toEqual([on]);
  });
});

needs('postgresql')('on a server', () => {
  const world = useWorld({ home: 'server' });

  test('an event that someone holds keeps its keys until the next time, and holds up no other', async () => {
    const [first, held, last] = await publishedEvents(world, 3);
    world.clock.now = afterwards;
    await world.sql.begin(async (other) => {
      await other`SELECT 1 FROM events WHERE id = ${held!} FOR UPDATE`;
      expect(await slips.eventsWithKey(world.db, 'ask')).toEqual([first, held, last]);
      await publishDueQuestions(world.ctx);
      expect(await slips.eventsWithKey(world.db, 'ask')).toEqual([held]);
    });
    await publishDueQuestions(world.ctx);
    expect(await slips.eventsWithKey(world.db, 'ask')).toEqual([]);
  });
});
