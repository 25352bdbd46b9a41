// One slip, fifty times at the same moment.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { onBothHomes } from '../support/database.ts';
import { published } from '../support/events.ts';
import { askNameless, handsOf, publishNext, slipsFor } from '../support/nameless/slips.ts';
import { testSlot } from '../support/nameless/slot.ts';
import { useWorld } from '../support/world.ts';

onBothHomes('one slip sent fifty times at once', (home) => {
  const world = useWorld({ home });

  async function circle() {
    const guests = [];
    for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
    const event = await published(world, guests);
    const hands = await handsOf(world.ctx, event, guests, ['ask']);
    return { event, guests, hands };
  }

  const count = async () => {
    const [row] = await world.db.execute(sql`SELECT
      (SELECT count(*)::int FROM slips_spent) AS spent,
      (SELECT count(*)::int FROM nameless_questions) AS questions`);
    return row;
  };

  /** Four others ask too, so that all that waits is published. */
  async function publishWithFourOthers({ event, hands }: Awaited<ReturnType<typeof circle>>) {
    for (const hand of hands.slice(1)) await askNameless(world.ctx, event, hand.ask[0]!, 'Other');
    await publishNext(world);
  }

  test('asks one question, whichever of fifty different ones came first', async () => {
    const here = await circle();
    const [slip] = here.hands[0]!.ask;
    const tries = Array.from({ length: 50 }, (_, n) =>
      askNameless(world.ctx, here.event, slip!, `Question ${n}`),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    await publishWithFourOthers(here);
    expect(await count()).toEqual({ spent: 5, questions: 5 });
  });

  test('the same question with the same secret is taken once, and each sender hears that it was', async () => {
    const here = await circle();
    const secret = randomBytes(16);
    const tries = Array.from({ length: 50 }, () =>
      askNameless(world.ctx, here.event, here.hands[0]!.ask[0]!, 'Once?', { secret }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(50);
    await publishWithFourOthers(here);
    expect(await count()).toEqual({ spent: 5, questions: 5 });
  });

  test('on the evening asks one question, in two processes at once', async () => {
    const { event, hands } = await circle();
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    const other = { ...world.ctx, ...testSlot(home) };
    const tries = Array.from({ length: 20 }, (_, n) =>
      askNameless(n % 2 ? other : world.ctx, event, hands[0]!.ask[0]!, `Question ${n}`),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    expect(await count()).toEqual({ spent: 1, questions: 1 });
  });

  test('thirty slips at once ask thirty questions, and none is lost', async () => {
    const { event, guests, hands } = await circle();
    const all = hands.flatMap(({ ask }) => ask);
    for (const guest of guests) all.push(...(await slipsFor(world.ctx, event, guest, ['ask'])).ask);
    await Promise.all(all.map((slip, n) => askNameless(world.ctx, event, slip, `Question ${n}`)));
    await publishNext(world);
    expect([all.length, await count()]).toEqual([30, { spent: 30, questions: 30 }]);
  });
});
