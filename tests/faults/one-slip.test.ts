// One slip, fifty times at the same moment.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { onBothHomes } from '../support/database.ts';
import { published } from '../support/events.ts';
import { askNameless, slipsFor } from '../support/slips.ts';
import { useWorld } from '../support/world.ts';

onBothHomes('one slip sent fifty times at once', (home) => {
  const world = useWorld({ home });

  async function circle() {
    const guests = [];
    for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
    const event = await published(world, guests);
    const hands = [];
    for (const guest of guests) hands.push(await slipsFor(world.ctx, event, guest, ['ask']));
    return { event, guests, hands };
  }

  const count = async () => {
    const [row] = await world.db.execute(sql`SELECT
      (SELECT count(*)::int FROM slips_spent) AS spent,
      (SELECT count(*)::int FROM nameless_intake) + (SELECT count(*)::int FROM nameless_questions) AS questions`);
    return row;
  };

  test('asks one question, whichever of fifty different ones came first', async () => {
    const { event, hands } = await circle();
    const [slip] = hands[0]!.ask;
    const tries = Array.from({ length: 50 }, (_, n) => askNameless(world.ctx, event, slip!, `Question ${n}`));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect(await count()).toEqual({ spent: 1, questions: 1 });
  });

  test('the same question with the same secret is taken once, and each sender hears that it was', async () => {
    const { event, hands } = await circle();
    const secret = randomBytes(16);
    const tries = Array.from({ length: 50 }, () =>
      askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Once?', { secret }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(50);
    expect(await count()).toEqual({ spent: 1, questions: 1 });
  });

  test('thirty slips at once ask thirty questions, and none is lost', async () => {
    const { event, guests, hands } = await circle();
    const all = hands.flatMap(({ ask }) => ask);
    for (const guest of guests) all.push(...(await slipsFor(world.ctx, event, guest, ['ask'])).ask);
    await Promise.all(all.map((slip, n) => askNameless(world.ctx, event, slip, `Question ${n}`)));
    expect([all.length, await count()]).toEqual([30, { spent: 30, questions: 30 }]);
  });
});
